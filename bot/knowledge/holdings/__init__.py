"""What a folder holds, as it was last read, in a scratch database on disk: a folder may hold more than memory does."""

from bot.knowledge.holdings.files import Holdings
from bot.knowledge.holdings.scratch import OnDisk

__all__ = ["Holdings", "OnDisk"]
