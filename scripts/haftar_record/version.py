"""The version of the program. It imports nothing, so that everything may import it."""

# Read from the source text by the build of the distribution, so keep it a plain string.
__version__ = "0.1.0"
