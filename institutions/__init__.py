"""Where people work: the registry of institutions and their domains."""
