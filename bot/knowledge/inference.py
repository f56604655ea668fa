"""Fill in what a manuscript does not state, title, kind, year, agency and date, from its title, path and text."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import PurePosixPath

from bot.knowledge.agencies import default_agency, find_agency, named_agency
from bot.knowledge.contacts import stated_contact
from bot.knowledge.file_names import FileName, read_name
from bot.knowledge.manuscript import Manuscript
from bot.language.normalise import fold, simplify
from bot.language.periods import years_in
from bot.model import Agency, Document, Finding, Kind, Severity, Status

_YEAR_WITHIN = 300
_AGENCY_WITHIN = 300
_LONGEST_TITLE = 40
_FOLDERS = {
    "reports": Kind.REPORT, "report": Kind.REPORT, "年度报告": Kind.REPORT, "年报": Kind.REPORT,
    "items": Kind.ITEM, "item": Kind.ITEM, "信息条目": Kind.ITEM, "条目": Kind.ITEM,
    "guides": Kind.GUIDE, "guide": Kind.GUIDE, "指南": Kind.GUIDE,
    "notices": Kind.NOTICE, "notice": Kind.NOTICE, "通知": Kind.NOTICE, "通知公告": Kind.NOTICE, "公告": Kind.NOTICE,
}  # fmt: skip
_DRAFT_FOLDERS = frozenset(("drafts", "draft", "草稿"))
# A notice about an annual report is a notice: what a title ends in comes first.
_KIND_OF_TITLE = (
    (re.compile(r"(?:通知|公告|通告|公示)(?:书)?[)）》”]?$"), Kind.NOTICE),
    (re.compile(r"年度.{0,12}报告|年报|工作(?:总结)?报告"), Kind.REPORT),
    (re.compile(r"指南|须知"), Kind.GUIDE),
    (re.compile(r"通知|公告|通告|公示"), Kind.NOTICE),
)
_REPORT_NAME = re.compile(r"(?:政府)?信息公开(?:工作)?(?:年度)?(?:工作)?(?:总结)?报告")
_REPORT_TEXT = re.compile(r"政府信息公开.{0,12}年度.{0,12}报告|年度.{0,12}政府信息公开.{0,12}报告")
_PLAIN_YEAR = re.compile(r"(?<![0-9a-z])((?:19|20)[0-9]{2})(?![0-9a-z])")
_YEAR_OF_REPORT = re.compile(r"(?<![0-9])((?:19|20)[0-9]{2})\s*年度")


@dataclass(frozen=True, slots=True)
class Completed:
    """A Document with all that could be told, and remarks on what was stated but is unknown (without a path)."""

    document: Document
    findings: tuple[Finding, ...] = ()


def complete(manuscript: Manuscript, path: PurePosixPath, agencies: Sequence[Agency]) -> Completed:
    """Make a Document of a manuscript.

    Args:
        manuscript: as its reader left it.
        path: of its file inside the folder.
        agencies: all that are known; with none, the document's agency stays empty.

    Returns:
        The document; `inferred` names its fields that were not stated.
    """
    stated = manuscript.stated
    title = stated.title or manuscript.title_line or _stated_in(manuscript)
    name = read_name(path.stem)
    kind = stated.kind or _kind(title, path, name, manuscript)
    year = _year(title, kind, path, name, manuscript)
    title = title or _derived_title(year, kind, name, manuscript)
    agency, findings = _agency(title, path, manuscript, agencies)
    # A catalogue is of its day; its rows are not.
    published_on = stated.published_on or manuscript.signed_on or (None if manuscript.id else name.day)
    document = Document(
        id=_id(manuscript.id, path),
        title=title,
        kind=kind,
        agency=agency,
        sections=manuscript.sections,
        status=_status(stated.status, path),
        category=stated.category,
        year=year,
        formed_on=stated.formed_on,
        published_on=published_on,
        number=stated.number,
        index_number=stated.index_number,
        source=stated.source,
        reviewed_by=stated.reviewed_by,
        aliases=stated.aliases,
        inferred=_inferred(manuscript, year, agency, published_on),
        path=path.as_posix(),
        contact=None if manuscript.id else stated_contact(manuscript.paragraphs, _name_of(agency, agencies)),
    )
    return Completed(document, findings)


def _inferred(manuscript: Manuscript, year: int | None, agency: str, published_on: date | None) -> tuple[str, ...]:
    """Names of the fields that were not stated."""
    stated = manuscript.stated
    # A catalogue's rows are items by what a catalogue is, and of the year that they were formed in.
    formed_year = stated.formed_on.year if stated.formed_on else None
    inferred = {
        "title": not stated.title,
        "kind": stated.kind is None and not manuscript.id,
        "year": year is not None and not (manuscript.id and year == formed_year),
        "agency": bool(agency) and not stated.agency,
        "published_on": published_on is not None and stated.published_on is None,
    }
    return tuple(name for name, is_inferred in inferred.items() if is_inferred)


def _name_of(key: str, agencies: Sequence[Agency]) -> str:
    return next((agency.name for agency in agencies if agency.key == key), "")


def _status(stated: Status | None, path: PurePosixPath) -> Status:
    if any(part.casefold() in _DRAFT_FOLDERS for part in path.parts[:-1]):
        return Status.DRAFT
    return stated or Status.PUBLISHED


def _stated_in(manuscript: Manuscript) -> str:
    """A catalogue row's first sentence, which stands for its title; files have better sources."""
    if not manuscript.id:
        return ""
    sentence = re.match(rf"[^。！？!?；;\n]{{1,{_LONGEST_TITLE}}}", manuscript.sections[0].text)
    return sentence[0].strip() if sentence else manuscript.id


