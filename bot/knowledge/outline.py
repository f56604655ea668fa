"""Text into the tree of its sections: 一、 above （一） above 1、 above （1） above ①, and Markdown's #."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from bot.knowledge.lines import Line, Shape
from bot.knowledge.markers import Marker, Numbering, marker_of
from bot.model import Section

LONGEST_GATHERED = 600
_LONGEST_RUN_IN = 20
_LONGEST_HEADING = 60
_SHORT_HEADING = 40
# A colon inside a time of day or an address on the web separates nothing.
_FIRST_CLAUSE = re.compile(r"^(?P<clause>[^。：:？！?!；;]{1,60}?)(?P<sign>[。：:？！?!；;])(?P<rest>.*)$")
_NO_COLON = re.compile(r"[0-9０-９]$|^(?:https?|ftp)$")
_BRACKETS = (("《", "》"), ("“", "”"), ("（", "）"), ("(", ")"), ("「", "」"), ("『", "』"))


@dataclass(slots=True)
class _Node:
    """A heading, what stands below it, and its lines as published."""

    heading: str
    marker: Marker | None
    line: int
    own: list[str] = field(default_factory=list)
    published: list[str] = field(default_factory=list)
    children: list[_Node] = field(default_factory=list)


def outline(lines: Sequence[Line]) -> tuple[Section, ...]:
    """Split a text into sections, in the order of the text.

    Args:
        lines: without chrome, title and broken lines; empty lines are dropped.

    Returns:
        One Section a heading, with ids counted by position ("2.1.3"), and "0" for what stands before the first heading;
        a text without headings is one Section, "1". No text is empty. A heading without a body of its own, or with one that
        only leads up to its items (如下：), holds those items when they are short, else it lists the headings below it.
    """
    root = _tree(lines)
    sections = []
    if root.own:
        sections.append(Section("0" if root.children else "1", (), "\n".join(root.own), root.line))
    for position, child in enumerate(root.children, 1):
        sections.extend(_sections(child, str(position), ()))
    return tuple(sections)


def _tree(lines: Sequence[Line]) -> _Node:
    root = _Node("", None, next((line.number for line in lines if line.text), 0))
    path = [root]
    for line in lines:
        marker = None if line.shape is Shape.ROW else marker_of(line.text)
        if marker is None:
            if line.text:
                path[-1].own.append(line.text)
                path[-1].published.append(line.text)
            continue
        heading, body = _heading(marker)
        shown = line.text.lstrip("#").strip() if marker.hashes else line.text
        node = _Node(heading, marker, line.number, [body] if body else [], [shown])
        path = _ancestors(path, marker)
        path[-1].children.append(node)
        path.append(node)
    return root


def _ancestors(path: list[_Node], marker: Marker) -> list[_Node]:
    """The part of the path below which a new heading stands."""
    for depth, node in enumerate(path):
        above = node.marker
        # An item numbered like an open one is its sibling, even where only one of the two was given a #.
        if above and marker.numbering and above.numbering is marker.numbering and not _differ_in_hashes(marker, above):
            return path[:depth]
    kept = list(path)
    while kept[-1].marker is not None and not _is_below(marker, kept[-1].marker):
        kept.pop()
    return kept


def _differ_in_hashes(marker: Marker, above: Marker) -> bool:
    return bool(marker.hashes and above.hashes) and marker.hashes != above.hashes


def _is_below(marker: Marker, above: Marker) -> bool:
    """Whether a heading of one form stands below a heading of another."""
    if marker.hashes and above.hashes and (marker.hashes != above.hashes or not (marker.numbering and above.numbering)):
        return marker.hashes > above.hashes
    if marker.numbering is None:
        return False
    if above.numbering is None:
        return True
    return marker.numbering > above.numbering


def _heading(marker: Marker) -> tuple[str, str]:
    """(heading with its number, what of the line belongs to the body)."""
    rest = marker.rest.strip()
    label = marker.label.strip() if not rest else marker.label
    if marker.hashes:
        return label + rest, ""
    if marker.numbering is Numbering.ARTICLE:
        return marker.label.strip().rstrip(":："), rest
    clause, sign, following = _first_clause(rest)
    if not sign:
        return (label + rest, "") if len(rest) <= _LONGEST_HEADING else (label + _shortened(rest), rest)
    if following and _is_run_in(clause):
        return label + clause + (sign if sign in "？?" else ""), following
    if not following and sign in "：:？?" and len(clause) <= _LONGEST_HEADING:
        return label + clause + (sign if sign in "？?" else ""), ""
    return label + _shortened(clause), rest


def _first_clause(text: str) -> tuple[str, str, str]:
    """(clause, the sign that ends it, what follows); no sign where the text is one piece without one."""
    start = 0
    while start <= _LONGEST_HEADING and (found := _FIRST_CLAUSE.match(text[start:])):
        clause = text[: start + found.end("clause")]
        following = text[start + found.end("sign") :]
        in_number = _NO_COLON.search(found["clause"]) and (following[:1].isdigit() or following.startswith("//"))
        if not (found["sign"] in ":：" and in_number) and _is_balanced(clause):
            return clause, found["sign"], following.strip()
        start += found.end("sign")
    return (text, "", "") if re.search("[。；;！!]", text) is None else (text, "。", "")


def _is_balanced(clause: str) -> bool:
    return all(clause.count(left) == clause.count(right) for left, right in _BRACKETS)


def _is_run_in(clause: str) -> bool:
    """Whether a clause heads what follows it on its line and states nothing itself: 网络公开, but not 共公开133条."""
    return len(clause) <= _LONGEST_RUN_IN and re.search(r"[，,；;0-9０-９]", clause) is None


def _shortened(text: str) -> str:
    if len(text) <= _LONGEST_HEADING:
        return text
    clause = re.match(rf"^[^，,、]{{4,{_SHORT_HEADING}}}(?=[，,])", text)
    return clause[0] if clause else text[:_SHORT_HEADING] + "…"


def _sections(node: _Node, place: str, above: tuple[str, ...]) -> Iterator[Section]:
    headings = (*above, node.heading)
    yield Section(place, headings, _text(node), node.line)
    for position, child in enumerate(node.children, 1):
        yield from _sections(child, f"{place}.{position}", headings)


def _text(node: _Node) -> str:
    own = "\n".join(node.own)
    if not node.children:
        return own or _words(node)
    leads_up = own.endswith(("：", ":"))
    if own and not leads_up:
        return own
    items = "\n".join("\n".join(child.published) for child in node.children)
    if len(items) > LONGEST_GATHERED or any(child.children for child in node.children):
        items = "\n".join(child.heading for child in node.children)
    return f"{own}\n{items}" if own else items


def _words(node: _Node) -> str:
    return (node.marker.rest.strip() if node.marker else "") or node.heading
