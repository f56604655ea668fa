"""What becomes of questions while processes are killed, updates are poison and databases go away.

`make reliability` does it at full size and prints the tables of docs/reliability.md; the tests do a little of each.
"""
