"""Findings in Chinese, for the staff who read them; the program writes, keeps and logs them in English."""

from __future__ import annotations

import re
import string
from dataclasses import replace
from functools import cache
from importlib.resources import files

from bot.model import Finding, Severity

SEVERITIES = {Severity.ERROR: "错误", Severity.WARNING: "警告", Severity.NOTE: "说明"}

# A file's own words may be as long as somebody likes; trying each template on them takes the square of it.
_LONGEST = 2_000
# Placeholders whose values may be words of the program again.
_NESTED = frozenset(("reason", "remedy", "error", "pages", "place", "status", "wanted", "got", "was", "now"))


def in_chinese(finding: Finding) -> Finding:
    """The same finding with its reason and remedy in simplified Chinese; what no translation is known of stays."""
    return replace(finding, reason=say(finding.reason), remedy=say(finding.remedy))


def tell(finding: Finding) -> str:
    """``knowledge/items.csv:14: 有手机号码（138******78）；请删去``."""
    said = in_chinese(finding)
    place = f"{finding.path}:{finding.line}" if finding.line else finding.path
    return f"{place}: {said.reason}；{said.remedy}" if said.remedy else f"{place}: {said.reason}"


def say(text: str) -> str:
    """A reason or a remedy in Chinese, or as it is."""
    said = _say(text)
    return text if said is None else said


def _say(text: str) -> str | None:
    plain, patterns = _catalogue()
    if text in plain or len(text) > _LONGEST:
        return plain.get(text)
    for pattern, translation in patterns:
        if found := pattern.fullmatch(text):
            values = {name: _say_value(name, value) for name, value in found.groupdict().items()}
            if None not in values.values():
                return translation.format_map(values)
    return None


def _say_value(name: str, value: str) -> str | None:
    """A placeholder's value; None where it is none of those that the placeholder stands for."""
    if name == "what":
        return _say(value)
    if name == "fields":
        return "、".join(" ".join(map(say, part.split(" ", 1))) for part in value.split(", "))
    return say(value) if name in _NESTED else value


@cache
def _catalogue() -> tuple[dict[str, str], tuple[tuple[re.Pattern[str], str], ...]]:
    """Translations of whole texts, and of texts with placeholders, those that say most themselves first."""
    from babel.messages.pofile import read_po

    with files(__package__).joinpath("findings.po").open("rb") as source:
        pairs = [(str(message.id), str(message.string)) for message in read_po(source) if message.id]
    with_values = sorted((pair for pair in pairs if "{" in pair[0]), key=lambda pair: -_own_length(pair[0]))
    return dict(pairs), tuple((_pattern(template), translation) for template, translation in with_values)


def _own_length(template: str) -> int:
    return sum(len(literal) for literal, _, _, _ in string.Formatter().parse(template))


def _pattern(template: str) -> re.Pattern[str]:
    parts = string.Formatter().parse(template)
    written = "".join(re.escape(literal) + (f"(?P<{name}>.+?)" if name else "") for literal, name, _, _ in parts)
    return re.compile(written, re.DOTALL)
