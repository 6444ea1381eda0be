"""The pages of the roof."""
