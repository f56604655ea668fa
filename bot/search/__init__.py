"""The index: tantivy and nothing else. Derived from the store, on each worker's own disk, rebuilt at will."""

from bot.search.index import Index, IndexDamaged
from bot.search.query import LARGE, Sought
from bot.search.reader import Found

__all__ = ["LARGE", "Found", "Index", "IndexDamaged", "Sought"]
