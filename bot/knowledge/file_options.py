"""What settings.toml states of single files: a Word file, a PDF or a web page has no front matter to state it in."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace

from bot.model import FileOptions, Finding, Severity


def read_file_options(written: object) -> tuple[Mapping[str, FileOptions], tuple[Finding, ...]]:
    """Read the tables ``[files."reports/2024.docx"]``.

    Returns:
        Options by path, and findings without a path: of what cannot be used nothing holds.
    """
    files: dict[str, FileOptions] = {}
    findings: list[Finding] = []
    for path, table in (written if isinstance(written, Mapping) else {"": written}).items():
        if (stated := _read(table)) is not None:
            files[path] = stated
        else:
            reason = f'what is stated of the file "{path}" cannot be used'
            remedy = 'write reviewed_by = "name" and exceptions = {rule = "why it does not hold here"}'
            findings.append(Finding(Severity.ERROR, "", 0, reason, remedy))
    return files, tuple(findings)


def _read(table: object) -> FileOptions | None:
    if not isinstance(table, Mapping) or table.keys() - {"reviewed_by", "exceptions"}:
        return None
    reviewer, exceptions = table.get("reviewed_by", ""), table.get("exceptions", {})
    if not isinstance(reviewer, str) or not isinstance(exceptions, Mapping):
        return None
    if not all(isinstance(why, str) and why.strip() for why in exceptions.values()):
        return None
    return FileOptions(reviewer.strip(), tuple(exceptions.items()))


def excepted(finding: Finding, exceptions: Iterable[tuple[str, str]]) -> Finding:
    """A finding that staff made an exception for, with their reason: it stays visible and bars nothing."""
    reason = dict(exceptions).get(finding.rule)
    if reason is None:
        return finding
    return replace(finding, severity=Severity.NOTE, reason=f"{finding.reason}, excepted: {reason}", remedy="")
