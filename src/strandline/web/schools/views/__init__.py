"""The pages of schools."""
