"""The streams of a compound file, in which Excel kept workbooks until 2003 and keeps encrypted ones since."""

from __future__ import annotations

import struct
from collections.abc import Mapping, Sequence

SIGNATURE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_END_OF_CHAIN = 0xFFFFFFFE
_HEADER, _ENTRY = 512, 128
_IN_HEADER = 109
_STREAM, _ROOT = 2, 5


def streams(data: bytes) -> Mapping[str, bytes]:
    """Name of each stream to its content.

    Raises:
        ValueError, struct.error: no compound file, or a damaged one.
    """
    if not data.startswith(SIGNATURE):
        raise ValueError("no compound file")
    (shift, small_shift) = struct.unpack_from("<HH", data, 30)
    if shift not in (9, 12) or small_shift != 6:
        raise ValueError("sectors of an unknown size")
    # Readers make room for as many sectors as the header counts.
    counts = (struct.unpack_from("<I", data, place)[0] for place in (40, 44, 64, 72))
    if any(count > len(data) >> shift for count in counts):
        raise ValueError("more sectors than there are")
    (directory,) = struct.unpack_from("<I", data, 48)
    (cutoff, small_table) = struct.unpack_from("<II", data, 56)
    file = _Sectors(data[max(_HEADER, 1 << shift) :], 1 << shift, _table(data, shift))
    entries = list(_entries(file.chain(directory), wide=shift == 12))
    root = next((entry for entry in entries if entry[1] == _ROOT), None)
    if root is None or any(size > len(data) for _, _, _, size in entries):
        raise ValueError("no root, or a stream larger than the file")
    table = _numbers(file.chain(small_table)) if small_table < _END_OF_CHAIN else ()
    small = _Sectors(file.chain(root[2]) if table else b"", 1 << small_shift, table)
    return {
        name: (small if size < cutoff else file).chain(start)[:size]
        for name, kind, start, size in entries
        if kind == _STREAM
    }


class _Sectors:
    """Sectors of one size, and which follows which."""

    def __init__(self, data: bytes, size: int, following: Sequence[int]) -> None:
        self.data, self.size, self.following = data, size, following

    def chain(self, first: int) -> bytes:
        """The content from a sector on, to the end of its chain; of a chain that bites its tail, once round."""
        parts: list[bytes] = []
        seen: set[int] = set()
        while first < len(self.following) and first not in seen:
            seen.add(first)
            parts.append(self.data[first * self.size : (first + 1) * self.size])
            first = self.following[first]
        return b"".join(parts)


def _numbers(data: bytes) -> tuple[int, ...]:
    return struct.unpack(f"<{len(data) // 4}I", data[: len(data) // 4 * 4])


def _table(data: bytes, shift: int) -> tuple[int, ...]:
    """The number of the sector that follows each one."""
    size = 1 << shift
    places = [*_numbers(data[76 : 76 + 4 * _IN_HEADER])]
    (more,) = struct.unpack_from("<I", data, 68)
    seen: set[int] = set()
    while more < _END_OF_CHAIN and more not in seen:
        seen.add(more)
        further = _numbers(_sector(data, more, size))
        places += further[:-1]
        more = further[-1] if further else _END_OF_CHAIN
    used = dict.fromkeys(place for place in places if place < _END_OF_CHAIN)
    return _numbers(b"".join(_sector(data, place, size) for place in used))


def _sector(data: bytes, number: int, size: int) -> bytes:
    start = max(_HEADER, size) + number * size
    return data[start : start + size]


def _entries(directory: bytes, *, wide: bool) -> list[tuple[str, int, int, int]]:
    """(name, kind, first sector, size) of each entry; with small sectors the upper half of a size means nothing."""
    found = []
    for place in range(0, len(directory) - _ENTRY + 1, _ENTRY):
        length, kind = struct.unpack_from("<HB", directory, place + 64)
        start, size, more = struct.unpack_from("<3I", directory, place + 116)
        name = directory[place : place + min(max(length - 2, 0), 62)].decode("utf-16-le", "replace")
        found.append((name, kind, start, size | more << 32 if wide else size))
    return found
