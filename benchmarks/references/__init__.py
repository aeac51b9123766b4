"""The barest way we know to do the same: what each benchmark is compared with."""
