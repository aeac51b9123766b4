"""The lab's shared daily budget and its ledger."""
