"""The whole application, to take away: one structure, three forms of it, several arrangements."""
