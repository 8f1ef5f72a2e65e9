"""A catalogue of broken packages: single faults, and what stock frictionless, check and validate say of each."""
