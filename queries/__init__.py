"""Asking the data: queries, searches, runs, pages and results."""
