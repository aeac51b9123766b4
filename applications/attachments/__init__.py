"""Files that answer a question: what is taken, where it lies, and whether it was scanned."""