def _kind(title: str, path: PurePosixPath, name: FileName, manuscript: Manuscript) -> Kind:
    for part in reversed(path.parts[:-1]):
        if found := _FOLDERS.get(simplify(part.casefold())):
            return found
    if manuscript.id:
        return Kind.ITEM
    if not title and _REPORT_TEXT.search(simplify(manuscript.opening)):
        return Kind.REPORT
    plain = simplify(title or name.title)
    return next((kind for pattern, kind in _KIND_OF_TITLE if pattern.search(plain)), Kind.ITEM)


def _year(title: str, kind: Kind, path: PurePosixPath, name: FileName, manuscript: Manuscript) -> int | None:
    if found := _first_year(title):
        return found
    # A guide holds until it is replaced: it is of a year only where its title says so.
    if kind is Kind.GUIDE:
        return None
    if manuscript.id:
        dated = manuscript.stated.formed_on or manuscript.stated.published_on
        return dated.year if dated else None
    if found := _first_year(name.title):
        return found
    # A report is of the year before its day, or of an earlier one.
    if name.day and kind is not Kind.REPORT:
        return name.day.year
    for part in reversed(path.parts[:-1]):
        if found := _first_year(part):
            return found
    opening = fold(manuscript.opening[:_YEAR_WITHIN])
    if kind is Kind.REPORT and (report_year := _YEAR_OF_REPORT.search(opening)):
        return int(report_year[1])
    if found_years := years_in(opening):
        return found_years[0]
    dated = manuscript.stated.formed_on or manuscript.stated.published_on or manuscript.signed_on
    return dated.year if dated and kind is not Kind.REPORT else None


def _id(written: str, path: PurePosixPath) -> str:
    name = path.with_suffix("").as_posix()
    return f"{name}{written}" if written.startswith("#") else written or name


def _first_year(text: str) -> int | None:
    plain = fold(text)
    if years := years_in(plain):
        return years[0]
    found = _PLAIN_YEAR.search(plain.replace("_", "-"))
    return int(found[1]) if found else None


def _derived_title(year: int | None, kind: Kind, name: FileName, manuscript: Manuscript) -> str:
    """The report's name in the words of its text, else the name of its file."""
    plain = simplify(manuscript.opening)
    found = _REPORT_NAME.search(plain)
    if found is None:
        # A citizen who reads 2022 for a source does not know what it is.
        is_year = kind is Kind.REPORT and name.title.rstrip("年度") == str(year)
        return f"{year}年年度报告" if is_year else name.title
    # Simplifying keeps the length almost always; where it does not, the simplified words are still the text's own.
    source = manuscript.opening if len(plain) == len(manuscript.opening) else plain
    words = source[found.start() : found.end()]
    return f"{year}年{words}" if year else words


def _agency(
    title: str, path: PurePosixPath, manuscript: Manuscript, agencies: Sequence[Agency]
) -> tuple[str, tuple[Finding, ...]]:
    stated = manuscript.stated.agency
    if stated:
        named = named_agency(stated, agencies)
        if named or not agencies:
            return (named.key if named else ""), ()
        reason, remedy = f'agency "{stated}" is not in agencies.toml', "add it there as an agency or an alias"
        return "", (Finding(Severity.WARNING, "", manuscript.line, reason, remedy),)
    for text in (title, manuscript.signed_by):
        if found := find_agency(text, agencies):
            return found.key, ()
    if found := _agency_of_path(path, agencies):
        return found.key, ()
    found = find_agency(manuscript.opening[:_AGENCY_WITHIN], agencies) or default_agency(agencies)
    return (found.key if found else ""), ()


def _agency_of_path(path: PurePosixPath, agencies: Sequence[Agency]) -> Agency | None:
    """The agency whose key is a word of the path, or whose name or alias is in it."""
    plain = fold(path.with_suffix("").as_posix())
    words = re.split(r"[/\s_.-]+", plain)
    keyed = [agency for agency in agencies if fold(agency.key) in (*words, *plain.split("/"))]
    return keyed[0] if keyed else find_agency(plain, agencies)
