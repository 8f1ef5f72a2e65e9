"""Scores of the program on corpora that are not part of the repository."""
