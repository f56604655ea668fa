"""HTML as Telegram's parse mode takes it, refusing what Telegram refuses.

Source: `parse_html` in tdlib's td/telegram/MessageEntity.cpp. Stricter in one thing: a bare ``&``, which Telegram shows
as it is, is refused, because it means that a value was not escaped.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from tests.botapi.errors import RefusalError, bad_request

LONGEST_TEXT = 4096
LONGEST_CAPTION = 1024

_TAGS = {
    "b": "bold",
    "strong": "bold",
    "i": "italic",
    "em": "italic",
    "u": "underline",
    "ins": "underline",
    "s": "strikethrough",
    "strike": "strikethrough",
    "del": "strikethrough",
    "tg-spoiler": "spoiler",
    "span": "spoiler",
    "tg-emoji": "custom_emoji",
    "a": "text_link",
    "code": "code",
    "pre": "pre",
    "blockquote": "blockquote",
}
_NAMED = {"lt": "<", "gt": ">", "amp": "&", "quot": '"'}
_TOKEN = re.compile(r"&(?:#x([0-9a-fA-F]{1,6})|#([0-9]{1,7})|([a-z]+));|<(/?)([^\s>]*)([^>]*)>|[&<]")
_ATTRIBUTE = re.compile(r"""\s*([^\s=]+)\s*=\s*(?:"([^"]*)"|'([^']*)'|([A-Za-z0-9.-]+))""")
# Removed or blanked by Telegram before it looks at a text (clean_input_string in td/telegram/misc.cpp).
_REMOVED = re.compile("[\r\u2028-\u202e\u0333\u033f\u030a]")
_BLANKED = re.compile("[\x00-\x09\x0b-\x1f]")
_EMPTY = " \n\u1680\u180e\u2000-\u200f\u202f\u205f\u2060\u2800\u3000\ufeff\ufffc\u00a0\u0085"


@dataclass(frozen=True)
class Entity:
    """A styled part of a text; offset and length in UTF-16 code units."""

    type: str
    offset: int
    length: int
    url: str = ""

    def body(self) -> dict[str, object]:
        """The entity as the Bot API states it."""
        plain: dict[str, object] = {"type": self.type, "offset": self.offset, "length": self.length}
        return plain | ({"url": self.url} if self.url else {})


def utf16(text: str) -> int:
    """Length as Telegram counts it."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def parse_html(source: str) -> tuple[str, tuple[Entity, ...]]:
    """Read a message's HTML.

    Returns:
        The visible text and its entities.

    Raises:
        RefusalError: what Telegram would say.
    """
    text = ""
    place = 0
    open_tags: list[tuple[str, int, str]] = []
    entities: list[Entity] = []
    for token in _TOKEN.finditer(source):
        text += source[place : token.start()]
        place = token.end()
        if token[0][0] == "&":
            text += _character(token, source)
        elif token[5] is None:
            raise _parsing(f"Unclosed start tag at byte offset {_byte(source, token)}")
        elif token[4]:
            entities.append(_close(token, source, open_tags, text))
        else:
            open_tags.append(_open(token, source, text))
    if open_tags:
        raise _parsing(f'Can\'t find end tag corresponding to start tag "{open_tags[-1][0]}"')
    text += source[place:]
    return text, tuple(entity for entity in entities if entity.length)


def clean(text: str) -> str:
    """The text as Telegram keeps it: cleaned, without white space around it."""
    text = _BLANKED.sub(" ", _REMOVED.sub("", text)).strip(" \n")
    return "" if re.fullmatch(f"[{_EMPTY}]*", text) else text


def read_text(source: str, mode: str) -> tuple[str, tuple[Entity, ...]]:
    """A message's text as Telegram keeps it, with its entities.

    Raises:
        RefusalError: it is empty, too long, or cannot be parsed.
    """
    text, entities = _read(source, mode)
    if not text:
        raise bad_request("message text is empty")
    if utf16(text) > LONGEST_TEXT:
        raise bad_request("message is too long")
    return text, entities


def read_caption(source: str, mode: str) -> tuple[str, tuple[Entity, ...]]:
    """What stands under a file, which may be nothing, with its entities.

    Raises:
        RefusalError: it is too long, or cannot be parsed.
    """
    text, entities = _read(source, mode)
    if utf16(text) > LONGEST_CAPTION:
        raise bad_request("message caption is too long")
    return text, entities


def _read(source: str, mode: str) -> tuple[str, tuple[Entity, ...]]:
    entities: tuple[Entity, ...] = ()
    if mode.upper() == "HTML":
        source, entities = parse_html(clean(source))
    elif mode:
        raise bad_request("unsupported parse_mode")
    if len(entities) > 100:
        raise RefusalError(400, "Bad Request: too many entities")
    return clean(source), entities


def _character(token: re.Match[str], source: str) -> str:
    if token[3] in _NAMED:
        return _NAMED[token[3]]
    code = int(token[1], 16) if token[1] else int(token[2] or 0)
    if not 0 < code < 0x10FFFF:
        raise _parsing(f"Unsupported entity at byte offset {_byte(source, token)}")
    return chr(code)


def _open(token: re.Match[str], source: str, text: str) -> tuple[str, int, str]:
    name = token[5].lower()
    if name not in _TAGS:
        raise _parsing(f'Unsupported start tag "{name}" at byte offset {_byte(source, token)}')
    attributes = {found[1]: found[2] or found[3] or found[4] for found in _ATTRIBUTE.finditer(token[6])}
    if _ATTRIBUTE.sub("", token[6]).strip():
        raise _parsing(f'Empty attribute name in the tag "{name}" at byte offset {_byte(source, token)}')
    if name == "span" and attributes.get("class") != "tg-spoiler":
        raise _parsing(f'Tag "span" must have class "tg-spoiler" at byte offset {_byte(source, token)}')
    return name, utf16(text), attributes.get("href", "")


def _close(token: re.Match[str], source: str, open_tags: list[tuple[str, int, str]], text: str) -> Entity:
    if not open_tags:
        raise _parsing(f"Unexpected end tag at byte offset {_byte(source, token)}")
    name, start, url = open_tags.pop()
    if token[5] and token[5].lower() != name:
        raise _parsing(
            f'Unmatched end tag at byte offset {_byte(source, token)}, expected "</{name}>", found "</{token[5]}>"'
        )
    return Entity(_TAGS[name], start, utf16(text) - start, url)


def _byte(source: str, token: re.Match[str]) -> int:
    return len(source[: token.start()].encode("utf-8", "surrogatepass"))


def _parsing(reason: str) -> RefusalError:
    return bad_request(f"can't parse entities: {reason}")
