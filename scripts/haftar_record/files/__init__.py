"""Bytes on disk become values that know the line they stand in."""
