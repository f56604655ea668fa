"""What staff do with applications: note their steps, look at them, print them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from bot.applying.letters import step_name
from bot.applying.procedure import shown_possible, take
from bot.applying.timing import answer_clock
from bot.applying.wording import applicant_kind, delivery
from bot.clocks import Standing
from bot.model import Application, Event, Language
from bot.store import Store
from bot.workdays import Workdays

_STATE_WIDTH = 16
_LONGEST_SOUGHT = 30


class NoSuchApplication(Exception):  # noqa: N818 - it says what is the matter
    """No application bears the number."""

    def __init__(self, number: str) -> None:
        super().__init__(f"{number}: there is no such application; `bot applications list` shows those that are open")


@dataclass(frozen=True, slots=True)
class Watched:
    """An application with the standing of its clock; None where none runs, or it is decided."""

    application: Application
    standing: Standing | None

    @property
    def overdue(self) -> bool:
        """Whether its answer is late."""
        return self.standing is not None and self.standing.overdue


def find_application(store: Store, number: str) -> Application:
    """The application of a number, in any spelling.

    Raises:
        NoSuchApplication: there is none.
    """
    application = store.applications.find(number.strip().upper())
    if application is None:
        raise NoSuchApplication(number)
    return application


def note_step(store: Store, number: str, event: Event, workdays: Workdays) -> Application:
    """Note a step; returns the application with it.

    Raises:
        NoSuchApplication: there is no such application.
        StepRefused: the step may not be taken.
        CalendarUnknown: whether it is in time depends on a year whose holidays are not known.
    """
    taken = store.applications.take(number.strip().upper(), lambda stands: take(stands, event, workdays).events[-1])
    if taken is None:
        raise NoSuchApplication(number)
    return taken


def watch(application: Application, workdays: Workdays, today: date) -> Watched:
    """An application with its clock on a day; that of a decided one, of many years ago perhaps, is not counted to today."""
    clock = None if application.ended else answer_clock(application)
    return Watched(application, clock.stand(workdays, today) if clock else None)


def one_line(watched: Watched) -> str:
    """Number, day of receipt, state, last day, what is left, what is sought."""
    application = watched.application
    sought = " ".join(application.request.sought.split()) if application.request else "(erased)"
    sought = sought if len(sought) <= _LONGEST_SOUGHT else sought[: _LONGEST_SOUGHT - 1] + "…"
    received = application.received_on.isoformat() if application.received_on else "not received"
    return f"{application.number}  {received:12}  {application.state:{_STATE_WIDTH}}  {_time(watched):32}  {sought}"


def _time(watched: Watched) -> str:
    standing = watched.standing
    if standing is None:
        return ""
    if standing.paused:
        return f"paused, {standing.left} left"
    if standing.last_day is None:
        left = "" if standing.left is None else f", {standing.left} left"
        return f"last day not known yet{left}"
    # Over the weekend behind the last day no working day has passed yet, and it is late all the same.
    late = standing.overdue or (standing.left is not None and standing.left < 0)
    return (
        f"{standing.last_day}, {-(standing.left or 0)} late" if late else f"{standing.last_day}, {standing.left} left"
    )


def whole(watched: Watched) -> Iterator[str]:
    """An application as staff read it: who, what, every step, the clock, what is possible now."""
    application, hans = watched.application, Language.HANS
    yield f"{application.number}  {step_name(application.state, hans)}"
    yield f"申请人类别：{applicant_kind(application.kind, hans)}"
    if application.applicant and application.request:
        stated = (
            ("申请人", application.applicant.name),
            ("身份证明", application.applicant.identity),
            ("联系方式", application.applicant.contact),
            ("所要的信息", application.request.sought),
            ("名称", application.request.title),
            ("文号", application.request.document_number),
        )
        yield from (f"{name}：{value}" for name, value in stated if value)
    else:
        yield "申请人和申请内容：已按保存期限删除"
    yield f"获取方式：{delivery(application.delivery, hans)}"
    yield f"来件：{application.channel} / {application.arrival}"
    yield from (_event(event) for event in application.events)
    if time := _time(watched):
        yield f"answer by: {time}"
    yield f"possible now: {shown_possible(application)}"


def _event(event: Event) -> str:
    belongs = (
        event.outcome or "",
        f"until {event.until}" if event.until else "",
        f"approved by {event.approved_by}" if event.approved_by else "",
        event.reason,
        f"({event.noted_by}, {event.noted_at.astimezone():%Y-%m-%d %H:%M})",
    )
    return "  ".join((f"{event.day}  {event.step:{_STATE_WIDTH}}", *filter(None, belongs)))
