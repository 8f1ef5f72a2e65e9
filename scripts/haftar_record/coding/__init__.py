"""The folder seeds/ becomes checked objects: articles, coding sheets and registers."""
