"""The wire-compatible research API; it has no tables."""
