"""An application under the law on its way: who asks for what, and the steps that were taken on it, none of them overwritten."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from bot.model.applications import ApplicantKind, Arrival, Outcome
from bot.model.inquiries import Channel


class Step(StrEnum):
    """What happens to an application; the last step that holds is the state that it is in.

    登记, 收到, 告知补正, 补正到达, 征求意见, 意见到达, 逾期未答复意见, 延长期限, 答复, 逾期不补正, 撤回, 归档; 撤销误记 takes the
    step before it back, which stays on paper.
    """

    REGISTERED = "registered"
    RECEIVED = "received"
    CORRECTION_ASKED = "correction-asked"
    CORRECTED = "corrected"
    CONSULTING = "consulting"
    CONSULTED = "consulted"
    NOT_HEARD = "not-heard"
    EXTENDED = "extended"
    ANSWERED = "answered"
    ABANDONED = "abandoned"
    WITHDRAWN = "withdrawn"
    CLOSED = "closed"
    TAKEN_BACK = "taken-back"

    @property
    def ends(self) -> bool:
        """Whether the application is decided by it."""
        return self in (Step.ANSWERED, Step.ABANDONED, Step.WITHDRAWN)


class Delivery(StrEnum):
    """How the applicant wants to get the information: 电子邮件, 邮寄, 自行领取, 当面查阅."""

    EMAIL = "email"
    POST = "post"
    PICK_UP = "pick-up"
    ON_SITE = "on-site"


@dataclass(frozen=True, slots=True)
class Applicant:
    """Who applies, by the words of the law: 姓名或者名称, 联系方式, 身份证明; an empty string was not collected."""

    name: str
    contact: str
    identity: str = ""


@dataclass(frozen=True, slots=True)
class Request:
    """What is sought: a description, and where the applicant knows them the title (名称) and the number (文号)."""

    sought: str
    title: str = ""
    document_number: str = ""


@dataclass(frozen=True, slots=True)
class Event:
    """A step as it was noted.

    Attributes:
        day: on which it happened.
        noted_at: when it was entered, and by whom.
        reason: why, in staff's words; may be empty.
        outcome: of an answer; None for other steps.
        until: for a request to correct: the last day on which the applicant may.
        approved_by: for an extension: the head of the disclosure office.
    """

    step: Step
    day: date
    noted_at: datetime
    noted_by: str
    reason: str = ""
    outcome: Outcome | None = None
    until: date | None = None
    approved_by: str = ""


@dataclass(frozen=True, slots=True)
class Application:
    """依申请公开申请: its own number, never an inquiry's.

    Attributes:
        number: ``SQ-2026-000001``.
        request: None once it was erased, as `applicant`.
        citizen_key: the pseudonym of whoever sent it on a channel; empty where staff entered it.
        events: all that was noted, in order; the first one is `Step.REGISTERED`. None is ever changed or left out.
    """

    number: str
    kind: ApplicantKind
    channel: Channel
    arrival: Arrival
    delivery: Delivery
    request: Request | None
    applicant: Applicant | None
    citizen_key: str
    events: tuple[Event, ...]

    @property
    def steps(self) -> tuple[Event, ...]:
        """The events that hold: without those that were noted wrongly, and without what took them back."""
        holding: list[Event] = []
        for event in self.events:
            if event.step is not Step.TAKEN_BACK:
                holding.append(event)
            elif len(holding) > 1:
                holding.pop()
        return tuple(holding)

    @property
    def state(self) -> Step:
        """The last step that holds."""
        return self.steps[-1].step

    @property
    def received_on(self) -> date | None:
        """The day of receipt; None where it is not received yet."""
        received = self.last(Step.RECEIVED)
        return received.day if received else None

    @property
    def ended(self) -> Event | None:
        """The step that decided it; None while it is open."""
        return next((event for event in self.steps if event.step.ends), None)

    @property
    def outcome(self) -> Outcome | None:
        """The row of table 3 that it counts in; None while it is open, and where it was never received.

        Who withdraws is counted among 其他处理 › 其他.
        """
        ended = self.ended
        if ended is None or self.received_on is None:
            return None
        if ended.step is Step.ABANDONED:
            return Outcome.NOT_CORRECTED
        return ended.outcome or Outcome.OTHER

    def last(self, step: Step) -> Event | None:
        """The last event of a kind that holds."""
        return next((event for event in reversed(self.steps) if event.step is step), None)
