"""What stands in the folder, and what a right answer is then."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path

from bot.app import App
from bot.search import Sought
from tests.houses import (
    AGENCIES,
    ASK_CANTEEN,
    ASK_PARKING,
    CANTEEN,
    CANTEEN_PASSAGE,
    FILES,
    PARKING,
    PARKING_PASSAGE,
)

ASK_POOL, POOL_PASSAGE = "游泳馆水温多少", "游泳馆水温常年保持27度。"
POOL = f"---\ntitle: 游泳馆水温\ndate: 2018-05-01\naliases:\n  - {ASK_POOL}\n---\n\n{POOL_PASSAGE}\n"
QUESTIONS = (ASK_PARKING, ASK_CANTEEN, ASK_POOL)


@dataclass(frozen=True, slots=True)
class State:
    """A whole of what is published: the folder's files, and the passage that answers each of the questions."""

    files: dict[str, str]
    answers: tuple[str, ...]


OLD = State(dict(FILES), (PARKING_PASSAGE, CANTEEN_PASSAGE, ""))
# One changed, one withdrawn, one added.
NEW = State(
    {"agencies.toml": AGENCIES, "items/parking.md": PARKING.replace("5元", "8元"), "items/pool.md": POOL},
    (PARKING_PASSAGE.replace("5元", "8元"), "", POOL_PASSAGE),
)
LATER = State(
    {"agencies.toml": AGENCIES, "items/parking.md": PARKING.replace("5元", "9元"), "items/canteen.md": CANTEEN},
    (PARKING_PASSAGE.replace("5元", "9元"), CANTEEN_PASSAGE, ""),
)
NOTHING = State({}, ("", "", ""))


def put(root: Path, state: State) -> None:
    """Make the folder this state."""
    folder = root / "knowledge"
    (folder / "items").mkdir(parents=True, exist_ok=True)
    for name in {str(path.relative_to(folder)) for path in folder.rglob("*.*")} - set(state.files):
        (folder / name).unlink()
    for name, text in state.files.items():
        (folder / name).write_text(text, encoding="utf-8")


# Rows of a catalogue, one file that is replaced in one step. Each row has a word of its own in each version, of a row's sign
# and a version's; in each version one row is missing.
ROWS = "甲乙丙丁戊己庚辛"
VERSIONS = "天地玄黄宇宙洪荒日月盈宿列张寒来暑往秋收冬藏余成岁律调阳云腾致雨露结为霜金生丽水"
COMMON = "车位"


def rows_of(version: int) -> frozenset[str]:
    """Ids of the rows of a version."""
    missing = version % len(ROWS)
    return frozenset(f"R{row}" for row in range(len(ROWS)) if row != missing)


def word(row: int, version: int) -> str:
    """What only this row says, and only in this version."""
    return ROWS[row] + VERSIONS[version % len(VERSIONS)]


def cycle(folder: Path, version: int) -> None:
    """Make the folder one catalogue of this version, in one step."""
    lines = [
        f"R{row},{COMMON}，{ROWS[row]}区,2018-01-01,{word(row, version)}。停放收费。"
        for row in range(len(ROWS))
        if f"R{row}" in rows_of(version)
    ]
    (folder / "items").mkdir(parents=True, exist_ok=True)
    draft = folder / "items" / ".draft"
    draft.write_text("\n".join(("id,title,date,text", *lines, "")), encoding="utf-8")
    os.replace(draft, folder / "items" / "rows.csv")  # noqa: PTH105 - one atomic step


@dataclass(frozen=True, slots=True)
class Seen:
    """What a process sees of the house, after it has caught up.

    Attributes:
        answers: the passage that answers each question; empty where none does.
        generations: of the store and of the index.
        stored, indexed: ids of the documents.
        sections: how many the store and the index hold.
    """

    answers: tuple[str, ...]
    generations: tuple[int, int]
    stored: frozenset[str]
    indexed: frozenset[str]
    sections: tuple[int, int]

    @property
    def agrees(self) -> bool:
        """Whether store and index are of one state."""
        return len(set(self.generations)) == 1 and self.stored == self.indexed and len(set(self.sections)) == 1


def quoted(app: App, question: str) -> str:
    """The passage that answers a question; empty where none does."""
    quote = app.ask(question, record=False).reply.quote
    return quote.text if quote else ""


def look(app: App, questions: tuple[str, ...] = QUESTIONS) -> Seen:
    """Ask the questions, then look into store and index."""
    answers = tuple(quoted(app, question) for question in questions)
    documents = tuple(app.store.disclosures.documents())
    return Seen(
        answers,
        (app.store.disclosures.generation(), app.index.generation),
        frozenset(document.id for document in documents),
        # Every document here says one of these.
        frozenset(indexed(app, *"车场食堂游泳")),
        (sum(len(document.sections) for document in documents), app.index.sections),
    )


def indexed(app: App, *signs: str) -> list[str]:
    """Ids of the documents that the index finds any of these signs, or words of two, in."""
    wanted = dict.fromkeys(signs, 1.0)
    return [hit.document for hit in app.index.find(Sought(characters=wanted, bigrams=wanted), 100)]


def builds(index: Path) -> list[str]:
    """What stands in an index's folder, the lock apart."""
    return sorted(path.name for path in index.iterdir() if path.name != ".lock")


def disagreements(app: App) -> list[str]:
    """Where store and index of a catalogue differ, word by word; none when all is well."""
    app.refresh()
    seen = look(app, questions=())
    wrong = [] if seen.agrees else [f"{seen}"]
    texts = {document.id: document.sections[0].text for document in app.store.disclosures.documents()}
    for row in range(len(ROWS)):
        for version in range(len(VERSIONS)):
            said = word(row, version)
            holders = [id_ for id_, text in texts.items() if said in text]
            if indexed(app, said) != holders:
                wrong.append(f"{said}: {indexed(app, said)} instead of {holders}")
    return wrong
