"""What is offered to who asked nothing in words: what is new, what stands near a passage, what is published at all."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from bot.language.script import in_script
from bot.locale import translations
from bot.model import AgencyContact, Choice, Document, Group, Kind, Language, Listed, Match, Reply, Section
from bot.replies import CHOICE_CHARACTERS, Translate, choice_label

MOST_OFFERED = 5
SHELF = 6
"""Lines of a shelf: what a phone shows under a message without scrolling."""


def latest(listed: Sequence[Listed], language: Language, contact: AgencyContact | None = None) -> Reply:
    """What was published last, to choose from."""
    _ = translations(language).gettext
    if not listed:
        return Reply(language, _("还没有公开的信息。"))
    return Reply(
        language,
        _("最新公开的信息，请选一条："),
        choices=tuple(_line(each, language) for each in listed),
        contact=contact,
    )


def related(found: Iterable[tuple[Document, Section]], language: Language, contact: AgencyContact | None) -> Reply:
    """What stands near a passage, to choose from."""
    _ = translations(language).gettext
    choices = tuple(
        Choice(document.id, section.id, choice_label(Match(document, section, 1.0), language))
        for document, section in found
    )[:MOST_OFFERED]
    if not choices:
        return Reply(language, _("没有相邻的章节，也没有其他年份的同一内容。"), contact=contact)
    return Reply(language, _("相邻的章节和其他年份的同一内容，请选一条："), choices=choices)


def neighbours(document: Document, section: str) -> list[tuple[Document, Section]]:
    """The passages right before and right after one."""
    place = next((place for place, each in enumerate(document.sections) if each.id == section), None)
    if place is None:
        return []
    around = [*document.sections[max(0, place - 1) : place], *document.sections[place + 1 : place + 2]]
    return [(document, each) for each in around if each.text.strip()]


def same_in(documents: Iterable[Document], section: Section) -> list[tuple[Document, Section]]:
    """The passage of the same heading in other documents, of the same place in the outline where several have it."""
    found = []
    for document in documents:
        named = [each for each in document.sections if each.name == section.name]
        same = next((each for each in named if each.id == section.id), named[0] if named else None)
        if same:
            found.append((document, same))
    return found


@dataclass(frozen=True, slots=True)
class Entry:
    """A line of a shelf that leads on to a narrower one, with how many documents stand there."""

    path: str
    label: str


@dataclass(frozen=True, slots=True)
class Shelf:
    """One step of a walk through what is published: by kind, then year, then category, then document by document.

    Attributes:
        path: the way here, ``report/2017/k3Jx9a``; "." is the start.
        back: the way to the step before; empty at the start.
        entries: narrower shelves, or
        choices: documents; one of both is empty.
        page: which page of them this is, from 0, of `pages`.
    """

    language: Language
    path: str
    lead: str
    back: str = ""
    entries: tuple[Entry, ...] = ()
    choices: tuple[Choice, ...] = ()
    page: int = 0
    pages: int = 1


@dataclass(frozen=True, slots=True)
class Step:
    """Where a path leads: the groups below it, and the way there; a level of one branch only is passed by itself."""

    way: tuple[str, ...]
    groups: tuple[Group, ...]

    @property
    def group(self) -> Group | None:
        """The one group that a full path leads to."""
        return self.groups[0] if len(self.way) == LEVELS and self.groups else None


START = "."
LEVELS = 3


def walk(path: str, groups: Sequence[Group]) -> Step:
    """Follow a path as far as it leads; a branch that is gone leads back to the start."""
    way = tuple(path.split("/")) if path != START else ()
    within = tuple(each for each in groups if _keys(each)[: len(way)] == way)
    if not within:
        return walk(START, groups) if way else Step((), ())
    while len(way) < LEVELS and len({_keys(each)[len(way)] for each in within}) == 1:
        way = _keys(within[0])[: len(way) + 1]
    return Step(way, within)


def shelf(step: Step, groups: Sequence[Group], listed: Sequence[Listed], page: int, language: Language) -> Shelf:
    """Show where a path leads.

    Args:
        step: where that is.
        groups: all there are.
        listed: the documents of the page, where a path leads to documents.
        page: as asked for; one beyond the last is the last.
        language: of the labels.
    """
    _ = translations(language).gettext
    if not step.groups:
        return Shelf(language, START, _("还没有公开的信息。"))
    back = _back(step, groups)
    total = sum(each.documents for each in step.groups)
    lead = _lead(step, total, language, _)
    if step.group:
        pages = max(1, -(-total // SHELF))
        choices = tuple(_line(each, language) for each in listed)
        return Shelf(language, _path(step.way), lead, back, choices=choices, page=_within(page, pages), pages=pages)
    entries = _entries(step, language, _)
    pages = max(1, -(-len(entries) // SHELF))
    page = _within(page, pages)
    shown = entries[page * SHELF : (page + 1) * SHELF]
    return Shelf(language, _path(step.way), lead, back, entries=shown, page=page, pages=pages)


def _within(page: int, pages: int) -> int:
    return max(0, min(page, pages - 1))


def _path(way: Sequence[str]) -> str:
    return "/".join(way) or START


def _keys(group: Group) -> tuple[str, str, str]:
    """A group's place as a path has it; a category by a short hash, for its name may be longer than a button carries."""
    category = hashlib.sha256(group.category.encode()).hexdigest()[:8] if group.category else "-"
    return group.kind.value, str(group.year or "-"), category


