"""An application while a citizen fills it in: what was said so far, and what is asked next."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, replace
from datetime import datetime
from enum import StrEnum
from typing import Any

from bot.model import Applicant, ApplicantKind, Application, Arrival, Channel, Delivery, Event, Language, Request, Step


class Stage(StrEnum):
    """What is asked, in this order: the fields of 政府信息公开条例第二十九条, and what is published (第三十六条第一项)."""

    SOUGHT = "sought"
    PUBLISHED = "published"
    TITLE = "title"
    DOCUMENT_NUMBER = "document_number"
    KIND = "kind"
    NAME = "name"
    IDENTITY = "identity"
    DELIVERY = "delivery"
    CONTACT = "contact"
    CONFIRM = "confirm"

    @property
    def skippable(self) -> bool:
        """Whether an application is whole without it."""
        return self in (Stage.TITLE, Stage.DOCUMENT_NUMBER)


@dataclass(frozen=True, slots=True)
class Draft:
    """An application that is not sent yet.

    Attributes:
        with_identity: whether identity proof is collected here; staff decide that.
        answers: what was said at each stage so far; a choice by its value.
        published: what is published on what is sought, to be shown first; empty where nothing is.
    """

    channel: Channel
    language: Language
    arrival: Arrival = Arrival.ONLINE
    with_identity: bool = False
    stage: Stage = Stage.SOUGHT
    answers: Mapping[Stage, str] = field(default_factory=dict)
    published: str = ""

    @property
    def stages(self) -> tuple[Stage, ...]:
        """All that this citizen is asked, in order."""
        left_out = {Stage.IDENTITY: not self.with_identity, Stage.PUBLISHED: not self.published}
        return tuple(stage for stage in Stage if not left_out.get(stage))

    def answer(self, stage: Stage) -> str:
        """What was said at a stage; empty where nothing was."""
        return self.answers.get(stage, "")

    def answered(self, answer: str) -> Draft:
        """The draft with an answer to what is asked just now."""
        return replace(self, answers={**self.answers, self.stage: answer})

    @property
    def kind(self) -> ApplicantKind | None:
        """Who applies; None where that was not chosen yet."""
        chosen = self.answer(Stage.KIND)
        return ApplicantKind(chosen) if chosen else None

    @property
    def delivery(self) -> Delivery | None:
        """How the information is wanted; None where that was not chosen yet."""
        chosen = self.answer(Stage.DELIVERY)
        return Delivery(chosen) if chosen else None

    def application(self, citizen_key: str, now: datetime, noted_by: str) -> Application:
        """The draft as an application without a number.

        Raises:
            ValueError: kind or form of delivery were not chosen yet.
        """
        return Application(
            number="",
            kind=ApplicantKind(self.answer(Stage.KIND)),
            channel=self.channel,
            arrival=self.arrival,
            delivery=Delivery(self.answer(Stage.DELIVERY)),
            request=Request(*map(self.answer, (Stage.SOUGHT, Stage.TITLE, Stage.DOCUMENT_NUMBER))),
            applicant=Applicant(*map(self.answer, (Stage.NAME, Stage.CONTACT, Stage.IDENTITY))),
            citizen_key=citizen_key,
            events=(Event(Step.REGISTERED, now.date(), now, noted_by),),
        )

    def stored(self) -> dict[str, Any]:
        """The draft as JSON takes it."""
        return asdict(self)

    @classmethod
    def read(cls, stored: Mapping[str, Any]) -> Draft:
        """What `stored` wrote."""
        return cls(
            channel=Channel(stored["channel"]),
            language=Language(stored["language"]),
            arrival=Arrival(stored["arrival"]),
            with_identity=stored["with_identity"],
            stage=Stage(stored["stage"]),
            answers={Stage(stage): answer for stage, answer in stored["answers"].items()},
            published=stored["published"],
        )
