"""Questions about the made-up reports as citizens ask: to the letter, in fewer words, mistyped, in pinyin, or of other things."""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache

from bot.language.pinyin import syllable
from tests.bench.corpus import BUREAUS, DEFAULT, SECTIONS_EACH, WORDS, Fact, Report, everyday_words, make_report

KINDS = ("exact", "fewer words", "mistyped", "pinyin", "foreign")


@dataclass(frozen=True, slots=True)
class Asked:
    """A question, and the section that tells; neither document nor section where nothing does."""

    text: str
    kind: str
    document: str = ""
    section: str = ""


def make_questions(sections: int, count: int, seed: int = 1) -> list[Asked]:
    """As many of each kind, in no order; of the same reports as `corpus.make_reports` makes for this number."""
    chance = random.Random(f"questions-{seed}-{sections}")
    asked = [_ask(chance, KINDS[number % len(KINDS)], sections) for number in range(count)]
    chance.shuffle(asked)
    return asked


def _ask(chance: random.Random, kind: str, sections: int) -> Asked:
    if kind == "foreign":
        return Asked(_foreign(chance), kind)
    report = _some_report(chance, sections // SECTIONS_EACH, own=kind == "pinyin" or chance.random() < 0.5)
    place = chance.randrange(SECTIONS_EACH)
    text = _FORMS[kind](chance, report.facts[place])
    if kind != "pinyin":
        text = _bound(chance, report) + text
    return Asked(text, kind, report.document.id, report.document.sections[place].id)


def _foreign(chance: random.Random) -> str:
    form, matter = chance.choice(WORDS["foreign_forms"]), chance.choice(WORDS["foreign_matters"])
    return form.replace("_", " ").replace("*", matter)


def _some_report(chance: random.Random, reports: int, *, own: bool) -> Report:
    """Any report, or one of the default agency, whom a question is for that names nobody."""
    number = chance.randrange(reports)
    return make_report(number - number % len(BUREAUS) + DEFAULT if own else number)


def _bound(chance: random.Random, report: Report) -> str:
    year = f"{report.document.year}年" if chance.random() < 0.5 else ""
    if report.bureau is not BUREAUS[DEFAULT]:
        return year + chance.choice((report.bureau.name, report.bureau.alias))
    return year


def _exact(chance: random.Random, fact: Fact) -> str:
    return f"{fact.project}办理{fact.aspect}多少{fact.unit}?"


def _fewer_words(chance: random.Random, fact: Fact) -> str:
    """By part of the name, or by a short form of what the document writes in full: 污水厂 for 污水处理厂."""
    facility = fact.facility[:2] + fact.facility[-1] if len(fact.facility) > 3 else fact.facility
    name = chance.choice((fact.brand + facility, fact.place + facility, fact.place + fact.brand, fact.brand))
    aspect = chance.choice((fact.aspect, fact.aspect[:2], fact.aspect[::2]))
    return chance.choice(
        (f"{aspect}做了多少,{name}的", f"{name}{aspect}有几{fact.unit}", f"想了解{name}的{aspect}情况")
    )


def _mistyped(chance: random.Random, fact: Fact) -> str:
    text = f"{fact.project}{fact.aspect}"
    for place in chance.sample(range(len(text)), 3):
        others = [other for other in _homophones().get(syllable(text[place]), ()) if other != text[place]]
        if others:
            text = text[:place] + chance.choice(others) + text[place + 1 :]
    return f"{text}有多少{fact.unit}"


def _pinyin(chance: random.Random, fact: Fact) -> str:
    said = f"{fact.brand}{fact.facility}{fact.aspect}多少{fact.unit}"
    return chance.choice((" ", " ", "")).join(map(syllable, said))


_FORMS: dict[str, Callable[[random.Random, Fact], str]] = {
    "exact": _exact,
    "fewer words": _fewer_words,
    "mistyped": _mistyped,
    "pinyin": _pinyin,
}


@cache
def _homophones() -> dict[str, list[str]]:
    """Common characters by how they sound."""
    found: dict[str, list[str]] = {}
    for character in sorted({character for word in everyday_words()[:8000] for character in word}):
        found.setdefault(syllable(character), []).append(character)
    return found