def _back(step: Step, groups: Sequence[Group]) -> str:
    """The way to the nearest step above that is another one."""
    for length in range(len(step.way) - 1, -1, -1):
        above = walk(_path(step.way[:length]), groups)
        if above.way != step.way:
            return _path(above.way)
    return ""


def _entries(step: Step, language: Language, _: Translate) -> tuple[Entry, ...]:
    level = len(step.way)
    counted: dict[str, int] = {}
    names: dict[str, str] = {}
    for group in sorted(step.groups, key=_order):
        key = _keys(group)[level]
        counted[key] = counted.get(key, 0) + group.documents
        names[key] = _name(group, level, language, _)
    return tuple(
        Entry(_path((*step.way, key)), _("{name}（{count}）").format(name=name, count=counted[key]))
        for key, name in names.items()
    )


def _order(group: Group) -> tuple[int, int, str]:
    """Kinds as they are declared, newest years first, what has no year or no category last."""
    return list(Kind).index(group.kind), -(group.year or 0), group.category or "\uffff"


def _name(group: Group, level: int, language: Language, _: Translate) -> str:
    if level == 0:
        return kind_name(group.kind, _)
    if level == 1:
        return _("{year}年").format(year=group.year) if group.year else _("未注明年份")
    return in_script(group.category, language) if group.category else _("未分类")


def kind_name(kind: Kind, _: Translate) -> str:
    """What a kind of document is called."""
    names = {
        Kind.REPORT: _("年度报告"),
        Kind.ITEM: _("信息条目"),
        Kind.GUIDE: _("指南"),
        Kind.NOTICE: _("通知"),
    }
    return names[kind]


def _lead(step: Step, total: int, language: Language, _: Translate) -> str:
    # What has no year or no category is passed by in silence.
    stated = [level for level, key in enumerate(step.way) if key != "-"]
    passed = [_name(step.groups[0], level, language, _) for level in stated]
    place = " › ".join((_("公开目录"), *passed))
    return _("{place}，共{total}件。").format(place=place, total=total)


def _line(listed: Listed, language: Language) -> Choice:
    label = in_script(listed.title, language)
    if listed.date:
        label = f"{label[: CHOICE_CHARACTERS - 12]} {listed.date.isoformat()}"
    elif listed.year is not None and str(listed.year) not in label:
        label = f"{listed.year}年{label}"
    return Choice(listed.document, listed.section, label[:CHOICE_CHARACTERS])
