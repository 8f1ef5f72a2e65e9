"""Read the bytes of files and turn them into values whose line and column are known."""
