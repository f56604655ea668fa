"""The review of one text."""
