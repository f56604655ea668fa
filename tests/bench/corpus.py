"""Made-up reports of a city's agencies: any number of sections, the same ones for the same number and seed.

Sentences are of the kind that annual reports are full of, so that most neighbouring characters stand in a great many
sections; each section also tells of one project by name, which a question can ask for, and has a few of 20,000 everyday
words, so that rare ones are as many as in real text.
"""

from __future__ import annotations

import json
import random
import tomllib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from importlib.util import find_spec
from itertools import accumulate
from pathlib import Path

from bot.model import Document, Kind, Section

SECTIONS_EACH, CHARACTERS_EACH = 20, 180
FIRST_YEAR, YEARS = 2008, 18

WORDS: dict[str, tuple[str, ...]] = {
    name: tuple(text.split())
    for name, text in tomllib.loads(Path(__file__).with_name("words.toml").read_text(encoding="utf-8")).items()
}


@dataclass(frozen=True, slots=True)
class Bureau:
    """An agency of the made-up city."""

    key: str
    name: str
    alias: str


BUREAUS = tuple(Bureau(f"a{number}", WORDS["city"][0] + name, name) for number, name in enumerate(WORDS["bureaus"]))
# The one that a question is for which names nobody.
DEFAULT = 0


@dataclass(frozen=True, slots=True)
class Fact:
    """What one section tells and no other: how often something was done for a project.

    Attributes:
        place, brand, facility: make up the project's name, 曾都蓝天产业园.
    """

    place: str
    brand: str
    facility: str
    aspect: str
    count: int
    unit: str

    @property
    def project(self) -> str:
        """The project's name."""
        return self.place + self.brand + self.facility


@dataclass(frozen=True, slots=True)
class Report:
    """A document and the fact of each of its sections."""

    bureau: Bureau
    document: Document
    facts: tuple[Fact, ...]


@cache
def everyday_words() -> tuple[str, ...]:
    """Words of two to four characters in a fixed order, from the list that pypinyin brings along."""
    spec = find_spec("pypinyin")
    assert spec is not None
    assert spec.submodule_search_locations
    path = Path(spec.submodule_search_locations[0]) / "phrases_dict.json"
    found = sorted(word for word in json.loads(path.read_text(encoding="utf-8")) if 2 <= len(word) <= 4)
    random.Random(0).shuffle(found)
    return tuple(found)


@cache
def brands() -> tuple[str, ...]:
    """The words that projects are named by."""
    return tuple(word for word in everyday_words() if len(word) == 2)


class Zipf:
    """Draws the first of a list often and the last ones hardly ever, as a text does with its words."""

    def __init__(self, values: Iterable[str]) -> None:
        self._values = tuple(values)
        self._sums = list(accumulate(1 / (rank + 5) for rank in range(len(self._values))))

    def draw(self, chance: random.Random) -> str:
        """One of the values."""
        return chance.choices(self._values, cum_weights=self._sums)[0]


_DEEDS, _MATTERS, _HEADINGS = (Zipf(WORDS[name]) for name in ("deeds", "matters", "headings"))


@cache
def _fillers() -> Zipf:
    return Zipf(everyday_words())


def make_reports(sections: int, seed: int = 1) -> Iterator[Report]:
    """As many sections as asked for, twenty to a report."""
    return (make_report(number, seed) for number in range(sections // SECTIONS_EACH))


def make_report(number: int, seed: int = 1) -> Report:
    """One report by its number."""
    chance = random.Random(f"{seed}-{number}")
    bureau = BUREAUS[number % len(BUREAUS)]
    issue, of_year = divmod(number // len(BUREAUS), YEARS)
    year, titles = FIRST_YEAR + of_year, WORDS["titles"]
    title = f"{bureau.name}{year}年{titles[issue % len(titles)]}" + (f"(第{issue}期)" if issue >= len(titles) else "")
    facts = tuple(_fact(chance) for _ in range(SECTIONS_EACH))
    sections = tuple(
        Section(str(place), (f"{numeral}、{_HEADINGS.draw(chance)}",), _passage(chance, fact, bureau, year))
        for place, (numeral, fact) in enumerate(zip(WORDS["numerals"], facts, strict=True), 1)
    )
    return Report(bureau, Document(f"reports/{number:06d}", title, Kind.REPORT, bureau.key, sections, year=year), facts)


def _fact(chance: random.Random) -> Fact:
    aspect, unit = chance.choice(WORDS["aspects"]).split("/")
    place, facility = chance.choice(WORDS["places"]), chance.choice(WORDS["facilities"])
    return Fact(place, chance.choice(brands()), facility, aspect, chance.randrange(2, 900), unit)


def _passage(chance: random.Random, fact: Fact, bureau: Bureau, year: int) -> str:
    text = f"{year}年,{bureau.alias}为{fact.project}办理{fact.aspect}{fact.count}{fact.unit}"
    while len(text) < CHARACTERS_EACH:
        text += chance.choice(",。;") + _clause(chance)
    return text + "。"


def _clause(chance: random.Random) -> str:
    said = f"{chance.choice(WORDS['actors'])}{_DEEDS.draw(chance)}{_fillers().draw(chance)}{_MATTERS.draw(chance)}"
    return f"{said}{chance.randrange(1, 3000)}{chance.choice(WORDS['units'])}"


def write_folder(root: Path, sections: int, seed: int = 1) -> None:
    """Write the reports as a knowledge folder, as staff would."""
    (root / "reports").mkdir(parents=True)
    (root / "agencies.toml").write_text("\n".join(map(_as_toml, range(len(BUREAUS)))), encoding="utf-8")
    for report in make_reports(sections, seed):
        (root / f"{report.document.id}.md").write_text(as_markdown(report.document), encoding="utf-8")


def _as_toml(number: int) -> str:
    bureau = BUREAUS[number]
    table = f'[{bureau.key}]\nname = "{bureau.name}"\naliases = ["{bureau.alias}"]\nphone = "0722-33{number:05d}"\n'
    return table + ("default = true\n" if number == DEFAULT else "")


def as_markdown(document: Document) -> str:
    """A report as a file of the folder."""
    published = f"{(document.year or 0) + 1}-02-05"
    head = f"---\ntitle: {document.title}\ndate: {published}\nkind: report\nagency: {document.agency}\n---\n"
    return head + "".join(f"\n## {section.headings[-1]}\n\n{section.text}\n" for section in document.sections)
