"""What decisions print, as strings ready for templates and letters."""
