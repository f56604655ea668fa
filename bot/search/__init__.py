"""The index: tantivy and nothing else. Derived from the store, on each worker's own disk, rebuilt at will."""

from bot.search.index import Found, Index, IndexDamaged
from bot.search.query import Sought

__all__ = ["Found", "Index", "IndexDamaged", "Sought"]
