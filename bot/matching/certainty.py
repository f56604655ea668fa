"""How certain an answer is: whether enough speaks for the best match, and whether it leads the others by enough."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple, Protocol

from bot.model import Match

# Up to so many characters a passage is about one thing; a longer one holds something of everything.
ABOUT_ONE_THING = 100
# How many of those behind the runner-up tell whether an answer stands alone or in a crowd.
CROWD = 3


@dataclass(frozen=True, slots=True)
class Policy:
    """What a decision asks for: floors fitted on labelled questions, and what counts towards them; bot/data/policy.toml.

    Attributes:
        answer: a match with less evidence is no answer.
        choices: a match that scores less is not even offered.
        margin: a match that leads by less is no answer.
        score, gap: what an answer scores, and by what it exceeds the next one, at the least, whatever else speaks for it.
        breadth, length: what each counts in evidence against the score's 1.
        named, room, sentence, retrieval: what each counts in a lead against the gap's 1.
    """

    answer: float
    choices: float
    margin: float
    score: float = 0.0
    gap: float = 0.0
    breadth: float = 0.0
    length: float = 0.0
    named: float = 0.0
    room: float = 0.0
    sentence: float = 0.0
    retrieval: float = 0.0


class Grounds(NamedTuple):
    """What speaks for a match beside its score.

    Attributes:
        named: how alike the question and its heading, title or alias are, from 0 to 1.
        sentence: the share of the question that its best sentence holds.
        retrieval: how well the index finds it, as a share of the best one's score.
    """

    named: float = 0.0
    sentence: float = 0.0
    retrieval: float = 0.0


class Found(Protocol):
    """What was found for one question."""

    def grounds(self, match: Match) -> Grounds:
        """What speaks for a match beside its score."""

    def echoes(self, match: Match) -> bool:
        """Whether a match holds but a part of the question, and that by sound alone."""

    @property
    def weight(self) -> float:
        """How rare what the question asks for is, as `vocabulary.rarity` counts it, all its concepts together."""

    def breadth(self, match: Match) -> float:
        """How many of the question's neighbours a match holds, as `weighing.breadth` counts them; asked of few matches."""


class Evidence(NamedTuple):
    """What each thing adds to the evidence for a match, or takes from it; together they are the evidence."""

    score: float
    breadth: float
    length: float


class Lead(NamedTuple):
    """What each thing adds to a lead; together they are the lead.

    Attributes:
        gap: by how much the score exceeds the next one that says something else; 1 where there is none.
        named: those who ask for a passage by its name mean that one.
        room: how far those behind the runner-up fall back, on average; where they crowd, a gap is chance.
        sentence, retrieval: how far it leads all others in these alone.
    """

    gap: float
    named: float
    room: float
    sentence: float
    retrieval: float


class Certainty(NamedTuple):
    """How certain the best match is."""

    evidence: Evidence
    lead: Lead


@dataclass(frozen=True, slots=True)
class Standard:
    """A policy for the matches of one question.

    Attributes:
        found: knows what speaks for them.
        tells: whether the question tells one passage from others at all.
    """

    policy: Policy
    found: Found
    tells: bool = True

    def is_offered(self, match: Match) -> bool:
        """Whether a match is worth being offered: what only sounds like a part of the question is alike by chance."""
        return match.score >= self.policy.choices and not self.found.echoes(match)

    def could_answer(self, match: Match) -> bool:
        """Whether enough speaks for a match, whatever others say."""
        return match.score >= self.policy.score and sum(self._evidence(match)) >= self.policy.answer

    def answers(self, certainty: Certainty) -> bool:
        """Whether a best match is certain enough to be the answer."""
        policy, (evidence, lead) = self.policy, certainty
        return (
            self.tells
            and evidence.score >= policy.score
            and sum(evidence) >= policy.answer
            and lead.gap >= policy.gap
            and sum(lead) >= policy.margin
        )

    def certainty(self, distinct: Sequence[Match]) -> Certainty:
        """How certain the first of some matches is, of which no two say the same; best first, at least one."""
        return Certainty(self._evidence(distinct[0]), self._lead(distinct))

    def _lead(self, distinct: Sequence[Match]) -> Lead:
        policy, best = self.policy, distinct[0]
        own, *others = map(self.found.grounds, distinct)
        crowd = sum(match.score for match in distinct[2 : 2 + CROWD]) / (CROWD * best.score) if best.score else 1.0
        nearest = max((other.retrieval for other in others), default=0.0)
        behind = min(1.0, nearest / own.retrieval) if own.retrieval else 1.0
        return Lead(
            gap=best.score - distinct[1].score if others else 1.0,
            named=policy.named * own.named,
            room=policy.room * (1 - crowd),
            sentence=policy.sentence * (own.sentence - max((other.sentence for other in others), default=0.0)),
            retrieval=policy.retrieval * (1 - behind),
        )

    def _evidence(self, match: Match) -> Evidence:
        length = math.log(max(1.0, len(match.section.text) / ABOUT_ONE_THING))
        breadth = self.policy.breadth * self.found.breadth(match)
        return Evidence(match.score, breadth, -self.policy.length * length)
