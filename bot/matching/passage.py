"""The sentence of a passage that answers."""

from __future__ import annotations

import re

from bot.language.periods import years_in
from bot.language.sentences import sentences
from bot.matching.figures import wanted
from bot.matching.probe import Probe
from bot.matching.question import Analysis
from bot.matching.readable import read_passage

_COMMA = re.compile("[,:，：]")
# Less than any difference in what two sentences hold.
_TIE = 0.001


def find_focus(analysis: Analysis, probe: Probe, text: str) -> str:
    """The sentence that holds most of what is asked for, with the figure or time that is wanted, and of no other year.

    Returns:
        The sentence as published, without white space around it; empty for an empty passage.
    """
    best, best_score = "", -2.0
    passage = read_passage(text)
    needles = probe.needles.among(probe.concepts & probe.needles.look(passage.folded, passage.sounds))
    for sentence, (folded, sounds, _) in zip(sentences(text), passage.sentences, strict=False):
        score = probe.coverage(needles.look_for_words(folded, sounds)) + wanted(analysis, folded) / 2
        if analysis.years and (named := years_in(folded)):
            score += 0.25 if set(named) & set(analysis.years) else -1.0
        if score + _TIE > best_score:
            # Every row of a table has a column 总计, and one row is the 总计: what is asked for is what a sentence begins with.
            length = len(_COMMA.split(folded, maxsplit=1)[0])
            score += _TIE * probe.coverage(needles.look_for_words(folded[:length], sounds[:length]))
        if score > best_score and sentence.strip():
            best, best_score = sentence.strip(), score
    return best
