"""The pages of applicants and of those who think about it."""
