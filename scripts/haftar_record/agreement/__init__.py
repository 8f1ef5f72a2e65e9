"""How far codings of the same articles agree: which units are the same, and what is said of those that are."""
