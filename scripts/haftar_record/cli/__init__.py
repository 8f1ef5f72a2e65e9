"""Look into a built package on the terminal: ``query`` asks it in SQL, ``show`` shows a row and what belongs to it."""
