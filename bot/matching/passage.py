"""The sentence of a passage that answers."""

from __future__ import annotations

from collections.abc import Sequence

from bot.language.normalise import fold
from bot.language.sentences import sentences
from bot.language.tokens import bigrams, pinyin_bigrams, runs
from bot.matching.question import Analysis
from bot.matching.ranking import wanted
from bot.matching.weighing import Text, Weighed, coverage


def find_focus(analysis: Analysis, weighed: Sequence[Weighed], text: str) -> str:
    """The sentence that holds most of what is asked for, and the figure or the time where one is asked for.

    Returns:
        The sentence as published, without white space around it; empty for an empty passage.
    """
    best, best_score = "", -1.0
    for sentence in sentences(text):
        folded = fold(sentence)
        parts = runs(folded)
        score = coverage(weighed, Text(frozenset(bigrams(parts)), frozenset(pinyin_bigrams(parts))))
        score += wanted(analysis, folded) / 2
        if score > best_score and sentence.strip():
            best, best_score = sentence.strip(), score
    return best
