"""A new article: what is kept of the bytes received, and what its sheet may say before anybody has coded it."""
