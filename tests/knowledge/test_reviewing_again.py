"""A review that knows what it found finds the same as one that looks at everything."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from bot.knowledge import Folder, Holdings, Reviewing
from bot.model import Agency, AgencyContact, Card, Figure, Finding, Kind, KnownFile, Severity, Status

TODAY = date(2026, 7, 1)
AGENCIES = tuple(Agency(key, AgencyContact(name=key, phone="1")) for key in ("jtj", "zsj"))
KNOWN = st.sampled_from((AGENCIES, (), (replace(AGENCIES[0], founded=date(2025, 3, 1)), AGENCIES[1])))
DAYS = st.sampled_from((None, date(1940, 1, 1), date(2025, 1, 2), date(2025, 6, 3), date(2027, 1, 1)))
FIGURES = st.builds(
    Figure,
    measure=st.sampled_from(("收到申请", "主动公开")),
    unit=st.sampled_from(("件", "条")),
    value=st.integers(1, 2),
    year=st.sampled_from((None, 2023, 2024)),
    line=st.integers(1, 3),
)
NAMES = ("a", "b/c", "b/d", "e")
# What somebody does to the folder: nothing to most files, a new version, or none of it any more.
SAVED = st.fixed_dictionaries(
    {
        "title": st.just("甲"),
        "kind": st.sampled_from((Kind.ITEM, Kind.GUIDE)),
        "agency": st.sampled_from(("", "jtj", "zsj")),
        "status": st.sampled_from((Status.PUBLISHED, Status.PUBLISHED, Status.DRAFT, Status.WITHDRAWN)),
        "year": st.sampled_from((None, 2023, 2024)),
        "formed_on": DAYS,
        "published_on": DAYS,
        "inferred": st.sampled_from(((), ("year",))),
        "line": st.just(1),
        "digest": st.sampled_from(("", "one", "two")),
        "figures": st.lists(FIGURES, max_size=4).map(tuple),
        "links": st.sampled_from(((), ((2, "b/c.md"),), ((3, "/e.md"),))),
    }
)
PLAIN: dict[str, Any] = {
    "title": "甲",
    "kind": Kind.ITEM,
    "agency": "zsj",
    "status": Status.PUBLISHED,
    "year": 2024,
    "formed_on": None,
    "published_on": date(2025, 6, 3),
    "inferred": (),
    "line": 1,
}
EDITS = st.lists(st.tuples(st.sampled_from(NAMES), st.none() | SAVED), max_size=4)


def card(id_: str, fields: dict[str, Any]) -> Card:
    return Card(id=id_, path=f"{id_}.md", **fields)


def hold(holdings: Holdings, cards: dict[str, Card]) -> None:
    """Bring what is held to these files, as a pass does."""
    for name in NAMES:
        file = KnownFile(f"{name}.md", cards=(cards[name],)) if name in cards else None
        if file is None:
            holdings.drop(f"{name}.md")
        elif holdings.get(file.path) != file:
            holdings.put(file)


def folder(holdings: Holdings, agencies: tuple[Agency, ...] = AGENCIES) -> Folder:
    return Folder("knowledge", holdings, agencies)


@settings(deadline=None, max_examples=60)
@given(st.lists(st.tuples(EDITS, KNOWN), min_size=2, max_size=5))
def test_review_after_edits_finds_what_one_of_the_whole_folder_does(
    history: list[tuple[list[tuple[str, dict[str, Any] | None]], tuple[Agency, ...]]],
) -> None:
    """Whatever was saved, deleted or came to be known between two looks."""
    again, holdings = Reviewing(), Holdings()
    cards: dict[str, Card] = {}
    for edits, agencies in history:
        for name, saved in edits:
            if saved is None:
                cards.pop(name, None)
            else:
                cards[name] = card(name, saved)
        hold(holdings, cards)
        anew = Holdings()
        hold(anew, cards)
        found = again.review(folder(holdings, agencies), TODAY)
        assert found == Reviewing().review(folder(anew, agencies), TODAY)
        graver = tuple(finding for finding in found if finding.severity is not Severity.NOTE)
        assert again.review(folder(holdings, agencies), TODAY, notes=False) == graver


def test_contradiction_ends_with_the_document_that_it_was_with() -> None:
    """The third then contradicts nobody, or the next one that states something else."""
    again, holdings = Reviewing(), Holdings()
    cards = {
        name: card(name, PLAIN | {"figures": (Figure("收到申请", "件", value, None, line),)})
        for line, (name, value) in enumerate((("a", 1), ("b/c", 2), ("e", 2)), 5)
    }
    assert contradictions(again, holdings, cards) == [
        "2024 收到申请2件, but 1件 in a.md:5",
        "2024 收到申请2件, but 1件 in a.md:5",
    ]
    del cards["a"]
    assert contradictions(again, holdings, cards) == []
    cards["e"] = card("e", PLAIN | {"figures": (Figure("收到申请", "件", 3, None, 9),)})
    assert contradictions(again, holdings, cards) == ["2024 收到申请3件, but 2件 in b/c.md:6"]


def test_tomorrow_is_no_date_in_the_future_any_more() -> None:
    """A remark that hangs on the day is not kept beyond it."""
    again, holdings = Reviewing(), Holdings()
    hold(holdings, {"a": card("a", PLAIN | {"published_on": date(2026, 7, 2)})})
    for today, is_future in ((TODAY, True), (date(2026, 7, 2), False)):
        found = [finding.reason for finding in again.review(folder(holdings), today)]
        assert ("a date in the future" in found) is is_future


def contradictions(reviewing: Reviewing, holdings: Holdings, cards: dict[str, Card]) -> list[str]:
    hold(holdings, cards)
    found: tuple[Finding, ...] = reviewing.review(folder(holdings), TODAY)
    return [finding.reason for finding in found if finding.severity is Severity.WARNING]
