"""What the templates about officers print."""
