"""What the pages of the desk show beside the application itself; nothing here writes."""
