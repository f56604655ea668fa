"""The index on disk: opened, built anew, brought up to date, asked.

It lives in a folder of its own for each build, ``<root>/<build>/``; ``<root>/CURRENT`` names the one in use and is
replaced in one step. The generation of the data is an entry of its own inside the index, committed with the data.
"""

from __future__ import annotations

import os
import re
import shutil
import uuid
from collections import defaultdict
from collections.abc import Iterable, Mapping
from contextlib import AbstractContextManager
from pathlib import Path
from typing import NamedTuple

import tantivy
from filelock import FileLock

from bot.model import Document
from bot.search import schema
from bot.search.checksums import damaged_files
from bot.search.query import Sought
from bot.search.reader import Found, Reader

_HEAP_BYTES = 64_000_000
_CURRENT = "CURRENT"
_STAMP = "generation"
_BUILD = re.compile(r"\d{8}-.+")


class IndexDamaged(Exception):  # noqa: N818 - it says what is the matter
    """The index cannot be read; it is to be rebuilt from the store."""


class _Standing(NamedTuple):
    """What stands on disk; empty where there is none, or none that can be read.

    Attributes:
        build: the one that CURRENT names.
        meta: content of its meta.json, which is another after each commit.
        files: name, size and time of each of its files, which tantivy never writes to twice.
    """

    build: str = ""
    meta: bytes = b""
    files: tuple[tuple[str, int, int], ...] = ()


