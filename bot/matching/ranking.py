"""Candidates to Matches: how much of what a question asks for does a section hold, and how plainly."""

from __future__ import annotations

from bisect import insort
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

from bot.matching.figures import wanted
from bot.matching.fuzzy import likeness
from bot.matching.probe import Held, Probe, needles_of
from bot.matching.question import Analysis
from bot.matching.readable import Readable, read_names, read_passage, sentences_of, tokens_of_name
from bot.matching.scattered import Characters
from bot.matching.scoring import Features, Shares, Weights, shares_of, total
from bot.matching.weighing import Text, Weighed, breadth
from bot.model import FIRST, OPENING, Document, Match, Section

LOOKED_AT = 12
# A passage that holds less of a question, and that by sound alone, is alike by chance: 天气 sounds as 第二天起 does.
MOST_BY_CHANCE = 0.5


@dataclass(frozen=True, slots=True)
class Candidate:
    """A section that retrieval found.

    Attributes:
        retrieval: how well, its score as a share of the best one's, 0 to 1.
        bound: whether it is of the years and agencies that the question is bound to.
    """

    document: Document
    section: Section
    retrieval: float
    bound: bool = False


class Judged(NamedTuple):
    """A match with what its score is made of.

    Attributes:
        shares: of the score before a part outdid it.
        outdone: what it lost to a part of it that holds as much; 0 or less.
        own: what of the question the passage with its own heading holds.
    """

    match: Match
    features: Features
    shares: Shares
    outdone: float
    own: Held = Held((), ())


def rank(
    analysis: Analysis, weighed: Sequence[Weighed], candidates: Sequence[Candidate], weights: Weights
) -> tuple[Match, ...]:
    """Score the likeliest candidates from 0 to 1 and put the best first."""
    return tuple(judged.match for judged in judge(analysis, weighed, candidates, weights))


def judge(
    analysis: Analysis, weighed: Sequence[Weighed], candidates: Sequence[Candidate], weights: Weights
) -> tuple[Judged, ...]:
    """Score the likeliest candidates, the best first, and keep what each score is made of.

    Those that the question is bound to are looked at before all others, and a whole never stands before a part of it that
    holds as much.
    """
    probe = Probe(weighed)
    likeliest = _likeliest(probe, candidates, weights)
    seen = [(candidate, _features(analysis, probe, candidate, whole, own)) for candidate, whole, own in likeliest]
    shares = {(one.document.id, one.section.id): shares_of(own, weights) for one, own in seen}
    scores = {place: total(made_of) for place, made_of in shares.items()}
    judged = []
    for (candidate, own), (_, _, held_here) in zip(seen, likeliest, strict=True):
        place = candidate.document.id, candidate.section.id
        found = scores[place]
        below = f"{candidate.section.id}."
        parts = [
            scores[other.document.id, other.section.id]
            for other, part in seen
            if other.section.id.startswith(below)
            and other.document.id == candidate.document.id
            and _outdoes(other, part, candidate, own)
        ]
        left = min(weights.outdone * found, max(parts) * 0.999) if parts else found
        match = Match(candidate.document, candidate.section, left)
        judged.append(Judged(match, own, shares[place], left - found, held_here))
    return tuple(sorted(judged, key=lambda one: -one.match.score))


def echoes(analysis: Analysis, weighed: Sequence[Weighed], judged: Judged) -> bool:
    """Whether a match holds but a part of the question, and that by sound alone, though nobody spelled it.

    Then passage, headings and title hold no two neighbouring characters, and no word, of the question.
    """
    by_sound_alone = judged.own.sounds and not _has_word(judged.own)
    if analysis.spelled or judged.features.whole >= MOST_BY_CHANCE or not by_sound_alone:
        return False
    document, section = judged.match.document, judged.match.section
    above = read_names(document.title, *document.aliases, *section.headings[:-1])
    return not _has_word(needles_of(weighed).look(above))


def _has_word(found: Held) -> bool:
    return any(len(token) > 1 for token in found.tokens)


def _outdoes(other: Candidate, part: Features, candidate: Candidate, own: Features) -> bool:
    """Whether another candidate, which is a part of this one, holds as much as it does.

    A whole that gives its parts' words, and is asked for by its own name, answers better than any one of them.
    """
    return (
        part.whole >= own.whole - 0.05
        and part.wanted >= own.wanted
        and (part.named >= own.named or other.section.text not in candidate.section.text)
    )


def _likeliest(probe: Probe, candidates: Sequence[Candidate], weights: Weights) -> list[tuple[Candidate, float, Held]]:
    """The candidates that are worth a look sentence by sentence, each with the share of the question that it holds.

    Sentence by sentence is ten times the work of the whole; the last of many candidates are not worth it. Nor is the whole
    of one that would not be among the likeliest even if it held everything.
    """
    looked_at: list[tuple[float, Candidate, float, Held]] = []
    for bound in (True, False):
        room = LOOKED_AT - len(looked_at)
        likeliest: list[tuple[float, Candidate, float, Held]] = []
        floors: list[float] = []
        of_kind = [candidate for candidate in candidates if candidate.bound == bound]
        for candidate in sorted(of_kind, key=lambda one: -one.retrieval) if room else ():
            retrieval = candidate.retrieval * weights.retrieval
            if len(floors) >= room and retrieval + weights.whole < floors[-room]:
                break
            whole, own = _held_by(probe, candidate, weights)
            likelihood = whole * weights.whole + retrieval
            insort(floors, likelihood)
            likeliest.append((likelihood, candidate, whole, own))
        likeliest.sort(key=lambda one: -one[0])
        looked_at += likeliest[:room]
    return [(candidate, whole, own) for _, candidate, whole, own in looked_at]


