"""One file into what came of it. It touches the file and nothing else, so it may run in any process."""

from __future__ import annotations

import hashlib
import os
import stat
import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path, PurePosixPath

import bot
from bot.knowledge.agencies import contact_numbers
from bot.knowledge.decoding import LARGEST_BYTES
from bot.knowledge.examining import Examined, examine
from bot.knowledge.inference import complete
from bot.knowledge.limits import MEMORY_BYTES
from bot.knowledge.links import is_inside
from bot.knowledge.manuscript import Manuscript, Reading, UnreadableFile
from bot.knowledge.signatures import foreign
from bot.knowledge.walk import fingerprint
from bot.language.normalise import fold
from bot.model import Agency, Card, Document, Finding, KnownFile, Severity, card_of

_TOO_LARGE = f"the file is larger than {LARGEST_BYTES // 1_000_000} MB"
# Within one tick of its clock a file system gives two versions of a file the same time; FAT's is the longest.
_TICK_NS = 2_000_000_000
# Characters of a text that nobody writes twice by chance.
_DISTINCT = 20


@dataclass(frozen=True, slots=True)
class Task:
    """A file to be read.

    Attributes:
        name: its path inside the folder.
        path: where to open it.
        fingerprint: as it was found.
        suffix: in lower case, with its dot.
        reader: of such files; named by its module, for it may be called in another process.
        hash: of the content that is known; empty where it is to be read whatever it is.
        limited: whether it is read under limits.
    """

    name: str
    path: str
    fingerprint: str
    suffix: str
    reader: Callable[[bytes], Reading]
    hash: str
    limited: bool


@dataclass(frozen=True, slots=True)
class Basis:
    """What decides besides a file's bytes what comes of it: the program, and the agencies that are known.

    Attributes:
        numbers: telephone numbers that the agencies published as their own.
    """

    agencies: tuple[Agency, ...]
    numbers: tuple[str, ...]
    digest: str


@dataclass(frozen=True, slots=True)
class ReadFile:
    """What came of a file.

    Attributes:
        file: without cards and findings where it is `same`.
        same: whether its content is what is known.
        moving: whether it was written to while it was read.
    """

    file: KnownFile
    documents: tuple[Document, ...] = ()
    same: bool = False
    moving: bool = False


def basis_of(agencies: tuple[Agency, ...]) -> Basis:
    """The basis of a reading with these agencies."""
    told = f"{_program()}\n{agencies!r}"
    return Basis(agencies, contact_numbers(agencies), hashlib.sha256(told.encode("utf-8", "replace")).hexdigest())


@cache
def _program() -> str:
    """Changes with the package's version, and with any line of what reads: nobody has to remember a number."""
    digest = hashlib.sha256(bot.__version__.encode())
    package = Path(bot.__file__).parent
    for room in ("knowledge", "language", "model"):
        for path in sorted((package / room).rglob("*.py")):
            digest.update(path.read_bytes())
    return digest.hexdigest()


def read_file(task: Task, basis: Basis) -> ReadFile:
    """Read a file; whatever is wrong with it is a finding.

    Raises:
        MemoryError: there is not enough for it.
    """
    try:
        data, print_, moving = _content(task.path)
    except OSError as error:
        # It may be readable next time without a change that shows.
        reason = f"the file cannot be read ({error.strerror})"
        return ReadFile(refused(task.name, reason, "give the program the right to read it"))
    except UnreadableFile as error:
        return ReadFile(refused(task.name, error.reason, error.remedy))
    hash_ = hashlib.sha256(data).hexdigest()
    known = KnownFile(task.name, print_, hash_, basis.digest)
    if hash_ == task.hash:
        return ReadFile(known, same=True, moving=moving)
    return replace(_read(task, data, basis, known), moving=moving)


