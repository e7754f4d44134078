"""The pages of casework."""
