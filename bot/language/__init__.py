"""Text to comparable text. Pure: no file of ours, no clock, no network."""
