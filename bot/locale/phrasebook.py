"""What the program writes, keeps and logs in English, said in Chinese to a person."""

from __future__ import annotations

import re
import string
from functools import cached_property
from importlib.resources import files

# A file's own words may be as long as somebody likes; trying each template on them takes the square of it.
_LONGEST = 2_000
# Placeholders whose values may be words of the program again.
_NESTED = frozenset(
    ("reason", "remedy", "error", "pages", "place", "status", "wanted", "got", "was", "now", "argument", "more")
)


class Phrasebook:
    """English texts, some of them with placeholders, and their Chinese."""

    def __init__(self, *catalogues: str) -> None:
        self._catalogues = catalogues

    def say(self, text: str) -> str:
        """A text in Chinese; as it is where no translation is known."""
        said = self._say(text)
        return text if said is None else said

    def _say(self, text: str) -> str | None:
        plain, patterns = self._known
        if text in plain or len(text) > _LONGEST:
            return plain.get(text)
        for pattern, translation in patterns:
            if found := pattern.fullmatch(text):
                values = {name: self._say_value(name, value) for name, value in found.groupdict().items()}
                if None not in values.values():
                    return translation.format_map(values)
        return None

    def _say_value(self, name: str, value: str) -> str | None:
        """A placeholder's value; None where it is none of those that the placeholder stands for."""
        if name == "what":
            return self._say(value)
        if name == "fields":
            return "、".join(" ".join(map(self.say, part.split(" ", 1))) for part in value.split(", "))
        return self.say(value) if name in _NESTED else value

    @cached_property
    def _known(self) -> tuple[dict[str, str], tuple[tuple[re.Pattern[str], str], ...]]:
        """Translations of whole texts, and of texts with placeholders, those that say most themselves first."""
        from babel.messages.pofile import read_po

        pairs: dict[str, str] = {}
        for name in self._catalogues:
            with files(__package__).joinpath(name).open("rb") as source:
                pairs |= {str(message.id): str(message.string) for message in read_po(source) if message.id}
        with_values = sorted((pair for pair in pairs.items() if "{" in pair[0]), key=lambda pair: -_own_length(pair[0]))
        return pairs, tuple((_pattern(template), translation) for template, translation in with_values)


def _own_length(template: str) -> int:
    return sum(len(literal) for literal, _, _, _ in string.Formatter().parse(template))


def _pattern(template: str) -> re.Pattern[str]:
    parts = string.Formatter().parse(template)
    written = "".join(re.escape(literal) + (f"(?P<{name}>.+?)" if name else "") for literal, name, _, _ in parts)
    return re.compile(written, re.DOTALL)
