"""The policy in the back office: what it is, what a change would do, who changed what when."""
