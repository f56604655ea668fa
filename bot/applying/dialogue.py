"""The dialogue that leads through an application: (draft, input) → (draft, prompt), the same on every channel."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from enum import StrEnum

from bot.applying import wording
from bot.applying.draft import Draft, Stage
from bot.model import ApplicantKind, Delivery

# Longer words than these are no name, no contact, no description.
LONGEST = {
    Stage.SOUGHT: 2000,
    Stage.TITLE: 200,
    Stage.DOCUMENT_NUMBER: 100,
    Stage.NAME: 100,
    Stage.IDENTITY: 100,
    Stage.CONTACT: 300,
}
_SHORTEST_CONTACT = 5


class Move(StrEnum):
    """What a citizen may do at a stage beside answering: 返回, 跳过, 取消."""

    BACK = "back"
    SKIP = "skip"
    CANCEL = "cancel"


class Ending(StrEnum):
    """How a dialogue ends: given up, answered by what is published, sent."""

    CANCELLED = "cancelled"
    PUBLISHED = "published"
    SENT = "sent"


SEND, GO_ON, ENOUGH = "send", "go-on", "enough"


@dataclass(frozen=True, slots=True)
class Option:
    """An answer to choose; `value` is what comes back, `label` what is read."""

    value: str
    label: str


@dataclass(frozen=True, slots=True)
class Prompt:
    """What a citizen is asked.

    Attributes:
        options: answers to choose from; none where words are expected.
        moves: what else may be done here.
        stage: at which it is asked; None for what is said at the end.
    """

    text: str
    options: tuple[Option, ...] = ()
    moves: tuple[Move, ...] = ()
    stage: Stage | None = None


@dataclass(frozen=True, slots=True)
class Turn:
    """What an input leads to: another stage, the same one with a problem, or the end."""

    draft: Draft
    problem: str = ""
    ending: Ending | None = None


def read_move(typed: str) -> Move | None:
    """A move in words, in any of the languages: 返回, skip, /cancel; None where it is an answer."""
    return _MOVES.get(typed.strip().lower())


def advance(draft: Draft, said: str | Move, look_up: Callable[[str], str]) -> Turn:
    """Take one input.

    Args:
        draft: as it stands.
        said: words, the number or the value of an option, or a move.
        look_up: given what is sought, the text that shows what is published on it; empty where nothing is.
    """
    if said is Move.CANCEL:
        return Turn(draft, ending=Ending.CANCELLED)
    if said is Move.BACK:
        return Turn(_turned_to(draft, -1))
    if said is Move.SKIP:
        if draft.stage.skippable:
            return Turn(_turned_to(draft.answered(""), 1))
        return Turn(draft, wording.phrases(draft.language).needed)
    turn = _answered(draft, said.strip())
    if draft.stage is Stage.SOUGHT and turn.draft is not draft:
        return _looked_up(turn.draft, look_up)
    return turn


def _looked_up(draft: Draft, look_up: Callable[[str], str]) -> Turn:
    """By article 36 (1) whoever asks for what is published is told where it stands, before anything else."""
    found = look_up(draft.answer(Stage.SOUGHT))
    draft = replace(draft, published=found, stage=Stage.SOUGHT)
    return Turn(_turned_to(draft, 1))


def ask(draft: Draft) -> Prompt:
    """What is asked at the stage of a draft."""
    words = wording.phrases(draft.language)
    place = draft.stages.index(draft.stage)
    text = wording.question(draft)
    if draft.stage is Stage.PUBLISHED:
        text = f"{draft.published}\n\n{text}"
    counted = words.progress.format(place=place + 1, places=len(draft.stages))
    moves = [Move.CANCEL]
    if draft.stage.skippable:
        moves.insert(0, Move.SKIP)
    if place:
        moves.insert(0, Move.BACK)
    return Prompt(f"{counted} {text}", options(draft), tuple(moves), draft.stage)


def options(draft: Draft) -> tuple[Option, ...]:
    """The answers that a stage offers; none where words are expected."""
    words = wording.phrases(draft.language)
    match draft.stage:
        case Stage.PUBLISHED:
            return Option(ENOUGH, words.enough), Option(GO_ON, words.go_on)
        case Stage.KIND:
            return tuple(Option(kind.value, wording.applicant_kind(kind, draft.language)) for kind in ApplicantKind)
        case Stage.DELIVERY:
            return tuple(Option(way.value, wording.delivery(way, draft.language)) for way in Delivery)
        case Stage.CONFIRM:
            return (Option(SEND, words.send),)
    return ()


def _answered(draft: Draft, said: str) -> Turn:
    words = wording.phrases(draft.language)
    if offered := options(draft):
        chosen = _chosen(offered, said)
        return _picked(draft, chosen) if chosen else Turn(draft, words.choose)
    if draft.stage.skippable and said.lower() in _UNKNOWN:
        return Turn(_turned_to(draft.answered(""), 1))
    if not said:
        return Turn(draft, words.needed)
    longest = LONGEST[draft.stage]
    if len(said) > longest:
        return Turn(draft, words.too_long.format(longest=longest))
    if draft.stage is Stage.CONTACT and (problem := _contact_problem(draft, said)):
        return Turn(draft, problem)
    return Turn(_turned_to(draft.answered(said), 1))


def _chosen(offered: tuple[Option, ...], said: str) -> str:
    """The option that was named by its value, its label or its number; empty where none was."""
    for number, option in enumerate(offered, 1):
        if said.lower() in (option.value, option.label.lower(), str(number)):
            return option.value
    return ""


def _picked(draft: Draft, value: str) -> Turn:
    if value == SEND:
        return Turn(draft, ending=Ending.SENT)
    if value == ENOUGH:
        return Turn(draft, ending=Ending.PUBLISHED)
    if value != GO_ON:
        draft = draft.answered(value)
    return Turn(_turned_to(draft, 1))


def _contact_problem(draft: Draft, said: str) -> str:
    words = wording.phrases(draft.language)
    if draft.delivery is Delivery.EMAIL and "@" not in said:
        return words.no_email
    return words.no_contact if len(said) < _SHORTEST_CONTACT else ""


def _turned_to(draft: Draft, by: int) -> Draft:
    stages = draft.stages
    place = min(max(stages.index(draft.stage) + by, 0), len(stages) - 1)
    return replace(draft, stage=stages[place])


# What people write into a field that they cannot fill in.
_UNKNOWN = frozenset(("没有", "沒有", "无", "無", "不知道", "不清楚", "no", "none", "unknown", "-"))
_MOVES = {
    **dict.fromkeys(("返回", "上一步", "back", "/back"), Move.BACK),
    **dict.fromkeys(("跳过", "跳過", "skip", "/skip"), Move.SKIP),
    **dict.fromkeys(("取消", "cancel", "/cancel"), Move.CANCEL),
}
