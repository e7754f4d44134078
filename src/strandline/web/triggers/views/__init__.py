"""The pages of the register and of the powers."""
