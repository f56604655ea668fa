"""Refuse pages that would keep an HTML parser busy without end, before one is asked to read them.

Each start tag costs a parser a look at all elements that are open, and each bold or coloured run that nobody closed is
opened anew in every paragraph: a page of 100,000 open <div> takes a quarter of a minute, and one of 4 million a day.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field

from bot.knowledge.manuscript import UnreadableFile
from bot.knowledge.pages.encoding import SAVE_ANEW

DEEPEST_OPEN = 512
MOST_TAGS = 120_000
_LONGEST_TAG = 5_000
_MOST_ATTRIBUTES = 500
_MOST_REOPENED = 2_000_000
_SPACE = r"[ \t\n\f\r]"
_TAG = re.compile(
    rf"<(?P<closes>/?)(?P<name>[a-zA-Z][^ \t\n\f\r/>]*+)"
    rf"(?:[ \t\n\f\r/]++|=?[^ \t\n\f\r/>=]++(?:{_SPACE}*+={_SPACE}*+(?:\"[^\"]*+\"|'[^']*+'|[^ \t\n\f\r>\"'][^ \t\n\f\r>]*+|(?=>)))?|=)*+>"
)
# An attribute's value may hold what looks like more of them, such as a style; an address in base64 does not.
_ATTRIBUTE = re.compile(r"[ \t\n\f\r\"'/][^ \t\n\f\r/>=\"'][^ \t\n\f\r/>=\"']*+(?=[ \t\n\f\r=/>])")
_BEGINS = re.compile("<(?:!--|/?[a-zA-Z])")
_RAW = frozenset(("script", "style", "xmp", "iframe", "noembed", "noframes", "title", "textarea"))
_VOID = frozenset(
    "area base basefont bgsound br col embed frame hr img input keygen link meta param source track wbr".split()
)
# Closed by what follows them, whether or not the page says so.
_IMPLIED = frozenset("p li dt dd tr td th thead tbody tfoot caption colgroup option optgroup html head body".split())
_FORMATS = frozenset("a b big code em font i nobr s small strike strong tt u".split())
# What is open below one of these cannot be closed from inside it.
_BOUNDARIES = frozenset(("table", "object", "marquee", "applet", "template"))


@dataclass(slots=True)
class _Open:
    """What is open at a place in a page."""

    stack: list[str] = field(default_factory=list)
    places: dict[str, list[int]] = field(default_factory=dict)
    bounds: list[int] = field(default_factory=lambda: [-1])
    formats: list[Counter[str]] = field(default_factory=lambda: [Counter()])
    reopened: int = 0

    def start(self, name: str) -> None:
        if name in _FORMATS:
            self.formats[-1][name] += 1
        elif name in ("td", "th") and len(self.formats) > 1:
            self.formats[-1].clear()
        elif name not in _IMPLIED:
            self._push(name)
        unclosed = sum(map(Counter.total, self.formats))
        self.reopened += 0 if name in _FORMATS else unclosed
        if len(self.stack) + unclosed > DEEPEST_OPEN or self.reopened > _MOST_REOPENED:
            raise UnreadableFile(f"the page has more than {DEEPEST_OPEN} elements inside one another", SAVE_ANEW)

    def _push(self, name: str) -> None:
        if name in _BOUNDARIES:
            self.bounds.append(len(self.stack))
            self.formats.append(Counter())
        self.places.setdefault(name, []).append(len(self.stack))
        self.stack.append(name)

    def end(self, name: str) -> None:
        if name in _FORMATS:
            self.formats[-1][name] -= self.formats[-1][name] > 0
            return
        places = self.places.get(name)
        lowest = self.bounds[-1] if name not in _BOUNDARIES else -1
        if not places or places[-1] < lowest:
            return
        kept = places[-1]
        while len(self.stack) > kept:
            gone = self.stack.pop()
            self.places[gone].pop()
            if gone in _BOUNDARIES:
                self.bounds.pop()
                self.formats.pop()


def check_nesting(text: str) -> None:
    """Look through a page's tags once, in time that grows with its length alone.

    Raises:
        UnreadableFile: more tags, or more elements open at once, than pages that people write have.
    """
    opened = _Open()
    position = tags = 0
    while (begin := _BEGINS.search(text, position)) is not None:
        if begin[0] == "<!--":
            end = text.find("-->", begin.start() + 2)
            position = end + 3 if end >= 0 else len(text)
            continue
        found = _TAG.match(text, begin.start())
        if found is None:
            # A tag that never ends takes the rest of the page with it.
            return
        position = found.end()
        tags += 1
        if tags > MOST_TAGS:
            raise UnreadableFile(f"the page has more than {MOST_TAGS:,} tags", "save its parts as pages of their own")
        if position - found.start() > _LONGEST_TAG and len(_ATTRIBUTE.findall(found[0])) > _MOST_ATTRIBUTES:
            raise UnreadableFile(f"a tag has more than {_MOST_ATTRIBUTES} attributes", SAVE_ANEW)
        name = found["name"].casefold()
        if found["closes"]:
            opened.end(name)
        elif name in _RAW:
            closing = re.compile(f"</{name}", re.IGNORECASE).search(text, position)
            position = closing.start() if closing else len(text)
        elif name not in _VOID:
            opened.start(name)
