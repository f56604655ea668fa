"""The doors of the house: each brings Questions in and takes Replies out, and none decides what an answer is."""


class ChannelRefused(Exception):  # noqa: N818 - it says what is the matter
    """The other side of a door will not serve this process, and trying again would not help; says what to do."""
