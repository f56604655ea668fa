"""A chat bot that answers the public's questions about what a government agency has disclosed."""

__version__ = "0.1.0"
