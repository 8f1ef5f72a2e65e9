"""The charts that are drawn from the record."""
