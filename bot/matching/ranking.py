"""Candidates to Matches: how much of what a question asks for does a section hold, and how plainly."""

from __future__ import annotations

from bisect import insort
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

from bot.matching.figures import wanted
from bot.matching.needles import Held
from bot.matching.probe import Probe
from bot.matching.question import Analysis
from bot.matching.readable import Passage, read_passage
from bot.matching.scoring import Features, Shares, Weights, shares_of, total
from bot.matching.weighing import Weighed
from bot.model import FIRST, OPENING, Document, Match, Section

LOOKED_AT = 12
# What stands elsewhere is looked at too, for what the question is bound to may hold nothing but a word of it.
ELSEWHERE = 3
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
    own: Held = 0


def rank(analysis: Analysis, probe: Probe, candidates: Sequence[Candidate], weights: Weights) -> tuple[Match, ...]:
    """Score the likeliest candidates from 0 to 1 and put the best first."""
    return tuple(judged.match for judged in judge(analysis, probe, candidates, weights))


def judge(analysis: Analysis, probe: Probe, candidates: Sequence[Candidate], weights: Weights) -> tuple[Judged, ...]:
    """Score the likeliest candidates, the best first, and keep what each score is made of.

    Those that the question is bound to are looked at before all others, and a whole never stands before a part of it that
    holds as much.
    """
    seen = []
    of_document: dict[str, list[tuple[Section, Features, float]]] = {}
    for candidate, whole, own in _likeliest(probe, candidates, weights):
        features = _features(analysis, probe, candidate, whole, own)
        shares = shares_of(features, weights)
        score = total(shares)
        seen.append((candidate, features, shares, score, own))
        of_document.setdefault(candidate.document.id, []).append((candidate.section, features, score))
    judged = []
    for candidate, features, shares, found, own in seen:
        below = f"{candidate.section.id}."
        parts = [
            score
            for section, of_part, score in of_document[candidate.document.id]
            if section.id.startswith(below) and _outdoes(section, of_part, candidate.section, features)
        ]
        left = min(weights.outdone * found, max(parts) * 0.999) if parts else found
        match = Match(candidate.document, candidate.section, left)
        judged.append(Judged(match, features, shares, left - found, own))
    return tuple(sorted(judged, key=lambda one: -one.match.score))


def echoes(analysis: Analysis, probe: Probe, judged: Judged) -> bool:
    """Whether a match holds but a part of the question, and that by sound alone, though nobody spelled it.

    Then passage, headings and title hold no two neighbouring characters, and no word, of the question.
    """
    by_sound_alone = probe.has_sound(judged.own) and not probe.has_word(judged.own)
    if analysis.spelled or judged.features.whole >= MOST_BY_CHANCE or not by_sound_alone:
        return False
    document, section = judged.match.document, judged.match.section
    return not probe.has_word(probe.in_names(_above(document, section)))


def _outdoes(part: Section, of_part: Features, section: Section, own: Features) -> bool:
    """Whether a part of a section holds as much as the whole does.

    A whole that gives its parts' words, and is asked for by its own name, answers better than any one of them.
    """
    return (
        of_part.whole >= own.whole - 0.05
        and of_part.wanted >= own.wanted
        and (of_part.named >= own.named or part.text not in section.text)
    )


def _likeliest(probe: Probe, candidates: Sequence[Candidate], weights: Weights) -> list[tuple[Candidate, float, Held]]:
    """The candidates that are worth a look sentence by sentence, each with the share of the question that it holds.

    Sentence by sentence is several times the work of the whole; the last of many candidates are not worth it. Nor is the
    whole of one that would not be among the likeliest even if it held everything.
    """
    looked_at: list[tuple[float, Candidate, float, Held]] = []
    for bound in (True, False):
        room = max(LOOKED_AT - len(looked_at), ELSEWHERE)
        likeliest: list[tuple[float, Candidate, float, Held]] = []
        floors: list[float] = []
        of_kind = [candidate for candidate in candidates if candidate.bound == bound]
        for candidate in sorted(of_kind, key=lambda one: -one.retrieval):
            retrieval = candidate.retrieval * weights.retrieval
            if len(floors) >= room and retrieval + weights.whole < floors[-room]:
                break
            own = _own(probe, candidate)
            whole = probe.mean(_shares_held(probe, candidate, own, weights))
            likelihood = whole * weights.whole + retrieval
            insort(floors, likelihood)
            likeliest.append((likelihood, candidate, whole, own))
        likeliest.sort(key=lambda one: -one[0])
        looked_at += likeliest[:room]
    return [(candidate, whole, own) for _, candidate, whole, own in looked_at]


