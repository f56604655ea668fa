"""What staff do with applications: note their steps, look at them, print them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from bot.applying.letters import step_name
from bot.applying.procedure import NAMES, NOTHING, shown_possible, take
from bot.applying.timing import answer_clock
from bot.applying.wording import applicant_kind, delivery
from bot.clocks import Standing
from bot.desk.annual.labels import OUTCOMES
from bot.desk.fields import CHANNELS
from bot.language.widths import columns, padded, trim
from bot.model import Application, Arrival, Event, Language, Step
from bot.store import Store
from bot.workdays import Workdays

ARRIVALS = {
    Arrival.HANDED_IN: "当面提交", Arrival.SIGNED_POST: "签收的邮寄", Arrival.ORDINARY_POST: "平常信函",
    Arrival.ONLINE: "互联网", Arrival.FAX: "传真",
}  # fmt: skip
_STEP_WIDTH = max(map(columns, NAMES.values()))
_TIME_WIDTH = 32
_SOUGHT_WIDTH = 60


class NoSuchApplication(Exception):  # noqa: N818 - it says what is the matter
    """No application bears the number."""

    def __init__(self, number: str) -> None:
        super().__init__(f"{number}：没有这件申请；`bot applications list` 列出没有办结的，加 --all 列出全部")


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
    sought = " ".join(application.request.sought.split()) if application.request else "（已删除）"
    received = application.received_on.isoformat() if application.received_on else "未收到"
    state, time = padded(NAMES[application.state], _STEP_WIDTH), padded(_time(watched), _TIME_WIDTH)
    return f"{application.number}  {padded(received, 10)}  {state}  {time}  {trim(sought, _SOUGHT_WIDTH)}"


def _time(watched: Watched) -> str:
    standing, last = watched.standing, watched.application.steps[-1]
    if last.step is Step.CORRECTION_ASKED and last.until:
        return f"补正到{last.until}为止"
    if standing is None:
        return ""
    left = "" if standing.left is None else f"，还剩{standing.left}个工作日"
    if standing.paused:
        return f"中止计算{left}"
    if standing.last_day is None:
        return f"最后一天还不知道{left}"
    # Over the weekend behind the last day no working day has passed yet, and it is late all the same.
    late = standing.overdue or (standing.left is not None and standing.left < 0)
    return f"最迟{standing.last_day}，已过{-(standing.left or 0)}个工作日" if late else f"最迟{standing.last_day}{left}"


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
    yield f"来件：{CHANNELS[application.channel]}，{ARRIVALS[application.arrival]}"
    yield from (_event(event) for event in application.events)
    if time := _time(watched):
        yield f"期限：{time}"
    yield f"现在可以：{shown_possible(application) or NOTHING}"


def _event(event: Event) -> str:
    belongs = (
        OUTCOMES[event.outcome] if event.outcome else "",
        f"到{event.until}为止" if event.until else "",
        f"{event.approved_by}批准" if event.approved_by else "",
        event.reason,
        f"（{event.noted_by}，{event.noted_at.astimezone():%Y-%m-%d %H:%M}）",
    )
    return "  ".join((f"{event.day}  {padded(NAMES[event.step], _STEP_WIDTH)}", *filter(None, belongs)))
