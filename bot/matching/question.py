"""A citizen's words to what they ask for: kind, periods, agency, concepts, the figure or time that is wanted."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from bot.language import chatter, requests, wording
from bot.language.agencies import Mention, agencies_named
from bot.language.contacts import OFFICE, Detail, details_asked
from bot.language.normalise import fold
from bot.language.periods import Period, asks_for_latest, periods_in, without_latest, without_periods
from bot.language.spelling import is_spelled, may_be_initials, without_foreign
from bot.language.tokens import bigrams, is_han, runs, syllable_bigrams
from bot.language.years import mend_torn
from bot.matching.concepts import (
    Concept,
    bare_concepts,
    chinese_concepts,
    clause_concepts,
    concepts_in,
    spelled_concepts,
    spelled_sounds,
)
from bot.matching.glossary import Glossary
from bot.matching.mending import mend
from bot.matching.usage import Usage
from bot.matching.vocabulary import Vocabulary
from bot.model import Agency, RequestKind


@dataclass(frozen=True, slots=True)
class Analysis:
    """What a question asks for.

    Attributes:
        text: the folded question.
        stretches: its runs without chatter, asking words, periods and agencies.
        surroundings: its runs with them, which still tell passages apart; empty where it is spelled in pinyin.
        sounds: the pinyin bigrams of all that is spelled in pinyin, asking words and all.
        spelled: whether the Latin letters in it are pinyin.
        periods: what it binds an answer to; empty where it names none.
        latest: whether it asks for the newest there is.
        agencies: whom it names, by name or alias; several where an alias is shared.
        unknown_agency: the name of an agency that is not ours.
        unit: of the figure that it asks for; empty for any figure, None where it asks for none.
        wants_time: whether it asks for a date or a length of time.
        news: whether it asks for whatever was published last.
        details: what of an agency's contact it asks for, where it asks for nothing else.
        bare: whether it is but words, of which nothing is asked.
    """

    text: str
    kind: RequestKind
    concepts: tuple[Concept, ...] = ()
    stretches: tuple[str, ...] = ()
    surroundings: tuple[str, ...] = ()
    sounds: tuple[str, ...] = ()
    spelled: bool = False
    periods: tuple[Period, ...] = ()
    latest: bool = False
    agencies: tuple[Agency, ...] = ()
    unknown_agency: str = ""
    unit: str | None = None
    wants_time: bool = False
    news: bool = False
    details: frozenset[Detail] = frozenset()
    bare: bool = False

    @property
    def keywords(self) -> tuple[str, ...]:
        """What it is about, in words to name it by; not a lone character beside an asking one (能查, 要改)."""
        return tuple(concept.text for concept in self.concepts if len(concept.text.strip(wording.LONELY)) > 1)

    @property
    def years(self) -> tuple[int, ...]:
        """The calendar years that it names, oldest first, without repeats."""
        return tuple(sorted({year for period in self.periods for year in period.years}))


def analyse(text: str, glossary: Glossary, agencies: Sequence[Agency], today: date, usage: Usage) -> Analysis:
    """Read a question.

    Args:
        text: the words as received.
        glossary: what people say for what documents say.
        agencies: those whose names are known.
        today: what 去年 is counted from.
        usage: how usual neighbours are in what is published, to put slips right; with its vocabulary, to cut pinyin typed
            without spaces as the published text is read.
    """
    vocabulary = usage.vocabulary
    folded = mend_torn(fold(text))
    kind = requests.request_kind(folded)
    if not kind.is_searched:
        return Analysis(folded, kind)
    asked = chatter.remove_chatter(requests.sought(folded, kind))
    latest, whole = asks_for_latest(asked), asked
    asked = without_latest(asked)
    periods = periods_in(asked, today)
    mentions = agencies_named(without_periods(asked, periods), agencies)
    if not agencies:
        mentions = tuple(mention for mention in mentions if not _is_published(mention.name, vocabulary))
    # Whom a wish or a complaint is addressed to stands in what is not searched for.
    named = mentions if kind is RequestKind.INQUIRY else agencies_named(folded, agencies)
    foreign = tuple(mention.name for mention in mentions if not mention.agencies)
    content = mend(_without_mentions(without_periods(asked, periods), mentions), usage, foreign)
    content = _LATIN.sub(lambda run: _parted(run.group(), vocabulary), content)
    spelled = _is_spelled(content)
    stretches = wording.content_stretches(content)
    unit = wording.asked_unit(asked)
    rows: tuple[tuple[str, ...], ...] = ()
    if spelled:
        rows = tuple(spelled_sounds(content, vocabulary))
        unit = next((found for row in rows if (found := wording.spelled_unit(row)) is not None), unit)
        stretches = tuple(filter(_is_no_syllable, stretches))
        concepts = (*spelled_concepts(rows, glossary, vocabulary), *concepts_in(stretches, glossary, vocabulary))
    else:
        concepts = tuple(clause_concepts(content, glossary, vocabulary))
    concepts = concepts or tuple(bare_concepts(content, rows, glossary))
    wants_time = wording.asks_for_time(asked)
    if wants_time and wording.asks_when_published(stretches):
        concepts = (*concepts, *chinese_concepts("发布日期", glossary, vocabulary))
    return Analysis(
        text=folded,
        kind=kind,
        concepts=concepts,
        stretches=stretches,
        surroundings=() if spelled else tuple(dict.fromkeys((*runs(asked), *runs(content)))),
        sounds=tuple(sound for row in rows for sound in syllable_bigrams(row)),
        spelled=spelled,
        periods=periods,
        latest=latest,
        agencies=tuple(dict.fromkeys(agency for mention in named for agency in mention.agencies)),
        unknown_agency=next(iter(foreign), ""),
        unit=unit,
        wants_time=wants_time,
        news=not periods and _asks_for_news(whole, mentions, agencies),
        details=frozenset() if periods else details_asked(_without_mentions(asked, mentions, OFFICE)),
        bare=tuple(runs(folded)) == stretches,
    )


def _without_mentions(text: str, mentions: Iterable[Mention], instead: str = " ") -> str:
    """The text without the names of our own agencies; an unknown name stays, since a passage may be about it."""
    for mention in reversed(tuple(mentions)):
        if mention.agencies:
            text = f"{text[: mention.start]}{instead}{text[mention.end :]}"
    return text


def _asks_for_news(text: str, mentions: Iterable[Mention], agencies: Sequence[Agency]) -> bool:
    """Whether whatever was published last is asked for, of nobody but the one agency there is."""
    for mention in mentions:
        if not mention.agencies or len(agencies) > 1:
            return False
        text = text.replace(mention.name, OFFICE)
    return wording.asks_for_news(text)


def _is_published(name: str, vocabulary: Vocabulary) -> bool:
    """Whether place and office of an agency's name are published, which makes it ours where nobody said who we are."""
    stems = [stem for stem in re.split("[省市州盟县区旗局厅委办]", name) if stem]
    return all(vocabulary.tokens(tuple(bigrams(stems))).values())


# Shorter ones are words, or a slip in a few syllables.
_LATIN = re.compile("[a-z]{8,}")


def _parted(run: str, vocabulary: Vocabulary) -> str:
    """A run of Latin letters with spaces around the foreign words in its pinyin."""
    return run if is_spelled(run) else " ".join(without_foreign(run, vocabulary.tokens))


def _is_spelled(content: str) -> bool:
    """Whether the Latin words are pinyin: nearly all of them, or of their letters, can be cut; what cannot is no English."""
    words = [run for run in runs(content) if run.isalpha() and not is_han(run) and not may_be_initials(run)]
    others = [word for word in words if not is_spelled(word)]
    few = len(others) * 4 < len(words) or len("".join(others)) * 4 < len("".join(words))
    return few and not wording.has_english_words(others)


def _is_no_syllable(stretch: str) -> bool:
    """Whether a stretch of a spelled question is Chinese, a number or initials."""
    return not stretch.isascii() or stretch[0].isdigit() or may_be_initials(stretch)
