"""What staff do: with records, and with the questions that they expect an answer to."""
