"""What the public asked and did not get: questions grouped where they ask the same, whatever the words and their spelling."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from bot.language.chatter import remove_chatter
from bot.language.normalise import fold
from bot.language.tokens import pinyin_bigrams, runs
from bot.language.wording import content_stretches
from bot.model import ContactRecord, Rating, Resolution, Verdict

ALIKE = 0.6
"""From which share of what they say two questions ask the same, by Dice's coefficient over bigrams of sounds."""
EXAMPLES = 3


class Want(StrEnum):
    """Why a question counts: 未找到, 列出选项未采用, 评为没帮助, 转人工."""

    NOTHING = "未找到"
    CHOICES = "选项未采用"
    UNHELPFUL = "没帮助"
    PERSON = "转人工"

    @property
    def is_of_the_answer(self) -> bool:
        """Whether something was answered, and did not help."""
        return self in (Want.UNHELPFUL, Want.PERSON)


@dataclass(slots=True)
class Asked:
    """Questions that ask the same.

    Attributes:
        reference: of the shortest of them, which stands for all.
        question: its words.
        wants: how often, by why.
        examples: other words for it, as first asked.
    """

    reference: str
    question: str
    wants: Counter[Want] = field(default_factory=Counter)
    examples: list[str] = field(default_factory=list)

    @property
    def count(self) -> int:
        """How many questions they are."""
        return self.wants.total()


def want_of(record: ContactRecord, rating: Rating | None) -> Want | None:
    """Why a record's question was left wanting; None where it was not, or where its words are erased."""
    if record.merged_into or record.erased_at or not record.kind.is_searched or record.decision is None:
        return None
    if record.outcome in (Resolution.PASSED_ON, Resolution.ANSWERED_BY_STAFF):
        return Want.PERSON
    if record.decision is Verdict.NONE:
        # Who asked for the telephone and was told it wants for nothing.
        return None if record.outcome is Resolution.ANSWERED else Want.NOTHING
    if rating and not rating.helpful:
        return Want.UNHELPFUL
    is_left = record.decision is Verdict.CHOICES and record.outcome is Resolution.OPEN
    return Want.CHOICES if is_left else None


def gather(records: Iterable[ContactRecord], ratings: Mapping[str, Rating]) -> list[Asked]:
    """The questions left wanting, grouped, the most frequent first.

    Args:
        records: gone through once; only the groups are held.
        ratings: the newest of each record that has one.
    """
    groups: list[Asked] = []
    sayings: list[frozenset[str]] = []
    saying: dict[str, list[int]] = defaultdict(list)
    for record in records:
        want = want_of(record, ratings.get(record.reference))
        words = " ".join((record.understood or record.question).split())
        said = what_is_said(words)
        if want is None or not said:
            continue
        place = _alike(said, sayings, saying)
        if place is None:
            place = len(groups)
            groups.append(Asked(record.reference, words))
            sayings.append(said)
            for token in said:
                saying[token].append(place)
        _join(groups[place], record.reference, words)
        groups[place].wants[want] += 1
    return sorted(groups, key=lambda asked: (-asked.count, asked.reference))


def _join(asked: Asked, reference: str, words: str) -> None:
    if len(words) < len(asked.question):
        asked.reference, asked.question, words = reference, words, asked.question
    if words != asked.question and words not in asked.examples and len(asked.examples) < EXAMPLES:
        asked.examples.append(words)


def what_is_said(question: str) -> frozenset[str]:
    """What a question says, by sound, without greetings and asking words; numbers as they are."""
    folded = remove_chatter(fold(question))
    parts = content_stretches(folded) or tuple(runs(folded))
    return frozenset((*pinyin_bigrams(parts), *(part for part in parts if not part[0] >= "\u3007")))


def _alike(said: frozenset[str], sayings: list[frozenset[str]], saying: Mapping[str, list[int]]) -> int | None:
    """The group that says most nearly the same; another number, such as another year, is another question."""
    shared = Counter(place for token in said for place in saying.get(token, ()))
    numbers = _numbers(said)
    best, likeness = None, ALIKE
    for place, common in shared.items():
        alike = 2 * common / (len(said) + len(sayings[place]))
        if alike >= likeness and _numbers(sayings[place]) == numbers:
            best, likeness = place, alike
    return best


def _numbers(said: frozenset[str]) -> frozenset[str]:
    return frozenset(token for token in said if token[0].isdigit())
