"""Commands of the front page's room."""
