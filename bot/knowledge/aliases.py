"""A question that people ask, added to what staff state: to a Markdown file's front matter, or to the glossary.

All else of the file stays as it is, byte by byte; what was written is read again before it is given back.
"""

from __future__ import annotations

import csv
import io
import json
import re
from dataclasses import replace

import yaml

from bot.knowledge.frontmatter import KEYS, FrontMatter, read_front_matter
from bot.knowledge.manuscript import UnreadableFile
from bot.knowledge.stated import field_key, split_aliases, tidy
from bot.knowledge.tables import read_glossary
from bot.language.normalise import fold
from bot.model import Term

BY_HAND = "add it by hand"
# What parts aliases in one text, and synonyms in one cell.
_PARTING = re.compile(r"[;；|｜,，、\s]+")
_END_OF_QUESTION = "?？!！。.… "
_OPENING = re.compile(r"\ufeff?-{3}[^\S\r\n]*\r?\n")
_CLOSING = re.compile(r"^(?:-{3}|\.{3})[^\S\r\n]*(?=\r|\n|\Z)", re.MULTILINE)


def as_alias(question: str) -> str:
    """A question as one alias: one line, without what parts aliases and what ends a question."""
    return tidy(_PARTING.sub(" ", question)).rstrip(_END_OF_QUESTION)


def with_alias(data: bytes, alias: str) -> bytes:
    """A Markdown file with one alias more; as it was where it states that one already.

    Raises:
        UnreadableFile: it is not UTF-8, its front matter cannot be read, or is written in a way that cannot be added to.
    """
    text = _text(data)
    before = read_front_matter(text)
    if alias in before.stated.aliases:
        return data
    written = _add(text, alias)
    after = read_front_matter(written)
    wanted = replace(before.stated, aliases=(*before.stated.aliases, alias))
    if after.stated != wanted or _words(after) != _words(before):
        raise UnreadableFile("its front matter cannot be added to", BY_HAND)
    return written.encode()


def _words(front: FrontMatter) -> str:
    return "\n".join(line.text for line in front.body).lstrip("\n")


def _add(text: str, alias: str) -> str:
    end = "\r\n" if "\r\n" in text else "\n"
    item = json.dumps(alias, ensure_ascii=False)
    opening = _OPENING.match(text)
    if opening is None:
        mark = "\ufeff" if text.startswith("\ufeff") else ""
        return mark + end.join(("---", "aliases:", f"  - {item}", "---", "", text.removeprefix(mark)))
    closing = _CLOSING.search(text, opening.end())
    if closing is None:
        raise UnreadableFile("the front matter is not closed", "add a line --- below it", 1)
    head, source, rest = text[: opening.end()], text[opening.end() : closing.start()], text[closing.start() :]
    return head + _add_to(source, alias, item, end) + rest


def _add_to(source: str, alias: str, item: str, end: str) -> str:
    """Front matter with one alias more, in the way in which it lists them already."""
    # The reader in Python: it counts characters, libyaml's counts bytes.
    root = yaml.compose(source, Loader=yaml.BaseLoader)
    entries = root.value if isinstance(root, yaml.MappingNode) else []
    node = next((value for key, value in entries if KEYS.get(field_key(str(key.value))) == "aliases"), None)
    if node is None:
        return f"{source}aliases:{end}  - {item}{end}"
    start, stop = node.start_mark.index, node.end_mark.index
    if isinstance(node, yaml.SequenceNode) and node.value and not node.flow_style:
        place = node.value[-1].end_mark.index
        place = place if source[:place].endswith("\n") else source.index("\n", place) + 1
        indent = source[source.rfind("\n", 0, start) + 1 : start].partition("-")[0]
        return f"{source[:place]}{indent}- {item}{end}{source[place:]}"
    if isinstance(node, yaml.SequenceNode):
        comma = ", " if node.value else ""
        return f"{source[: stop - 1].rstrip()}{comma}{item}{source[stop - 1 :]}"
    if not node.value:
        return f"{source[:stop]}{end}  - {item}{source[stop:]}"
    listed = json.dumps([*split_aliases(str(node.value)), alias], ensure_ascii=False)
    return f"{source[:start]}{listed}{end if source[:stop].endswith(chr(10)) else ''}{source[stop:]}"


def with_synonym(data: bytes, term: str, synonym: str) -> bytes:
    """A glossary with one synonym more: in the term's row, or in a row of its own below.

    Args:
        data: the file; empty where there is none yet.
        term: what documents say.
        synonym: what people say for it.

    Raises:
        UnreadableFile: it is not UTF-8, no glossary, or is written in a way that cannot be added to.
    """
    if not data:
        return with_synonym(b"term,synonyms\n", term, synonym)
    text = _text(data)
    before, _ = read_glossary(data)
    known = next((one for one in before if fold(one.term) == fold(term)), None)
    if known and synonym in known.synonyms:
        return data
    end = "\r\n" if "\r\n" in text else "\n"
    if known:
        written = _longer_row(text, known.term, synonym)
        wanted = tuple(Term(one.term, (*one.synonyms, synonym)) if one is known else one for one in before)
    else:
        row = io.StringIO()
        csv.writer(row, lineterminator=end).writerow((term, synonym))
        written = text + ("" if text.endswith("\n") else end) + row.getvalue()
        wanted = (*before, Term(tidy(term), (synonym,)))
    if read_glossary(written.encode())[0] != wanted:
        raise UnreadableFile("it cannot be added to", BY_HAND)
    return written.encode()


def _longer_row(text: str, term: str, synonym: str) -> str:
    lines = text.splitlines(keepends=True)
    for place, line in enumerate(lines):
        cells = next(csv.reader([line]), [])
        if len(cells) > 1 and tidy(cells[0]) == term:
            bare = line.rstrip('"\r\n')
            lines[place] = f"{bare}|{synonym}{line[len(bare) :]}"
            return "".join(lines)
    raise UnreadableFile("it cannot be added to", BY_HAND)


def _text(data: bytes) -> str:
    try:
        text = data.decode()
    except UnicodeDecodeError:
        raise UnreadableFile("it is not UTF-8", f"save it as UTF-8, or {BY_HAND}") from None
    if "\r" in text.replace("\r\n", ""):
        raise UnreadableFile("its lines end in a lone carriage return", f"save it anew, or {BY_HAND}")
    return text
