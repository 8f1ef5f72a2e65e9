"""The descriptions of a release, each checked by the tool of its standard (make test-metadata)."""
