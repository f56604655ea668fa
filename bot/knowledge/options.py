"""settings.toml and calendar.toml: how a folder wants to be handled, and which days are off."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping
from datetime import date, time, timedelta
from pathlib import Path
from typing import Any

from bot.knowledge.application_rules import read_rules
from bot.knowledge.decoding import decode
from bot.knowledge.file_options import read_file_options
from bot.knowledge.manuscript import UnreadableFile
from bot.model import ApplicationRules, Finding, Options, Retention, Severity
from bot.workdays import DayKind, Workdays

_RANGE = re.compile(r"([0-9]{4}-[0-9]{2}-[0-9]{2})(?:\.\.([0-9]{4}-[0-9]{2}-[0-9]{2}))?")
_LONGEST_RANGE = 60
# A century; what is kept for longer is an archive, not a register of inquiries.
_LONGEST_KEPT = 36_500


class RetentionUnknown(Exception):  # noqa: N818 - it names the mistake
    """settings.toml cannot be read whole, so that nothing may be erased by it; the message says where, why and what to do."""


def read_options(data: bytes) -> tuple[Options, tuple[Finding, ...]]:
    """Read settings.toml.

    Returns:
        The options, and findings without a path: what cannot be used is an error, and its default holds.

    Raises:
        UnreadableFile: no text, or no TOML.
    """
    tables = _toml(data)
    findings: list[Finding] = []
    required, bulletin = (_switch(tables.pop(name, False), name, findings) for name in ("require_review", "bulletin"))
    hours = tables.pop("hours", {})
    opens, closes = (_clock(hours, name, findings) for name in ("opens", "closes"))
    default = Options()
    if (opens or default.opens) >= (closes or default.closes):
        findings.append(_error("the office closes before it opens", 'write opens = "09:00" and closes = "17:00"'))
        opens = closes = None
    rules, remarks = read_rules(tables.pop("applications", {}))
    findings.extend(remarks)
    days = tables.pop("keep_days", default.keep_days)
    if not isinstance(days, int) or isinstance(days, bool) or not 1 <= days <= _LONGEST_KEPT:
        findings.append(_error(f'"keep_days" is no number of days from 1 to {_LONGEST_KEPT}', "write keep_days = 365"))
        days = default.keep_days
    files, remarks = read_file_options(tables.pop("files", {}))
    findings.extend(remarks)
    known = "use require_review, keep_days, bulletin, [hours], [applications] and [files]"
    findings.extend(_error(f'"{name}" is unknown', known) for name in tables)
    opens, closes = opens or default.opens, closes or default.closes
    return Options(required, opens, closes, rules, days, bulletin, files), tuple(findings)


def read_calendar(data: bytes) -> tuple[Workdays, tuple[Finding, ...]]:
    """Read calendar.toml: a table a year, ``off`` and ``work`` each a list of days or of ranges ``2027-02-05..2027-02-11``.

    A year that stands there is known: the days that are in neither list are those of an ordinary week.

    Returns:
        The calendar, and findings without a path.

    Raises:
        UnreadableFile: no text, or no TOML.
    """
    days: dict[date, DayKind] = {}
    years: set[int] = set()
    findings: list[Finding] = []
    for name, table in _toml(data).items():
        if not re.fullmatch("[0-9]{4}", name) or not isinstance(table, Mapping):
            findings.append(_error(f'"{name}" is no year', "write [2027] above off and work"))
            continue
        years.add(int(name))
        for key, kind in (("off", DayKind.HOLIDAY), ("work", DayKind.MAKE_UP)):
            for written in table.get(key, ()):
                found = tuple(_days(written))
                if not found or any(day.year != int(name) for day in found):
                    findings.append(_error(f'"{written}" below [{name}] is no day of {name}', f"write {name}-02-05"))
                else:
                    days |= dict.fromkeys(found, kind)
    return Workdays(days, frozenset(years)), tuple(findings)


def read_workdays(folder: Path) -> Workdays:
    """The calendar as a folder's calendar.toml has it, else what is published; also where that file cannot be read."""
    try:
        return read_calendar((folder / "calendar.toml").read_bytes())[0]
    except (OSError, UnreadableFile):
        return Workdays()


def read_folder_options(folder: Path) -> Options:
    """How a folder's settings.toml wants it handled, the office's hours among it; the defaults where it cannot be read."""
    try:
        return read_options((folder / "settings.toml").read_bytes())[0]
    except (OSError, UnreadableFile):
        return Options()


def read_application_rules(folder: Path) -> ApplicationRules:
    """How a folder's settings.toml wants applications handled; the defaults where it cannot be read."""
    try:
        return read_options((folder / "settings.toml").read_bytes())[0].applications
    except (OSError, UnreadableFile):
        return ApplicationRules()


def read_retention(folder: Path) -> Retention:
    """How long words are kept, by a folder's settings.toml; without that file the defaults.

    Raises:
        RetentionUnknown: the folder is not there, or the file has an error: erasing cannot be undone, so no guess will do.
    """
    path = folder / "settings.toml"
    try:
        options, findings = read_options(path.read_bytes()) if path.exists() or not folder.is_dir() else (Options(), ())
    except OSError as error:
        remedy = "make it readable; nothing is erased until then"
        raise RetentionUnknown(f"{path}: {error.strerror}; {remedy}") from error
    except UnreadableFile as error:
        raise RetentionUnknown(f"{path}:{error.line}: {error.reason}; {error.remedy}") from error
    if findings:
        raise RetentionUnknown(f"{path}: {findings[0].reason}; {findings[0].remedy}")
    return Retention(options.keep_days, options.applications.keep_years)


def _toml(data: bytes) -> dict[str, Any]:
    try:
        return tomllib.loads(decode(data))
    except tomllib.TOMLDecodeError as error:
        found = re.search(r"line (\d+)", str(error))
        reason, line = f"the file is no TOML ({error})", int(found[1]) if found else 0
        raise UnreadableFile(reason, "write key = value", line) from error


def _switch(written: object, name: str, findings: list[Finding]) -> bool:
    if not isinstance(written, bool):
        findings.append(_error(f'"{name}" is neither true nor false', f"write {name} = true"))
    return written is True


def _clock(hours: object, name: str, findings: list[Finding]) -> time | None:
    written = hours.get(name) if isinstance(hours, Mapping) else None
    if written is None or isinstance(written, time):
        return written
    try:
        return time.fromisoformat(str(written))
    except ValueError:
        findings.append(_error(f'"{written}" is no time of day', f'write {name} = "09:00"'))
        return None


def _days(written: object) -> Iterator[date]:
    found = _RANGE.fullmatch(str(written))
    if not found:
        return
    try:
        first = date.fromisoformat(found[1])
        last = date.fromisoformat(found[2] or found[1])
    except ValueError:
        return
    if 0 <= (last - first).days <= _LONGEST_RANGE:
        yield from (first + timedelta(days=step) for step in range((last - first).days + 1))


def _error(reason: str, remedy: str) -> Finding:
    return Finding(Severity.ERROR, "", 0, reason, remedy)
