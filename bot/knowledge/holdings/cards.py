"""The cards of a folder's documents on disk, found by what two of them may share."""

from __future__ import annotations

import pickle
import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, fields
from itertools import groupby
from operator import attrgetter, itemgetter
from typing import Any, TypeAlias

from bot.knowledge.holdings.scratch import OnDisk, counted, make_tables, name_of, place_of
from bot.model import Card, Figure, KnownFile, Status

# `second` has the id of an earlier document; all that is compared leaves it out. Nor are drafts compared.
_TABLES = """
CREATE TABLE cards (
    place TEXT, position INTEGER, id TEXT, digest TEXT, linking INTEGER, published INTEGER, second INTEGER, reviewed INTEGER,
    card BLOB, figures BLOB, UNIQUE (place, position)
);
CREATE INDEX ids ON cards (id, place, position);
CREATE INDEX digests ON cards (digest) WHERE digest != '';
CREATE INDEX links ON cards (place, position) WHERE linking;
CREATE INDEX seconds ON cards (place, position) WHERE second;
CREATE INDEX unreviewed ON cards (place, position) WHERE NOT reviewed;
CREATE TABLE years (agency TEXT, year INTEGER, place TEXT, position INTEGER, figures BLOB);
CREATE INDEX stating ON years (agency, year, place, position);
CREATE INDEX stated ON years (place);
"""
_NAMES = tuple(field.name for field in fields(Card) if field.name != "figures")
_PLACE = [field.name for field in fields(Card)].index("figures")
_values = attrgetter(*_NAMES)
_figure = attrgetter(*(field.name for field in fields(Figure)))

Year: TypeAlias = tuple[str, int]
"""An agency's key and a year: figures of others cannot contradict each other."""


@dataclass(frozen=True, slots=True)
class Stated:
    """What a document states of one year.

    Attributes:
        path: of its file inside the folder.
        position: among the documents of its file.
        figures: (measure, unit, value, line) as they stand in it.
    """

    id: str
    path: str
    position: int
    figures: Sequence[tuple[str, str, int, int]]


