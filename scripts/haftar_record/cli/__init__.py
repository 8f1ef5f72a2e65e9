"""The command ``haftar-record``."""
