"""Report mistakes: problems in four parts, the catalogue of checks, the report of a run in several formats."""
