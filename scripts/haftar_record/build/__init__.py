"""Coded articles and registers become the rows of the tables."""
