"""The data: its description, import, query language and engines. Knows no person."""
