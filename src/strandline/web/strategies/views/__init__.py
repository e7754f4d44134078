"""The pages of strategies."""
