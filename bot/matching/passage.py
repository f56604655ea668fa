"""The sentence of a passage that answers."""

from __future__ import annotations

import re
from collections.abc import Sequence

from bot.language.normalise import fold
from bot.language.periods import years_in
from bot.language.sentences import sentences
from bot.language.tokens import bigrams, pinyin_bigrams, runs
from bot.matching.figures import wanted
from bot.matching.question import Analysis
from bot.matching.weighing import Text, Weighed, coverage

_COMMA = re.compile("[,:]")
# Less than any difference in what two sentences hold.
_TIE = 0.001


def find_focus(analysis: Analysis, weighed: Sequence[Weighed], text: str) -> str:
    """The sentence that holds most of what is asked for, with the figure or time that is wanted, and of no other year.

    Returns:
        The sentence as published, without white space around it; empty for an empty passage.
    """
    best, best_score = "", -2.0
    for sentence in sentences(text):
        folded = fold(sentence)
        score = _coverage(weighed, folded) + wanted(analysis, folded) / 2
        # Every row of a table has a column 总计, and one row is the 总计: what is asked for is what a sentence begins with.
        score += _coverage(weighed, _COMMA.split(folded, maxsplit=1)[0]) * _TIE
        if analysis.years and (named := years_in(folded)):
            score += 0.25 if set(named) & set(analysis.years) else -1.0
        if score > best_score and sentence.strip():
            best, best_score = sentence.strip(), score
    return best


def _coverage(weighed: Sequence[Weighed], folded: str) -> float:
    parts = runs(folded)
    return coverage(weighed, Text(frozenset(bigrams(parts)), frozenset(pinyin_bigrams(parts))))
