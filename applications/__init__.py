"""Asking to be let in: eligibility, the application, its form and versions."""
