"""The commands, a module for each kind; each a thin call, which imports the rooms that it uses, so that it starts fast."""