def _own(probe: Probe, candidate: Candidate) -> Held:
    """What the passage with its own heading holds of the question."""
    section = candidate.section
    passage = read_passage(section.text)
    return probe.needles.look(passage.folded, passage.sounds) | probe.in_name[section.name or candidate.document.title]


def held_in(part: Weighed, candidate: Candidate, weights: Weights, *, by_sound: bool = True) -> float:
    """The share of one concept that title, headings and passage hold together; by their characters alone if you like."""
    probe = Probe((part if by_sound else replace(part, sounds=frozenset()),))
    return _shares_held(probe, candidate, _own(probe, candidate), weights)[0]


def _shares_held(probe: Probe, candidate: Candidate, own: Held, weights: Weights) -> list[float]:
    """How much of each concept title, headings and passage hold together, ancestors' words at a discount."""
    shares = probe.shares(own)
    if not shares or min(shares) >= weights.ancestors:
        return shares
    document, section = candidate.document, candidate.section
    above = probe.shares(probe.in_names(_above(document, section)))
    found = [
        share if share >= weights.ancestors else max(share, weights.ancestors * higher)
        for share, higher in zip(shares, above, strict=True)
    ]
    probe.raise_mistyped(found, (document.title, *document.aliases, *section.headings), weights.ancestors)
    return found


def _above(document: Document, section: Section) -> tuple[str, ...]:
    """What stands above a section's own heading."""
    return (document.title, *document.aliases, *section.headings[:-1])


def _features(analysis: Analysis, probe: Probe, candidate: Candidate, whole: float, own: Held) -> Features:
    """Look at one candidate that holds the share `whole` of the question, its passage and heading what is `own`."""
    document, section = candidate.document, candidate.section
    called = section.name or document.title
    # Who asks for the document by its title or an alias is shown how it begins.
    names = (called, document.title, *document.aliases) if section.id in FIRST else (called,)
    passage = read_passage(section.text)
    sentence, characters = _best_sentence(probe, own, called, passage)
    return Features(
        whole=whole,
        sentence=sentence,
        characters=characters,
        named=max([probe.alike[name] for name in names]),
        retrieval=candidate.retrieval,
        wanted=_most_wanted(analysis, probe, candidate, own, passage),
        opening=float(section.id == OPENING),
    )


def _best_sentence(probe: Probe, own: Held, called: str, passage: Passage) -> tuple[float, float]:
    """The largest share of the question, and of its characters, that one of the sentences holds together with the heading."""
    below = probe.below[probe.in_name[called]]
    sought = below.open(own)
    needles, most = probe.needles.among(sought), below.shares[sought]
    best = best_characters = 0.0
    for folded, sounds, density in passage.sentences:
        coverage, characters = below.shares[needles.look(folded, sounds)]
        if coverage * density > best:
            best = coverage * density
        if characters * density > best_characters:
            best_characters = characters * density
        if best >= most.coverage and best_characters >= most.characters:
            # One that holds all that the passage holds: no other can hold more.
            break
    return best, best_characters


def _most_wanted(analysis: Analysis, probe: Probe, candidate: Candidate, own: Held, passage: Passage) -> float:
    """The most that one of the sentences holds of the figure or the time that is asked for; 0 where there are none.

    A figure counts where its sentence, or what stands above it, holds something of what is asked for: 133条 is no answer to
    有几个科室, though the next sentence speaks of 科室.
    """
    most = wanted(analysis, passage.folded) if any(sentence.density for sentence in passage.sentences) else 0.0
    if not most or analysis.unit is None:
        return most
    if probe.concepts & probe.in_names((candidate.document.title, *candidate.section.headings)):
        return most
    needles, best = probe.needles.among(probe.concepts & own), 0.0
    for folded, sounds, _ in passage.sentences:
        if best < most and needles.look(folded, sounds):
            best = max(best, wanted(analysis, folded))
    return best
