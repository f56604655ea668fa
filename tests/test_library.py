"""What is kept of one generation between questions."""

from __future__ import annotations

from bot.library import Recent
from bot.model import Document, Kind, Section


def passage(number: int) -> dict[tuple[str, str], tuple[Document, Section]]:
    section = Section("1", (), f"第{number}段")
    return {(f"d{number}", "1"): (Document(f"d{number}", "标题", Kind.ITEM, "", (section,)), section)}


def kept(recent: Recent, numbers: range) -> list[int]:
    return [number for number in numbers if recent.get((f"d{number}", "1"))]


def test_what_was_asked_for_last_is_kept_and_no_more_than_was_allowed() -> None:
    recent = Recent(8)
    for number in range(100):
        recent.add(passage(number))
    assert 4 <= len(kept(recent, range(100))) <= 8
    assert kept(recent, range(96, 100)) == [96, 97, 98, 99]


def test_what_is_asked_for_again_and_again_stays() -> None:
    recent = Recent(8)
    for number in range(100):
        recent.add(passage(number))
        assert recent.get(("d0", "1"))


def test_more_at_once_than_there_is_room_for_are_still_given() -> None:
    recent = Recent(2)
    recent.add({key: value for number in range(10) for key, value in passage(number).items()})
    assert kept(recent, range(10)) == list(range(10))
