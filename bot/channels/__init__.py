"""The doors of the house: each brings Questions in and takes Replies out, and none decides what an answer is."""
