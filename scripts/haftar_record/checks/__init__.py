"""Is the package right? Each file, each cell, each rule across tables."""
