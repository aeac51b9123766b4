"""The back office: views and forms over other apps; it has no tables."""
