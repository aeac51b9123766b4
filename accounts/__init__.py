"""People: the user, their roles, and how they sign in."""
