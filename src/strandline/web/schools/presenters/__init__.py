"""What the pages of schools print."""
