"""agencies.toml: who publishes, and how citizens reach them."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import fields
from datetime import date
from functools import lru_cache

from bot.knowledge.decoding import decode
from bot.knowledge.manuscript import UnreadableFile
from bot.knowledge.stated import tidy
from bot.language.normalise import fold
from bot.model import Agency, AgencyContact, Finding, Severity

CONTACT_FIELDS = tuple(field.name for field in fields(AgencyContact))
_KNOWN = (*CONTACT_FIELDS, "aliases", "default", "founded")


def read_agencies(data: bytes) -> tuple[tuple[Agency, ...], tuple[Finding, ...]]:
    """Read the agencies in the file's order.

    Returns:
        The agencies, and findings without a path: a wrong type or an unknown key is an error and states nothing, while
        the rest of its agency counts; a table without a name is left out.

    Raises:
        UnreadableFile: no text, or no TOML.
    """
    text = decode(data)
    try:
        tables = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        found = re.search(r"line (\d+)", str(error))
        raise UnreadableFile(
            f"the file is no TOML ({error})", 'write key = "text"', int(found[1]) if found else 0
        ) from error
    findings: list[Finding] = []
    agencies: list[Agency] = []
    for key, table in tables.items():
        if agency := _agency(key, table, text, findings):
            agencies.append(agency)
    findings.extend(_conflicts(agencies, text))
    return tuple(agencies), tuple(findings)


def _agency(key: str, table: object, text: str, findings: list[Finding]) -> Agency | None:
    def remark(name: str, reason: str, remedy: str) -> None:
        findings.append(Finding(Severity.ERROR, "", line_of(text, key, name), reason, remedy))

    if not isinstance(table, Mapping):
        remark("", f'"{key}" stands outside an agency', "put it below a line such as [key]")
        return None
    for name in (name for name in table if name not in _KNOWN):
        remark(name, f'key "{name}" of agency "{key}" is unknown', f"use one of {', '.join(_KNOWN)}")
    texts: dict[str, str] = {}
    for name in CONTACT_FIELDS:
        value = table.get(name, "")
        if not isinstance(value, str):
            remark(name, f'"{name}" of agency "{key}" is no text', f'write {name} = "{value}"')
            value = ""
        texts[name] = tidy(value)
    aliases = table.get("aliases", [])
    if not _is_texts(aliases):
        remark("aliases", f'"aliases" of agency "{key}" is no list of texts', 'write aliases = ["one", "two"]')
        aliases = []
    default, founded = table.get("default", False), table.get("founded")
    if default not in (True, False):
        remark("default", f'"default" of agency "{key}" is neither true nor false', "write default = true")
    if type(founded) not in (date, type(None)):
        remark("founded", f'"founded" of agency "{key}" is no date', "write founded = 2004-03-01")
    if not texts["name"]:
        remark("", f'agency "{key}" has no name', 'write name = "its full name"')
        return None
    return Agency(key, AgencyContact(**texts), tuple(filter(None, map(tidy, aliases))), default is True, _day(founded))


def _day(value: object) -> date | None:
    return value if type(value) is date else None


def _is_texts(value: object) -> bool:
    return isinstance(value, list) and all(isinstance(text, str) for text in value)


def _conflicts(agencies: Sequence[Agency], text: str) -> Iterable[Finding]:
    defaults = [agency.key for agency in agencies if agency.default]
    for key in defaults[1:]:
        reason = f'agency "{key}" is a second default besides "{defaults[0]}"'
        yield Finding(Severity.ERROR, "", line_of(text, key, "default"), reason, "keep one default = true")
    owners: dict[str, str] = {}
    for agency in agencies:
        for name in dict.fromkeys(map(fold, (agency.name, *agency.aliases))):
            owner = owners.setdefault(name, agency.key)
            if owner != agency.key:
                reason = f'"{name}" names both agency "{owner}" and agency "{agency.key}"'
                yield Finding(Severity.WARNING, "", line_of(text, agency.key, ""), reason, "give it to one of them")


def line_of(text: str, key: str, name: str) -> int:
    """The line of a name in an agency's table, of the table where the name is not found, 0 where neither is."""
    table = re.compile(rf"""^\s*\[\s*["']?{re.escape(key)}["']?\s*\]""")
    entry = re.compile(rf"""^\s*["']?{re.escape(name or key)}["']?\s*=""")
    start = 0
    for number, row in enumerate(text.split("\n"), 1):
        if table.match(row):
            start = number
        elif start and row.lstrip().startswith("["):
            return start
        elif (start or not name) and entry.match(row):
            return number if name or not start else start
    return start


# The same few names are looked for in every document.
_fold_name = lru_cache(maxsize=4096)(fold)


def find_agency(text: str, agencies: Sequence[Agency]) -> Agency | None:
    """The agency whose name or alias a text contains, the longest one where several do; None where none does."""
    folded = fold(text)
    found = [
        (len(name), -position)
        for position, agency in enumerate(agencies)
        for name in map(_fold_name, (agency.name, *agency.aliases))
        if name and name in folded
    ]
    return agencies[-max(found)[1]] if found else None


def named_agency(name: str, agencies: Sequence[Agency]) -> Agency | None:
    """The agency with exactly this key, name or alias; None where none has it."""
    wanted = fold(name)
    for agency in agencies:
        if wanted in map(_fold_name, (agency.key, agency.name, *agency.aliases)):
            return agency
    return None


def contact_numbers(agencies: Sequence[Agency]) -> tuple[str, ...]:
    """The telephone numbers that agencies published as their own, one a text."""
    published = (f"{agency.contact.phone}、{agency.contact.fax}、{agency.contact.hotline}" for agency in agencies)
    return tuple(
        number.strip() for numbers in published for number in re.split(r"[、,，;；/|]", numbers) if number.strip()
    )


def default_agency(agencies: Sequence[Agency]) -> Agency | None:
    """The agency marked as default, else the only one; None where neither is there."""
    marked = [agency for agency in agencies if agency.default]
    if marked:
        return marked[0]
    return agencies[0] if len(agencies) == 1 else None
