"""The sentence of a passage that answers."""

from __future__ import annotations

import re
from collections.abc import Sequence

from bot.language.periods import years_in
from bot.language.sentences import sentences
from bot.matching.figures import wanted
from bot.matching.probe import Probe
from bot.matching.question import Analysis
from bot.matching.readable import read_names, read_passage, sentences_of
from bot.matching.weighing import Weighed

_COMMA = re.compile("[,:，：]")
# Less than any difference in what two sentences hold.
_TIE = 0.001


def find_focus(analysis: Analysis, weighed: Sequence[Weighed], text: str) -> str:
    """The sentence that holds most of what is asked for, with the figure or time that is wanted, and of no other year.

    Returns:
        The sentence as published, without white space around it; empty for an empty passage.
    """
    best, best_score = "", -2.0
    probe = Probe(weighed, scattered=False)
    for sentence, read in zip(sentences(text), sentences_of(read_passage(text)), strict=False):
        score = probe.coverage(probe.needles.look(read)) + wanted(analysis, read.folded) / 2
        if analysis.years and (named := years_in(read.folded)):
            score += 0.25 if set(named) & set(analysis.years) else -1.0
        if score + _TIE > best_score:
            # Every row of a table has a column 总计, and one row is the 总计: what is asked for is what a sentence begins with.
            score += _TIE * probe.coverage(probe.needles.look(read_names(_COMMA.split(sentence, maxsplit=1)[0])))
        if score > best_score and sentence.strip():
            best, best_score = sentence.strip(), score
    return best