class Cards(OnDisk[Card]):
    """Of every document, in the order of their paths, without those that have the id of an earlier one.

    Attributes:
        other_years: of which a document was read anew, or is gone, since somebody compared them.
    """

    def __init__(self, scratch: sqlite3.Connection) -> None:
        super().__init__(lambda: self._select("NOT second"), lambda: counted(scratch, "cards WHERE NOT second"))
        self._scratch = scratch
        make_tables(scratch, _TABLES)
        self.other_years: set[Year] = set()

    def put(self, files: Sequence[KnownFile]) -> None:
        """Hold those of files that have none here."""
        placed = [(place_of(file.path), position, card) for file in files for position, card in enumerate(file.cards)]
        rows = ((place, position, *_row(card)) for place, position, card in placed)
        self._scratch.executemany("INSERT INTO cards VALUES (?, ?, ?, ?, ?, ?, 0, 0, ?, ?)", rows)
        stated = [
            (*year, place, position, pickle.dumps(figures))
            for place, position, card in placed
            for year, figures in _by_year(card).items()
        ]
        self._scratch.executemany("INSERT INTO years VALUES (?, ?, ?, ?, ?)", stated)
        self.other_years.update((agency, year) for agency, year, *_ in stated)

    def drop(self, name: str) -> None:
        """Hold none of a file."""
        place = place_of(name)
        self._note_years(place)
        for table in ("cards", "years"):
            self._scratch.execute(f"DELETE FROM {table} WHERE place = ?", (place,))  # noqa: S608 - our own names

    def of_file(self, name: str) -> tuple[Card, ...]:
        """Those of a file, also where they have the id of an earlier one."""
        return tuple(self._select("place = ?", place_of(name)))

    def find(self, id_: str) -> Card | None:
        """The card of a document."""
        return next(self._select("id = ? AND NOT second", id_), None)

    def repeated_ids(self) -> list[str]:
        """Ids that several documents have."""
        ids = self._scratch.execute("SELECT id FROM cards GROUP BY id HAVING count(*) > 1")
        return [id_ for (id_,) in ids]

    def repeated(self, ids: Iterable[str]) -> Iterator[tuple[Card, Card]]:
        """(later, first) of the documents of each of some ids."""
        for id_ in ids:
            first, *others = self._select("id = ?", id_)
            yield from ((other, first) for other in others)

    def part_seconds(self, ids: Iterable[str]) -> None:
        """Tell those that have the id of an earlier document from the others; `ids` are those that several have."""
        before = set(self._scratch.execute("SELECT place, position FROM cards WHERE second"))
        now: set[tuple[str, int]] = set()
        for id_ in ids:
            _, *others = self._scratch.execute(
                "SELECT place, position FROM cards WHERE id = ? ORDER BY place, position", (id_,)
            )
            now.update(others)
        for place, position in before ^ now:
            changed = "UPDATE cards SET second = NOT second, reviewed = 0 WHERE place = ? AND position = ?"
            self._scratch.execute(changed, (place, position))
            self._note_years(place)

    @property
    def seconds(self) -> Iterator[Card]:
        """Those that have the id of an earlier document."""
        return self._select("second")

    def seconds_in(self, name: str) -> frozenset[int]:
        """Their positions in a file."""
        query = "SELECT position FROM cards WHERE place = ? AND second"
        return frozenset(position for (position,) in self._scratch.execute(query, (place_of(name),)))

    def alike(self) -> Iterator[list[Card]]:
        """Published documents of one text."""
        query = "SELECT digest FROM cards WHERE digest != '' AND NOT second GROUP BY digest HAVING count(*) > 1"
        for (digest,) in self._scratch.execute(query).fetchall():
            yield list(self._select("digest = ? AND digest != '' AND NOT second", digest))

    def stating(self, year: Year) -> Iterator[Stated]:
        """The figures of an agency and a year that published documents state."""
        query = (
            "SELECT place, position, id, years.figures FROM years JOIN cards USING (place, position) "
            "WHERE agency = ? AND year = ? AND NOT second ORDER BY place, position"
        )
        for place, position, id_, figures in self._scratch.execute(query, year):
            yield Stated(id_, name_of(place), position, pickle.loads(figures))  # noqa: S301 - our own writing

    def unreviewed(self) -> Iterator[tuple[str, tuple[Card, ...]]]:
        """(file, cards without their figures) of the files that are new to the review."""
        return self._by_file("place IN (SELECT place FROM cards WHERE NOT reviewed)")

    def linking(self) -> Iterator[tuple[str, tuple[Card, ...]]]:
        """(file, cards without their figures) of the documents with links to files."""
        return self._by_file("linking")

    def review_anew(self) -> None:
        """Everything is new to the review."""
        self._scratch.execute("UPDATE cards SET reviewed = 0")
        self.other_years.update(self._scratch.execute("SELECT DISTINCT agency, year FROM years"))

    def reviewed(self) -> None:
        """Nothing is new to the review any more."""
        self._scratch.execute("UPDATE cards SET reviewed = 1 WHERE NOT reviewed")
        self.other_years.clear()

    def _note_years(self, place: str) -> None:
        self.other_years.update(self._scratch.execute("SELECT agency, year FROM years WHERE place = ?", (place,)))

    def _by_file(self, which: str) -> Iterator[tuple[str, tuple[Card, ...]]]:
        query = f"SELECT place, card FROM cards WHERE {which} AND NOT second ORDER BY place, position"  # noqa: S608
        for place, rows in groupby(self._scratch.execute(query), key=itemgetter(0)):
            yield name_of(place), tuple(_to_card(card, None) for _, card in rows)

    def _select(self, which: str, *values: str) -> Iterator[Card]:
        query = f"SELECT card, figures FROM cards WHERE {which} ORDER BY place, position"  # noqa: S608 - our own words
        return (_to_card(card, figures) for card, figures in self._scratch.execute(query, values))


def _row(card: Card) -> tuple[object, ...]:
    published = card.status is Status.PUBLISHED
    figures = pickle.dumps([_figure(figure) for figure in card.figures]) if card.figures else None
    plain = pickle.dumps(_values(card), pickle.HIGHEST_PROTOCOL)
    return card.id, card.digest if published else "", bool(card.links) and published, published, plain, figures


def _to_card(card: bytes, figures: bytes | None) -> Card:
    values = pickle.loads(card)  # noqa: S301 - our own writing
    stated = tuple(Figure(*each) for each in pickle.loads(figures)) if figures else ()  # noqa: S301 - as above
    of_class: tuple[Any, ...] = (*values[:_PLACE], stated, *values[_PLACE:])
    return Card(*of_class)


def _by_year(card: Card) -> dict[Year, list[tuple[str, str, int, int]]]:
    stated: dict[Year, list[tuple[str, str, int, int]]] = {}
    if card.agency and card.status is Status.PUBLISHED:
        for figure in card.figures:
            if (year := figure.year or card.year) is not None:
                values = figure.measure, figure.unit, figure.value, figure.line
                stated.setdefault((card.agency, year), []).append(values)
    return stated


__all__ = ["Cards", "Stated", "Year"]