def _read(task: Task, data: bytes, basis: Basis, known: KnownFile) -> ReadFile:
    def refusal(reason: str, remedy: str, line: int = 0, rule: str = "") -> ReadFile:
        finding = Finding(Severity.ERROR, "", line, reason, remedy, rule)
        return ReadFile(_until_recognised(replace(known, refused=True, findings=(finding,))))

    if kind := foreign(task.suffix, data):
        return refusal(
            f"the file is {kind}, not what its name says ({task.suffix})", "give it the suffix of what it is"
        )
    try:
        reading = task.reader(data)
    except UnreadableFile as error:
        return refusal(error.reason, error.remedy, error.line, error.rule)
    except MemoryError:
        if not task.limited:
            raise
        return refusal(
            f"reading it takes more than {MEMORY_BYTES // 1_000_000} MB of memory", "split it, or save it anew"
        )
    except Exception as error:
        # A reader is handed whatever somebody has, and one bad file never stops the others.
        return refusal(f"the reader breaks off ({type(error).__name__})", "save it anew, or as Markdown (.md)")
    path = PurePosixPath(task.name)
    documents: list[Document] = []
    cards: list[Card] = []
    unknown: dict[str, Finding] = {}
    findings = list(reading.findings)
    for manuscript in reading.manuscripts:
        completed = complete(manuscript, path, basis.agencies)
        examined = examine(completed.document, manuscript, basis.numbers)
        findings += examined.findings
        if manuscript.id and any(finding.severity is Severity.ERROR for finding in examined.findings):
            # A row is refused by its line; the rows beside it are fine.
            continue
        for finding in completed.findings:
            unknown.setdefault(finding.reason, finding)
        documents.append(completed.document)
        cards.append(_card(completed.document, manuscript, examined))
    file = replace(known, cards=tuple(cards), unknown=tuple(unknown.values()), findings=tuple(findings))
    return ReadFile(_until_recognised(file), tuple(documents))


def _until_recognised(file: KnownFile) -> KnownFile:
    """A scan is to be looked at next time: its text may be recognised by then, and the file is the same."""
    return replace(file, basis="") if any(finding.rule == "scan" for finding in file.findings) else file


def _card(document: Document, manuscript: Manuscript, examined: Examined) -> Card:
    text = "\n".join(fold(section.text).replace(" ", "") for section in document.sections)
    # Two short texts may well be the same, such as 详见附件.
    digest = hashlib.sha256(text.encode("utf-8", "replace")).hexdigest()[:32] if len(text) >= _DISTINCT else ""
    links = tuple((line, target) for line, target in manuscript.links if is_inside(target))
    author = manuscript.stated.author
    return replace(card_of(document), digest=digest, figures=examined.figures, links=links, author=author)


def refused(name: str, reason: str, remedy: str, *, print_: str = "", basis: str = "") -> KnownFile:
    """A file of which nothing could be made; without a fingerprint and a basis it is tried again next time."""
    finding = Finding(Severity.ERROR, "", 0, reason, remedy)
    return KnownFile(name, print_, "", basis, refused=True, findings=(finding,))


def too_large(name: str, print_: str, basis: str) -> KnownFile:
    """A file that is refused by its size, unread."""
    return refused(name, _TOO_LARGE, "split it", print_=print_, basis=basis)


def _content(path: str) -> tuple[bytes, str, bool]:
    """A file's bytes, the fingerprint under which it is known, and whether it was written to meanwhile.

    Raises:
        UnreadableFile: too large; none of it was read.
        OSError: it cannot be read.
    """
    # Not blocking: whoever put a pipe in its place since it was found must not hold us.
    with open(os.open(path, os.O_RDONLY | os.O_NONBLOCK | os.O_CLOEXEC), "rb") as file:  # noqa: PTH123 - a descriptor
        before = os.fstat(file.fileno())
        if not stat.S_ISREG(before.st_mode):
            raise OSError(0, "no regular file")
        if before.st_size > LARGEST_BYTES:
            raise UnreadableFile(_TOO_LARGE, "split it")
        data = file.read(LARGEST_BYTES + 1)
        after = os.fstat(file.fileno())
    moving = fingerprint(before) != fingerprint(after) or len(data) != after.st_size
    # Saved within a tick of being read, it could be saved once more and look the same: next time its content tells.
    recent = abs(time.time_ns() - after.st_mtime_ns) < _TICK_NS
    return data, "" if moving or recent else fingerprint(after), moving
