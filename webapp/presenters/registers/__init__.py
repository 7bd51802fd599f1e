"""The pages of risk registers."""
