"""Tests of the matching room: no file, no database, no clock."""
