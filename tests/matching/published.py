"""A handful of published passages, counted as the index would count them, and questions to them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from bot.language.normalise import fold
from bot.language.tokens import bigrams, characters, pinyin_bigrams, runs
from bot.matching.binding import of_years
from bot.matching.certainty import Grounds
from bot.matching.glossary import Glossary
from bot.matching.probe import Probe
from bot.matching.question import Analysis, analyse
from bot.matching.ranking import Candidate, rank
from bot.matching.scoring import Weights
from bot.matching.usage import Usage
from bot.matching.weighing import weigh
from bot.model import Agency, AgencyContact, Document, Kind, Match, Section, Term

COMMERCE = Agency("zsj", AgencyContact("随州市招商局"), ("招商局",), default=True)
EDUCATION = Agency("jyj", AgencyContact("随州市教育局"), ("教育局",))
AGENCIES = (COMMERCE, EDUCATION)
TODAY = date(2019, 3, 1)
NOTHING = Grounds()
GLOSSARY = Glossary(
    (
        Term("主动公开", ("主动公布", "proactive disclosure", "proactively disclosed")),
        Term("收费", ("要钱", "交钱", "fee", "charges")),
        Term("行政复议", ("复议", "administrative review")),
        Term("数量", ("总数", "how many")),
        Term("来电来信来访", ("上门", "visits")),
    )
)


class Published:
    """What is published, as ``matching.vocabulary.Vocabulary`` asks for it."""

    def __init__(self, documents: Iterable[Document] = ()) -> None:
        self.passages = [(document, section) for document in documents for section in document.sections]
        self._tokens: Counter[str] = Counter()
        self._sounds: Counter[str] = Counter()
        for document, section in self.passages:
            parts = runs(fold("\n".join((document.title, *document.aliases, *section.headings, section.text))))
            self._tokens.update({*bigrams(parts), *characters(parts)})
            self._sounds.update(set(pinyin_bigrams(parts)))

    @property
    def sections(self) -> int:
        return len(self.passages)

    def count(self, token: str) -> int:
        return self._tokens[token]

    def tokens(self, tokens: Iterable[str]) -> Mapping[str, int]:
        return {token: self._tokens[token] for token in tokens}

    def sounds(self, sounds: Iterable[str]) -> Mapping[str, int]:
        return {sound: self._sounds[sound] for sound in sounds}

    def candidates(self) -> list[Candidate]:
        """All passages, found equally well: what tells them apart is left to ranking."""
        return [Candidate(document, section, 1.0) for document, section in self.passages]


def document(
    name: str,
    *sections: Section,
    title: str = "",
    year: int | None = 2017,
    agency: str = "zsj",
    aliases: Sequence[str] = (),
) -> Document:
    """A published report of these sections."""
    return Document(name, title or name, Kind.REPORT, agency, sections, year=year, aliases=tuple(aliases))


def section(number: str, heading: str, text: str, *above: str) -> Section:
    """A passage below its own heading, and those above it, outermost first."""
    return Section(number, (*above, heading) if heading else (), text)


@dataclass(frozen=True, slots=True)
class Speaking:
    """What speaks for the matches of one question: for the first the one thing, for all others another."""

    first: Match | None = None
    best: Grounds = NOTHING
    others: Grounds = NOTHING
    held: float = 0.0
    echo: Match | None = None
    weight: float = 9.0

    def grounds(self, match: Match) -> Grounds:
        return self.best if match is self.first else self.others

    def echoes(self, match: Match) -> bool:
        return match is self.echo

    def breadth(self, match: Match) -> float:
        return self.held


REPORT = document(
    "reports/2017",
    section("0", "", "本报告由随州市招商局编写，说明主动公开、收费和行政复议情况。"),
    section("1", "一、概述", "全市工作顺利，群众满意。"),
    section("2", "二、主动公开情况", "通过网络主动公开政府信息，做法如下。"),
    section("2.1", "（一）数量", "主动公开政府信息133条：机构概况2条，规划计划15条。", "二、主动公开情况"),
    section("2.2", "（二）形式", "以网络公开为主，另有纸质通报。", "二、主动公开情况"),
    section("3", "三、接待来电来信来访情况", "接待客商510余人次。"),
    section("4", "四、收费情况", "公开信息一律免费，没有收费。"),
    section("5", "五、行政复议情况", "没有因信息公开被申请行政复议，数量为0件。"),
    title="随州市招商局2017年政府信息公开年度报告",
)
PUBLISHED = Published((REPORT,))


def ask(
    text: str, published: Published = PUBLISHED, glossary: Glossary = GLOSSARY, agencies: Sequence[Agency] = AGENCIES
) -> Analysis:
    """A question of 1 March 2019, analysed."""
    return analyse(text, glossary, agencies, TODAY, Usage(published, glossary.pairs))


def probe_of(analysis: Analysis, published: Published = PUBLISHED) -> Probe:
    """A question as it is looked up in what is published."""
    return Probe(weigh(analysis, published))


def ranked(text: str, published: Published = PUBLISHED, glossary: Glossary = GLOSSARY) -> tuple[Match, ...]:
    """All published passages as matches of a question, best first."""
    analysis = ask(text, published, glossary)
    candidates = [
        replace(candidate, bound=of_years(candidate.document, candidate.section, analysis.years))
        for candidate in published.candidates()
    ]
    return rank(analysis, probe_of(analysis, published), candidates, Weights())


def place(match: Match) -> str:
    """Which passage it is: ``reports/2017#2.1``."""
    return f"{match.document.id}#{match.section.id}"
