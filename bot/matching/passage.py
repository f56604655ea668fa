"""The sentence of a passage that answers."""

from __future__ import annotations

import re

from bot.language.normalise import fold
from bot.language.sentences import sentences
from bot.language.tokens import bigrams, pinyin_bigrams, runs
from bot.matching.question import Analysis
from bot.matching.ranking import Weighed, held

_NUMBER = r"[0-9]+(?:[.,][0-9]+)*|[〇零一二两三四五六七八九十百千万]+"
_ANY_FIGURE = re.compile(r"[0-9]")
_DATE = re.compile(r"[0-9]+\s*(?:年|月|日|天|个工作日|小时)|每(?:年|月|周|季)|工作日")


def find_focus(analysis: Analysis, weighed: tuple[Weighed, ...], text: str) -> str:
    """The sentence that holds most of what is asked for, and the figure or the time where one is asked for.

    Returns:
        The sentence as published, without white space around it; empty for an empty passage.
    """
    best, best_score = "", -1.0
    for sentence in sentences(text):
        folded = fold(sentence)
        parts = runs(folded)
        tokens, sounds = frozenset(bigrams(parts)), frozenset(pinyin_bigrams(parts))
        score = sum(part.weight * held(part, tokens, sounds) for part in weighed)
        score += _wanted(analysis, folded) * (sum(part.weight for part in weighed) or 1.0) * 0.5
        if score > best_score and sentence.strip():
            best, best_score = sentence.strip(), score
    return best


def _wanted(analysis: Analysis, folded: str) -> float:
    """Whether a sentence holds the figure or the time that is asked for: 1 for the right unit, half for another figure."""
    if analysis.unit:
        if re.search(rf"(?:{_NUMBER})余?\s*{re.escape(analysis.unit)}", folded):
            return 1.0
        return 0.5 if _ANY_FIGURE.search(folded) else 0.0
    if analysis.unit == "" and _ANY_FIGURE.search(folded):
        return 1.0
    return 1.0 if analysis.wants_time and _DATE.search(folded) else 0.0
