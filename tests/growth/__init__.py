"""A copy of the project to which articles are added, as contributors add them, and what runs there."""
