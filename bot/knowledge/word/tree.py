"""XML into trees without namespaces: Word, WPS and the strict edition of the format call the same things differently."""

from __future__ import annotations

import re
from xml.etree.ElementTree import Element, TreeBuilder
from xml.parsers import expat

DEEPEST = 150
MOST_ELEMENTS = 400_000
_OFF = frozenset(("0", "false", "off", "none"))


class BrokenXml(Exception):  # noqa: N818 - it names the mistake
    """XML that is damaged, or that no office program writes."""


def parse(data: bytes) -> Element:
    """Read XML; tags and attributes are left with their local names, and nothing outside the data is looked at.

    Raises:
        BrokenXml: not well-formed, with a document type (which may define entities), nested too deep or too large.
    """
    tree = TreeBuilder()
    depth = elements = 0

    def start(tag: str, attributes: dict[str, str]) -> None:
        nonlocal depth, elements
        depth += 1
        elements += 1
        if depth > DEEPEST:
            raise BrokenXml("it is nested too deep")
        if elements > MOST_ELEMENTS:
            raise BrokenXml("it has too many elements")
        tree.start(_local(tag), {_local(name): value for name, value in attributes.items()})

    def end(tag: str) -> None:
        nonlocal depth
        depth -= 1
        tree.end(_local(tag))

    parser = expat.ParserCreate(namespace_separator=" ")
    parser.buffer_text = True
    parser.StartElementHandler = start
    parser.EndElementHandler = end
    parser.CharacterDataHandler = tree.data
    parser.StartDoctypeDeclHandler = _refuse_doctype
    try:
        parser.Parse(data, True)
    except (expat.ExpatError, ValueError, LookupError) as error:
        raise BrokenXml("it is not well-formed") from error
    return tree.close()


def _local(name: str) -> str:
    return name.rpartition(" ")[2]


def _refuse_doctype(*_: object) -> None:
    raise BrokenXml("it has a document type")


def attribute(element: Element | None, *path: str) -> str:
    """The attribute that the last part of the path names, of the child that the parts before it lead to; else empty."""
    *children, name = path
    for child in children:
        element = element.find(child) if element is not None else None
    return element.get(name, "") if element is not None else ""


def switch(properties: Element | None, name: str) -> bool | None:
    """Whether a property is on: <w:vanish/> is, <w:vanish w:val="0"/> is not; None where it is not there."""
    found = properties.find(name) if properties is not None else None
    return None if found is None else found.get("val", "1").casefold() not in _OFF


def number(text: str) -> int | None:
    """A whole number of at most nine digits; None for anything else."""
    return int(text) if re.fullmatch(r"-?[0-9]{1,9}", text) else None


def chosen(alternatives: Element) -> Element | None:
    """The branch of an mc:AlternateContent to read: the first that holds text, for all of them say the same."""
    branches = [branch for branch in alternatives if branch.tag in ("Choice", "Fallback")]
    return next((branch for branch in branches if branch.find(".//t") is not None), branches[0] if branches else None)
