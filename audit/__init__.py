"""What happened: the append-only log and the one door for changes of status."""
