"""What a row is: tables, columns, codes, and what is computed from other rows."""
