"""What is wrong, and how it is said: a problem in four parts, the catalogue of checks, the reports of a run."""
