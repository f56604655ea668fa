"""Tests of the language room: tables of cases, and properties of any text at all."""
