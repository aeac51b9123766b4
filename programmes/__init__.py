"""The policy under which access is given."""
