"""What the templates of the register print."""
