"""Question and Matches to a Decision. Pure: no file, no database, no clock, no network."""