class Index:
    """A search index under `root`; missing, damaged or of another version it is empty, at generation 0, to be built.

    Attributes:
        database, generation, token: of what stands on disk and was opened.
        answering: generation of what answers, also where the disk has since been damaged; None before the first.
    """

    def __init__(self, root: Path) -> None:
        self.root = root
        self._index: tantivy.Index | None = None
        self._reader: Reader | None = None
        self._standing: _Standing | None = None
        self.database, self.generation, self.token = "", 0, ""
        self.answering: int | None = None
        self.reopen()

    def reopen(self) -> None:
        """Turn to the build that CURRENT names, as another process may have left it.

        Where it cannot be read the generation is 0, and what was open before answers until a rebuild.
        """
        tried = None
        # A build may be gone before it is open: then another process has turned to the next, and CURRENT names that.
        while (standing := self._look()) != tried:
            tried = standing
            try:
                self._use(self._opened(standing), standing)
            except (OSError, ValueError, IndexDamaged):
                continue
            return
        self._index, self._standing, self.database = None, None, ""
        self.generation, self.token = 0, ""

    def stands(self) -> bool:
        """Whether what was opened is what is on disk: not deleted or damaged since, nor written by another process."""
        return self._standing is not None and self._look() == self._standing

    def _look(self) -> _Standing:
        try:
            build = (self.root / _CURRENT).read_text(encoding="utf-8").strip()
        except (OSError, ValueError):
            return _Standing()
        folder = self.root / build
        try:
            stats = [(entry.name, entry.stat()) for entry in os.scandir(folder) if not entry.name.startswith(".")]
            files = sorted((name, stat.st_size, stat.st_mtime_ns) for name, stat in stats)
            return _Standing(build, (folder / "meta.json").read_bytes(), tuple(files))
        except (OSError, ValueError):
            return _Standing(build)

    def _opened(self, standing: _Standing) -> tantivy.Index:
        folder = self.root / standing.build
        if damaged := next(damaged_files(folder, standing.meta), ""):
            raise IndexDamaged(f"{damaged} is not what was written")
        return tantivy.Index.open(str(folder))

    def _use(self, index: tantivy.Index, standing: _Standing) -> None:
        # tantivy panics, and raises no exception, when it is asked for a field that an index has not.
        if index.schema != schema.SCHEMA:
            raise IndexDamaged("it has other fields")
        index.reload()
        searcher = index.searcher()
        database, generation, token = self._read_stamp(searcher)
        # Assigned together and last: another thread sees the old state or the new one.
        reader = Reader(searcher, self._distrust)
        self._index, self._reader, self.database = index, reader, database
        self.generation, self.token = generation, token
        self._standing, self.answering = standing, generation

    def _read_stamp(self, searcher: tantivy.Searcher) -> tuple[str, int, str]:
        hits = searcher.search(tantivy.Query.term_query(schema.SCHEMA, schema.STAMP, _STAMP, "basic"), 1).hits
        if not hits:
            raise IndexDamaged("no generation stands in it")
        version, database, generation, token = str(searcher.doc(hits[0][1])[schema.DOCUMENT][0]).split(":")
        if int(version) != schema.VERSION:
            raise IndexDamaged(f"it is of version {version}")
        return database, int(generation), token

    def locked(self) -> AbstractContextManager[object]:
        """Held while the index is written, so that of several processes on this disk one writes at a time."""
        self.root.mkdir(parents=True, exist_ok=True)
        return FileLock(self.root / ".lock")

    def rebuild(self, documents: Iterable[Document], generation: int, database: str = "", token: str = "") -> None:
        """Build from all of a database's documents beside the one in use, then turn to it; a failure leaves the old.

        To be called while ``locked``, as is ``update``.
        """
        build = f"{generation:08d}-{uuid.uuid4().hex[:8]}"
        folder = self.root / build
        folder.mkdir()
        try:
            index = tantivy.Index(schema.SCHEMA, path=str(folder), reuse=False)
            self._write(index, documents, (), f"{database}:{generation}:{token}")
            self._name_current(build)
        except BaseException:
            shutil.rmtree(folder, ignore_errors=True)
            raise
        self._use(index, self._look())
        self._drop_others(build)

    def update(self, changed: Iterable[Document], removed: Iterable[str], generation: int, token: str = "") -> None:
        """Replace the changed documents and drop the removed ones in one commit.

        Raises:
            IndexDamaged: there is nothing to update, or it cannot be written; rebuild it.
        """
        if self._index is None or self._standing is None:
            raise IndexDamaged("there is none")
        build = self._standing.build
        try:
            self._write(self._index, changed, removed, f"{self.database}:{generation}:{token}")
            self._use(self._index, self._look())
        except (OSError, ValueError) as error:
            raise IndexDamaged(str(error)) from error
        self._drop_others(build)

    def _write(
        self,
        index: tantivy.Index,
        changed: Iterable[Document],
        removed: Iterable[str],
        stamped: str,
    ) -> None:
        # Where there is nothing to replace nothing is deleted: tantivy keeps a kilobyte of each deletion until the commit.
        replaces = index.searcher().num_docs > 0
        writer = index.writer(_HEAP_BYTES, 1)
        try:
            for gone in removed:
                writer.delete_documents_by_term(schema.DOCUMENT, gone)
            for document in changed:
                if replaces:
                    writer.delete_documents_by_term(schema.DOCUMENT, document.id)
                for entry in schema.entries(document):
                    writer.add_document(entry)
            writer.delete_documents_by_term(schema.STAMP, _STAMP)
            stamp = tantivy.Document()
            stamp.add_text(schema.STAMP, _STAMP)
            stamp.add_text(schema.DOCUMENT, f"{schema.VERSION}:{stamped}")
            writer.add_document(stamp)
            writer.commit()
        except BaseException:
            writer.rollback()
            raise
        finally:
            writer.wait_merging_threads()

    def _name_current(self, build: str) -> None:
        draft = self.root / f".{_CURRENT}-{uuid.uuid4().hex[:8]}"
        draft.write_text(build, encoding="utf-8")
        os.replace(draft, self.root / _CURRENT)  # noqa: PTH105 - one atomic step

    def _drop_others(self, build: str) -> None:
        """Also what a process left behind that was killed; whatever is not of our making stays."""
        for path in self.root.iterdir():
            if _BUILD.fullmatch(path.name) and path.name != build:
                shutil.rmtree(path, ignore_errors=True)
            elif path.name.startswith(f".{_CURRENT}-"):
                path.unlink(missing_ok=True)

    def find(self, sought: Sought, limit: int) -> list[Found]:
        """The best sections, best first; none where the index is empty.

        Raises:
            IndexDamaged: a file was overwritten while it was open; so do ``counts``.
        """
        return self._reader.find(sought, limit) if self._reader else []

    def counts(self, field: str) -> Mapping[str, int]:
        """In how many sections each token stands in a field, as the index is now."""
        return self._reader.counts[field] if self._reader else defaultdict(int)

    def _distrust(self, error: BaseException) -> None:
        """Where an open file was overwritten this question fails, and the next one finds that nothing `stands`."""
        # A panic of tantivy's is a BaseException that no module exports, and that no handler of ours would catch.
        if isinstance(error, ValueError) or type(error).__name__ == "PanicException":
            self._standing = None
            raise IndexDamaged(str(error)) from error

    @property
    def sections(self) -> int:
        """How many sections it holds."""
        return self._reader.sections if self._reader else 0
