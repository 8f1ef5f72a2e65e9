"""Read the folder seeds/ into checked objects: articles, coding sheets and registers."""
