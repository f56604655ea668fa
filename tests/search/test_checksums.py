"""Whether the files of an index are what was written: every byte counts, and what is not the index's counts nothing."""

from __future__ import annotations

import json
import random
from pathlib import Path

import pytest

from bot.search.checksums import damaged_files
from tests.search.documents import built, document, exchange


@pytest.fixture
def build(tmp_path: Path) -> Path:
    """The folder of an index of several segments, from one of which a document was deleted."""
    index = built(tmp_path, [document(f"d{number}", f"收费标准第{number}条") for number in range(20)])
    with index.locked():
        index.update([document("e", "接待来访五十人次")], ["d1"], 2, "token")
    return tmp_path / (tmp_path / "CURRENT").read_text(encoding="utf-8")


def damaged(build: Path) -> list[str]:
    return list(damaged_files(build, (build / "meta.json").read_bytes()))


def files_of(build: Path) -> list[Path]:
    """Each file of a segment."""
    segments = json.loads((build / "meta.json").read_bytes())["segments"]
    names = [segment["segment_id"].replace("-", "") for segment in segments]
    return sorted(path for name in names for path in build.glob(f"{name}.*"))


def test_an_index_as_it_was_written_is_whole(build: Path) -> None:
    assert any(path.suffix == ".del" for path in files_of(build))
    assert damaged(build) == []


def body_of(content: bytes) -> int:
    """How many bytes of a file stand before its footer, of which only the checksum is of any use."""
    return len(content) - 8 - int.from_bytes(content[-8:-4], "little")


def test_one_changed_byte_of_any_file_is_noticed(build: Path) -> None:
    """Wherever in its body it stands, or in the footer's last bytes; put right again, the file is whole."""
    dice = random.Random(1)
    for path in files_of(build):
        content = path.read_bytes()
        body = body_of(content)
        for place in {0, body // 2, body - 1, dice.randrange(body), len(content) - 8}:
            exchange(path, content[:place] + bytes([content[place] ^ 1]) + content[place + 1 :])
            assert damaged(build) == [path.name], place
        exchange(path, content)
    assert damaged(build) == []


@pytest.mark.parametrize("left", [0, 3, 8, -1])
def test_a_truncated_file_is_noticed(build: Path, left: int) -> None:
    for path in files_of(build):
        content = path.read_bytes()
        exchange(path, content[:left])
        assert damaged(build) == [path.name]
        exchange(path, content)


def test_garbage_in_place_of_a_file_is_noticed(build: Path) -> None:
    """Also such that ends like a file of tantivy's."""
    (path, *_) = files_of(build)
    for garbage in (b"\0" * 100, b"x" * 5_000_000, b'{"crc":1}\x09\0\0\0\x39\x05\0\0', b"\xff" * 8):
        exchange(path, garbage)
        assert damaged(build) == [path.name]


def test_what_was_left_behind_counts_nothing(build: Path) -> None:
    """Files of segments that are no more, an older list of what is deleted, and what is nobody's."""
    (deleted,) = [path for path in files_of(build) if path.suffix == ".del"]
    segment = deleted.name.split(".")[0]
    for name in (f"{segment}.1.del", "0123456789abcdef0123456789abcdef.store", "notes.txt"):
        (build / name).write_bytes(b"garbage")
    assert damaged(build) == []


@pytest.mark.parametrize(
    "meta", [b"{}", b"[]", b'{"segments": [{}]}', b'{"segments": [1]}', b"{", b'{"segments": null}']
)
def test_a_meta_that_makes_no_sense_is_said_to_be_so(build: Path, meta: bytes) -> None:
    with pytest.raises(ValueError, match=r".+"):
        list(damaged_files(build, meta))


def test_a_file_that_cannot_be_read_is_an_error_of_the_system(build: Path) -> None:
    (path, *_) = files_of(build)
    path.unlink()
    path.mkdir()
    with pytest.raises(OSError, match=path.name):
        list(damaged_files(build, (build / "meta.json").read_bytes()))
