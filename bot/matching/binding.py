"""Whether a passage speaks for the time that was asked about; another year's figure is a wrong answer."""

from __future__ import annotations

from collections.abc import Sequence

from bot.language.normalise import fold
from bot.language.periods import Period, years_in
from bot.model import Document, Match, Section


def words_of(match: Match) -> str:
    """A match's title, headings and passage, folded."""
    return fold("\n".join((match.document.title, *match.section.headings, match.section.text)))


def of_years(document: Document, section: Section, years: Sequence[int]) -> bool:
    """Whether a passage is of one of the years: its document's, or named in it where the document has none."""
    if document.year is not None:
        return document.year in years
    named = years_in("\n".join((document.title, *section.headings, section.text)))
    return not set(years).isdisjoint(named)


def speaks_for(match: Match, periods: Sequence[Period]) -> bool:
    """Whether a passage is of one of the periods; for less than a year it must be dated in it, or name it."""
    return any(_of_period(match, period) for period in periods)


def _of_period(match: Match, period: Period) -> bool:
    if not of_years(match.document, match.section, period.years):
        return False
    if period.whole_years:
        return True
    days = (match.document.formed_on, match.document.published_on)
    if match.document.kind != "report" and any(day and period.first <= day <= period.last for day in days):
        return True
    return bool(period.part) and period.part in words_of(match)
