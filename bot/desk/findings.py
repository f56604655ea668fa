"""Findings for people, for scripts and for the machines that run checks."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import asdict
from enum import StrEnum
from xml.etree import ElementTree

from bot.locale.findings import SEVERITIES, say, tell
from bot.model import Finding, Severity


class Format(StrEnum):
    """How findings are printed."""

    TEXT = "text"
    JSON = "json"
    JUNIT = "junit"


def written(findings: Sequence[Finding], form: Format) -> Iterator[str]:
    """Findings in one of the forms, as lines.

    JSON is one object a line, as `Finding` has its fields, in the English that scripts may look for; people read Chinese.
    JUnit's XML has a test case a file, and a failure for each error and warning; notes are its output.
    """
    match form:
        case Format.TEXT:
            yield from _text(findings)
        case Format.JSON:
            yield from (json.dumps(asdict(finding), ensure_ascii=False) for finding in findings)
        case Format.JUNIT:
            yield '<?xml version="1.0" encoding="utf-8"?>'
            yield _junit(findings)


def _text(findings: Sequence[Finding]) -> Iterator[str]:
    for finding in findings:
        rule = f"  [{finding.rule}]" if finding.rule else ""
        yield f"{finding.severity.value:8} {SEVERITIES[finding.severity]}  {tell(finding)}{rule}"
    counts = [sum(finding.severity is severity for finding in findings) for severity in Severity]
    yield "{} errors 错误, {} warnings 警告, {} notes 说明".format(*counts)


def _junit(findings: Sequence[Finding]) -> str:
    by_path: dict[str, list[Finding]] = defaultdict(list)
    for finding in findings:
        by_path[finding.path].append(finding)
    failed = [finding for finding in findings if finding.severity is not Severity.NOTE]
    suite = ElementTree.Element("testsuite", name="bot check", tests=str(len(by_path)), failures=str(len(failed)))
    for path, found in sorted(by_path.items()):
        case = ElementTree.SubElement(suite, "testcase", classname="knowledge", name=path, file=path)
        for finding in found:
            if finding.severity is Severity.NOTE:
                continue
            failure = ElementTree.SubElement(case, "failure", type=f"{finding.severity.value} {finding.rule}".strip())
            failure.set("message", say(finding.reason))
            failure.text = tell(finding)
        if notes := [tell(finding) for finding in found if finding.severity is Severity.NOTE]:
            ElementTree.SubElement(case, "system-out").text = "\n".join(notes)
    ElementTree.indent(suite)
    return ElementTree.tostring(suite, encoding="unicode")
