"""Tests of the index, built of made-up documents in a folder of each test's own."""