def _held_by(probe: Probe, candidate: Candidate, weights: Weights) -> tuple[float, Held]:
    """The share of the question that title, headings and passage hold together, ancestors' words at a discount.

    With it, what the passage with its own heading holds of the question.
    """
    own = _own(probe, candidate)
    total = gained = 0.0
    for part, share in zip(probe.weighed, _shares_held(probe, candidate, own, weights), strict=True):
        total += part.weight
        gained += part.weight * share
    return (gained / total if total else 0.0), own


def _own(probe: Probe, candidate: Candidate) -> Held:
    """What the passage with its own heading holds of the question."""
    section = candidate.section
    heading = probe.in_names(section.name or candidate.document.title)
    return probe.needles.look(read_passage(section.text)).with_name(heading)


def held_in(part: Weighed, candidate: Candidate, weights: Weights, *, by_sound: bool = True) -> float:
    """The share of one concept that title, headings and passage hold together; by their characters alone if you like."""
    probe = Probe((part if by_sound else replace(part, sounds=frozenset()),))
    return _shares_held(probe, candidate, _own(probe, candidate), weights)[0]


def breadth_of(judged: Judged, weighed: Sequence[Weighed]) -> float:
    """How many of the question's neighbours a passage with its own heading holds, as `weighing.breadth` counts them."""
    tokens, sounds = judged.own
    return breadth(weighed, Text(frozenset(tokens), frozenset(sounds)))


def _shares_held(probe: Probe, candidate: Candidate, own: Held, weights: Weights) -> Sequence[float]:
    """How much of each concept title, headings and passage hold together."""
    document, section = candidate.document, candidate.section
    shares = probe.shares(own)
    if not shares or min(shares) >= weights.ancestors:
        return shares
    above = probe.shares(probe.in_names(document.title, *document.aliases, *section.headings[:-1]))
    found = [
        share if share >= weights.ancestors else max(share, weights.ancestors * higher)
        for share, higher in zip(shares, above, strict=True)
    ]
    for place, syllables in probe.syllables.items():
        if found[place] < weights.ancestors:
            names = (document.title, *document.aliases, *section.headings)
            found[place] = max(found[place], weights.ancestors * likeness(syllables, names))
    return found


def _features(analysis: Analysis, probe: Probe, candidate: Candidate, whole: float, own: Held) -> Features:
    """Look at one candidate that holds the share `whole` of the question, its passage and heading what is `own`."""
    document, section = candidate.document, candidate.section
    called = section.name or document.title
    # Who asks for the document by its title or an alias is shown how it begins.
    names = (called, document.title, *document.aliases) if section.id in FIRST else (called,)
    passage = read_passage(section.text)
    sentences = [one for one in sentences_of(passage) if one.folded.strip()]
    letters = probe.characters.beside(read_names(called), passage)
    sentence, characters = _best_sentence(probe, own, called, letters, sentences)
    return Features(
        whole=whole,
        sentence=sentence,
        characters=characters,
        named=max([_alike(probe, tokens_of_name(name)) for name in names]),
        retrieval=candidate.retrieval,
        wanted=_most_wanted(analysis, sentences),
        opening=float(section.id == OPENING),
    )


def _best_sentence(
    probe: Probe, own: Held, called: str, characters: Characters, sentences: Sequence[Readable]
) -> tuple[float, float]:
    """The largest share of the question, and of its characters, that one of the sentences holds together with the heading."""
    heading = probe.in_names(called)
    # What the heading holds need not be found once more.
    needles = probe.needles.narrowed(own, heading)
    best = best_characters = 0.0
    for sentence in sentences:
        found = needles.look(sentence)
        held_here = found.with_name(heading) if found.tokens or found.sounds else heading
        density = _density(sentence.folded)
        best = max(best, probe.coverage(held_here) * density)
        best_characters = max(best_characters, characters.share(sentence, held_here.tokens) * density)
    return best, best_characters


def _most_wanted(analysis: Analysis, sentences: Sequence[Readable]) -> float:
    """The most that one of the sentences holds of the figure or the time that is asked for; 0 where there are none."""
    most = 0.0
    for sentence in sentences:
        most = max(most, wanted(analysis, sentence.folded))
        if most == 1.0:
            break
    return most


def _density(sentence: str) -> float:
    """1 for a sentence of usual length; a long one holds something of everything: 0.84 at 240 characters."""
    return float((120 / len(sentence)) ** 0.25) if len(sentence) > 120 else 1.0


def _alike(probe: Probe, name: frozenset[str]) -> float:
    """How much of the question a name holds, times how much of the name the question asks for: their geometric mean."""
    held_here = probe.in_name_alone(name)
    if not held_here:
        return 0.0
    asked = held_here & probe.units
    for part in probe.weighed:
        for meaning in part.meanings:
            if meaning <= held_here:
                asked |= meaning
    recall = probe.coverage(Held(tuple(held_here), ()))
    return float((recall * len(asked) / len(name)) ** 0.5)
