"""Judging, of whatever kind: evidence and decisions."""
