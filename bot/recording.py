"""What became of a question, and its contact record under the asker's pseudonym."""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Callable
from dataclasses import dataclass, replace

from bot import replies
from bot.model import Channel, Decision, Question, Reply, RequestKind, Resolution, Verdict
from bot.store import Store


@dataclass(frozen=True, slots=True)
class Answered:
    """What became of a question.

    Attributes:
        agency: key of the agency that answers or was asked, whose contact a reply gives; empty where none is known.
        reference: of the contact record; None where the question was not put on record.
        told: whether it tells the contact that was asked for, which is as good as an answer.
    """

    question: Question
    kind: RequestKind
    decision: Decision
    reply: Reply
    agency: str
    reference: str | None
    milliseconds: float
    told: bool = False


class Recording:
    """Puts questions on record; threads may share it.

    Args:
        store: with the register.
        secret: what citizens' pseudonyms are made with; called for the first record.
    """

    def __init__(self, store: Store, secret: Callable[[], bytes]) -> None:
        self._store = store
        self._secret = secret

    def put(self, answered: Answered, origin: str, along: Callable[[Answered], None] | None) -> Answered:
        """Put a question and its reply on record, committed before this returns.

        Args:
            answered: what became of the question.
            origin: what tells a redelivered message; it is recorded once.
            along: writes what belongs to the answer in the record's transaction.

        Returns:
            The same with the record's reference.
        """
        with self._store.together():
            answered = replace(answered, reference=self._add(answered, origin))
            if along:
                along(answered)
        return answered

    def citizen_key(self, channel: Channel, citizen: str) -> str:
        """The pseudonym that a citizen's records bear; empty for nobody."""
        return citizen_key(self._secret(), channel, citizen)

    def _add(self, answered: Answered, origin: str) -> str:
        question, decision = answered.question, answered.decision
        found = decision.matches[0].document if decision.verdict is Verdict.ANSWER else None
        record = self._store.records.add(
            channel=question.channel,
            citizen_key=self.citizen_key(question.channel, question.citizen),
            question=question.text,
            asked_at=question.asked_at,
            kind=answered.kind,
            decision=decision.verdict,
            matches=tuple((match.document.id, match.section.id, round(match.score, 4)) for match in decision.matches),
            reply=replies.plain_text(answered.reply),
            milliseconds=answered.milliseconds,
            origin=origin,
            understood=question.understood,
            outcome=_outcome(answered),
            agency=answered.agency,
            category=found.category if found else "",
        )
        return record.reference


def _outcome(answered: Answered) -> Resolution:
    """Choices and none leave an inquiry open, unless the contact was all it asked for; small talk has nothing to wait for."""
    done = answered.decision.verdict is Verdict.ANSWER or answered.told or not answered.kind.is_searched
    return Resolution.ANSWERED if done else Resolution.OPEN


def citizen_key(secret: bytes, channel: Channel, citizen: str) -> str:
    """A pseudonym that tells citizens of one channel apart and nobody who they are without the secret; empty for nobody."""
    if not citizen:
        return ""
    return hmac.new(secret, f"{channel}:{citizen}".encode(), hashlib.sha256).hexdigest()[:32]
