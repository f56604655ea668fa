"""Front matter: what staff state about a document between two lines of --- at the top of its file."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import yaml

from bot.knowledge.lines import Line, split_lines
from bot.knowledge.manuscript import UnreadableFile
from bot.knowledge.stated import BadValue, Stated, field_key, stated_from
from bot.model import Finding, Severity

KEYS: Mapping[str, str] = {
    "title": "title", "标题": "title",
    "date": "published_on", "日期": "published_on",
    "formed": "formed_on", "生成日期": "formed_on",
    "kind": "kind", "类型": "kind",
    "category": "category", "类别": "category",
    "agency": "agency", "机关": "agency",
    "number": "number", "文号": "number",
    "index": "index_number", "索引号": "index_number",
    "source": "source", "来源": "source",
    "status": "status", "状态": "status",
    "reviewed_by": "reviewed_by", "审核人": "reviewed_by",
    "author": "author", "作者": "author", "拟稿人": "author",
    "aliases": "aliases", "常见问法": "aliases",
    "exceptions": "exceptions", "例外": "exceptions",
}  # fmt: skip
_FENCE = re.compile(r"-{3}\s*")
_CLOSING = re.compile(r"(?:-{3}|\.{3})\s*")
# Lines of a thousand characters can be indented 45 deep at most, beside what is opened by signs.
_SHORT, _FEW_OPENINGS = 1_000, 40
_MISWRITTEN = re.compile(r"(?P<key>[^\s:：#\-\"'\[{][^:：]{0,20}?)\s*(?:(?P<wide>：)|:(?=[^\s]))")


class FrontMatterError(UnreadableFile):
    """Front matter that cannot be read, with the line in the file, the reason and the remedy."""


@dataclass(frozen=True, slots=True)
class FrontMatter:
    """What the front matter states, the lines below it, and remarks on it (without a path)."""

    stated: Stated
    body: tuple[Line, ...]
    findings: tuple[Finding, ...] = ()


def read_front_matter(text: str) -> FrontMatter:
    """Split a file's text into front matter and body; a text without front matter states nothing.

    Args:
        text: the whole file; a byte order mark is tolerated.

    Raises:
        FrontMatterError: it is not closed, is not made of ``key: value`` lines, or a value is not one its key can take.
    """
    lines = split_lines(text.removeprefix("\ufeff"))
    if not _FENCE.fullmatch(lines[0].text):
        return FrontMatter(Stated(), lines)
    end = next((index for index, line in enumerate(lines[1:], 1) if _CLOSING.fullmatch(line.text)), 0)
    if not end:
        raise FrontMatterError("the front matter is not closed", "add a line --- below it", 1)
    source = text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n").split("\n")[1:end]
    stated, findings = _read_block(source)
    return FrontMatter(stated, lines[end + 1 :], findings)


def _read_block(source: list[str]) -> tuple[Stated, tuple[Finding, ...]]:
    _refuse_miswritten_keys(source)
    values: dict[str, str] = {}
    places: dict[str, int] = {}
    findings = []
    for key, node in _entries("\n".join(source)):
        line = key.start_mark.line + 2
        name = KEYS.get(field_key(str(key.value)))
        if name is None:
            known = ", ".join(key for key in KEYS if key.isascii())
            reason = f'front matter key "{key.value}" is unknown and was ignored'
            findings.append(Finding(Severity.WARNING, "", line, reason, f"use one of {known}"))
            continue
        if name in places:
            raise FrontMatterError(f'"{key.value}" is stated twice (first in line {places[name]})', "keep one", line)
        places[name] = line
        values[name] = _text(name, str(key.value), node)
    try:
        return stated_from(values), tuple(findings)
    except BadValue:
        for name, value in values.items():
            _check(name, value, places[name])
        raise


def _check(name: str, value: str, line: int) -> None:
    try:
        stated_from({name: value})
    except BadValue as bad:
        raise FrontMatterError(bad.reason, bad.remedy, line) from bad


def _refuse_miswritten_keys(source: list[str]) -> None:
    for number, row in enumerate(source, 2):
        found = _MISWRITTEN.match(row)
        if found is None or field_key(found["key"]) not in KEYS:
            continue
        if found["wide"]:
            raise FrontMatterError(
                f'"{found["key"]}：" has a full-width colon', f"write {found['key']}: with a half-width one", number
            )
        raise FrontMatterError(
            f'"{found["key"]}:" has no space after the colon', f"write {found['key']}: and a space", number
        )


def _loader(source: str) -> Any:
    """YAML's reader: where it is built in libyaml, in a quarter of the time, which follows nesting until the stack overflows.

    Neither gives values the types that YAML guesses.
    """
    is_shallow = len(source) <= _SHORT and sum(map(source.count, "[{?-")) <= _FEW_OPENINGS
    return getattr(yaml, "CBaseLoader", yaml.BaseLoader) if is_shallow else yaml.BaseLoader


def _entries(source: str) -> list[tuple[yaml.ScalarNode, yaml.Node]]:
    """The top-level keys and values as nodes, which still know their lines and have no types that YAML guessed."""
    try:
        root = yaml.compose(source, Loader=_loader(source))
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        line = mark.line + 2 if mark else 1
        raise FrontMatterError(
            f"the front matter is no YAML ({error.problem or error.context})",
            'write key: value, the value in "" if it has : or #',
            line,
        ) from error
    except (yaml.YAMLError, RecursionError, ValueError) as error:
        raise FrontMatterError("the front matter is no YAML", "write one key: value a line", 1) from error
    if root is None:
        return []
    if not isinstance(root, yaml.MappingNode):
        raise FrontMatterError("the front matter has no keys", "write one key: value a line", root.start_mark.line + 2)
    entries = []
    for key, value in root.value:
        if not isinstance(key, yaml.ScalarNode):
            raise FrontMatterError("a key is no text", "write one key: value a line", key.start_mark.line + 2)
        entries.append((key, value))
    return entries


def _text(name: str, key: str, node: yaml.Node) -> str:
    if isinstance(node, yaml.ScalarNode):
        return str(node.value)
    is_list = isinstance(node, yaml.SequenceNode) and all(isinstance(item, yaml.ScalarNode) for item in node.value)
    if name in ("aliases", "exceptions") and is_list:
        return "\n".join(str(item.value) for item in node.value)
    if name == "exceptions" and isinstance(node, yaml.MappingNode):
        return "\n".join(
            f"{rule.value}: {reason.value}" for rule, reason in node.value if isinstance(reason, yaml.ScalarNode)
        )
    raise FrontMatterError(
        f'"{key}" is not one text', f'write {key}: and one text, in "" if it has brackets', node.start_mark.line + 2
    )
