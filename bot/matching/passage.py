"""The sentence of a passage that answers."""

from __future__ import annotations

from collections.abc import Sequence

from bot.language.normalise import fold
from bot.language.periods import years_in
from bot.language.sentences import sentences
from bot.language.tokens import bigrams, pinyin_bigrams, runs
from bot.matching.figures import wanted
from bot.matching.question import Analysis
from bot.matching.weighing import Text, Weighed, coverage


def find_focus(analysis: Analysis, weighed: Sequence[Weighed], text: str) -> str:
    """The sentence that holds most of what is asked for, with the figure or time that is wanted, and of no other year.

    Returns:
        The sentence as published, without white space around it; empty for an empty passage.
    """
    best, best_score = "", -2.0
    for sentence in sentences(text):
        folded = fold(sentence)
        parts = runs(folded)
        score = coverage(weighed, Text(frozenset(bigrams(parts)), frozenset(pinyin_bigrams(parts))))
        score += wanted(analysis, folded) / 2
        if analysis.years and (named := years_in(folded)):
            score += 0.25 if set(named) & set(analysis.years) else -1.0
        if score > best_score and sentence.strip():
            best, best_score = sentence.strip(), score
    return best
