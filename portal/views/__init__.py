"""The pages that compose several apps."""
