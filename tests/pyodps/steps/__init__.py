"""The steps of the guide, by subject."""
