"""Rows become files on disk, and files become rows again."""
