"""What leaves the house: messages written in the transaction, sent after it."""
