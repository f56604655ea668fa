"""What others find the same sections by: a fuzzy scan, SQLite's FTS5, rank_bm25, bm25s, Whoosh.

rank_bm25, bm25s and Whoosh are no dependencies of the project; ``make bench`` puts them into ``.venv/peers``. A peer that
is not there is left out.
"""

from __future__ import annotations

import importlib
import sqlite3
import sys
import tempfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bot.language.normalise import fold
from bot.language.tokens import bigrams, runs
from tests.bench.corpus import make_reports
from tests.bench.questions import Asked
from tests.bench.timing import Stopwatch

PLACE = Path(sys.prefix) / "peers"
SHOWN = 10
# A slow peer is asked until this much CPU is spent, of the same questions in the same order; but that many at least.
BUDGET_SECONDS, AT_LEAST = 15.0, 20

Search = Callable[[str], Sequence[int]]


@dataclass(frozen=True, slots=True)
class Measured:
    """What a peer took and found.

    Attributes:
        milliseconds: of CPU, for each question that it was asked.
        found: keys of what it found, best first, for each.
    """

    name: str
    build_seconds: float
    milliseconds: list[float]
    found: list[list[tuple[str, str]]]


def measure_peer(name: str, sections: int, questions: Sequence[Asked]) -> Measured | None:
    """Build a peer over the made-up reports, and ask it; None where it is not installed."""
    sys.path.append(str(PLACE))
    keys, texts = [], []
    for report in make_reports(sections):
        document = report.document
        keys += [(document.id, section.id) for section in document.sections]
        texts += [f"{document.title} {section.name} {section.text}" for section in document.sections]
    watch = Stopwatch()
    try:
        search = PEERS[name].build(texts)
    except ModuleNotFoundError:
        return None
    build_seconds, asking = watch.cpu_seconds(), Stopwatch()
    search(questions[-1].text)
    milliseconds: list[float] = []
    found: list[list[tuple[str, str]]] = []
    for asked in questions:
        if len(found) >= AT_LEAST and asking.cpu_seconds() > BUDGET_SECONDS:
            break
        watch = Stopwatch()
        places = search(asked.text)
        milliseconds.append(watch.cpu_seconds() * 1000)
        found.append([keys[place] for place in places])
    return Measured(name, build_seconds, milliseconds, found)


def _tokens(text: str) -> list[str]:
    return bigrams(runs(fold(text)))


def _build_scan(texts: Sequence[str]) -> Search:
    from rapidfuzz import fuzz, process

    def search(question: str) -> list[int]:
        return [int(hit[2]) for hit in process.extract(question, texts, scorer=fuzz.partial_ratio, limit=SHOWN)]

    return search


def _build_fts(tokenizer: str, tokenise: Callable[[str], Sequence[str]], texts: Sequence[str]) -> Search:
    connection = sqlite3.connect(":memory:")
    connection.execute(f"CREATE VIRTUAL TABLE sections USING fts5(text, tokenize='{tokenizer}')")
    connection.executemany("INSERT INTO sections (rowid, text) VALUES (?, ?)", enumerate(texts))
    connection.execute("INSERT INTO sections (sections) VALUES ('optimize')")
    found = "SELECT rowid FROM sections WHERE sections MATCH ? ORDER BY rank LIMIT ?"

    def search(question: str) -> list[int]:
        wanted = " OR ".join(f'"{token}"' for token in dict.fromkeys(tokenise(question)))
        return [row[0] for row in connection.execute(found, (wanted, SHOWN))] if wanted else []

    return search


def _trigrams(text: str) -> list[str]:
    return [run[place : place + 3] for run in runs(fold(text)) for place in range(len(run) - 2)]


def _build_fts_trigrams(texts: Sequence[str]) -> Search:
    return _build_fts("trigram", _trigrams, [fold(text) for text in texts])


def _build_fts_bigrams(texts: Sequence[str]) -> Search:
    return _build_fts("unicode61", _tokens, [" ".join(_tokens(text)) for text in texts])


def _build_rank_bm25(texts: Sequence[str]) -> Search:
    ranked = importlib.import_module("rank_bm25").BM25Okapi([_tokens(text) for text in texts])

    def search(question: str) -> list[int]:
        scores = ranked.get_scores(_tokens(question))
        best = scores.argpartition(-SHOWN)[-SHOWN:]
        return [int(place) for place in best[(-scores[best]).argsort()] if scores[place] > 0]

    return search


def _build_bm25s(texts: Sequence[str]) -> Search:
    retriever: Any = importlib.import_module("bm25s").BM25()
    retriever.index([_tokens(text) for text in texts], show_progress=False)

    def search(question: str) -> list[int]:
        known = [token for token in _tokens(question) if token in retriever.vocab_dict]
        if not known:
            return []
        places, scores = retriever.retrieve([known], k=SHOWN, show_progress=False)
        return [int(place) for place, score in zip(places[0], scores[0], strict=True) if score > 0]

    return search


def _build_whoosh(texts: Sequence[str]) -> Search:
    fields, index = importlib.import_module("whoosh.fields"), importlib.import_module("whoosh.index")
    analysis, query = importlib.import_module("whoosh.analysis"), importlib.import_module("whoosh.query")
    schema = fields.Schema(
        place=fields.STORED, text=fields.TEXT(analyzer=analysis.SpaceSeparatedTokenizer(), phrase=False)
    )
    scratch = tempfile.TemporaryDirectory(prefix="bot-bench-whoosh-")
    built = index.create_in(scratch.name, schema)
    writer = built.writer(limitmb=512)
    for place, text in enumerate(texts):
        writer.add_document(place=place, text=" ".join(_tokens(text)))
    writer.commit()
    searcher = built.searcher()

    def search(question: str, kept: object = scratch) -> list[int]:
        wanted = query.Or([query.Term("text", token) for token in dict.fromkeys(_tokens(question))])
        return [int(hit["place"]) for hit in searcher.search(wanted, limit=SHOWN)]

    return search


@dataclass(frozen=True, slots=True)
class Peer:
    """Another way to find sections.

    Attributes:
        most: sections beyond which it is not tried, for it would take an hour.
    """

    build: Callable[[Sequence[str]], Search]
    most: int = 100_000


PEERS = {
    "rapidfuzz partial_ratio, scan": Peer(_build_scan),
    "SQLite FTS5, trigrams": Peer(_build_fts_trigrams),
    "SQLite FTS5, bigrams": Peer(_build_fts_bigrams),
    "rank_bm25, bigrams": Peer(_build_rank_bm25),
    "bm25s, bigrams": Peer(_build_bm25s),
    "Whoosh, bigrams": Peer(_build_whoosh, most=10_000),
}
