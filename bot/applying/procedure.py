"""Which step may follow on an application, and why another one may not."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date

from bot.applying.timing import answer_clock, consultation_clock
from bot.clocks import REVISED, Clock, Term
from bot.model import Application, Event, Outcome, Step
from bot.workdays import Workdays

IN_HAND = (Step.RECEIVED, Step.CORRECTED, Step.CONSULTED, Step.NOT_HEARD, Step.EXTENDED)
"""The states in which the agency works on an application."""

_WORK = (Step.CORRECTION_ASKED, Step.CONSULTING, Step.EXTENDED, Step.ANSWERED, Step.WITHDRAWN)
_FOLLOWING: dict[Step, tuple[Step, ...]] = {
    Step.REGISTERED: (Step.RECEIVED, Step.WITHDRAWN),
    **dict.fromkeys(IN_HAND, _WORK),
    Step.CORRECTION_ASKED: (Step.CORRECTED, Step.ABANDONED, Step.WITHDRAWN),
    Step.CONSULTING: (Step.CONSULTED, Step.NOT_HEARD, Step.WITHDRAWN),
    **dict.fromkeys((Step.ANSWERED, Step.ABANDONED, Step.WITHDRAWN), (Step.CLOSED,)),
    Step.CLOSED: (),
}


COMMANDS = {
    Step.RECEIVED: "receive",
    Step.CORRECTION_ASKED: "ask-correction",
    Step.CORRECTED: "corrected",
    Step.CONSULTING: "consult",
    Step.CONSULTED: "consulted",
    Step.NOT_HEARD: "not-heard",
    Step.EXTENDED: "extend",
    Step.ANSWERED: "answer",
    Step.ABANDONED: "abandon",
    Step.WITHDRAWN: "withdraw",
    Step.CLOSED: "close",
    Step.TAKEN_BACK: "take-back",
}
"""What staff type to note a step, in the order of the procedure; an application is registered as it comes in."""

NAMES = {
    Step.REGISTERED: "登记",
    Step.RECEIVED: "收到",
    Step.CORRECTION_ASKED: "告知补正",
    Step.CORRECTED: "补正到达",
    Step.CONSULTING: "征求意见",
    Step.CONSULTED: "意见到达",
    Step.NOT_HEARD: "逾期未答复意见",
    Step.EXTENDED: "延长期限",
    Step.ANSWERED: "答复",
    Step.ABANDONED: "逾期不补正",
    Step.WITHDRAWN: "撤回",
    Step.CLOSED: "归档",
    Step.TAKEN_BACK: "撤销误记",
}
"""What staff call a step, and the state that it leads to."""

NOTHING = "没有下一步"


class StepRefused(Exception):  # noqa: N818 - it says what is the matter
    """A step that the law, or the order of things, does not allow; says why, and what is possible."""

    def __init__(self, application: Application, reason: str) -> None:
        super().__init__(f"{application.number}：{reason}。现在可以：{shown_possible(application) or NOTHING}")
        self.reason = reason


def possible(application: Application) -> tuple[Step, ...]:
    """The steps that may follow on the state of an application; what has its time once only is left out after it.

    Whatever was noted wrongly may be taken back, but the registration: its number has been told.
    """
    once = (Step.CORRECTION_ASKED, Step.EXTENDED)
    taken = {event.step for event in application.steps}
    # A correction lets the time begin anew: after an extension it would give it twice.
    barred = {step for step in once if step in taken} | ({Step.CORRECTION_ASKED} if Step.EXTENDED in taken else set())
    following = tuple(step for step in _FOLLOWING[application.state] if step not in barred)
    return following if len(application.steps) == 1 else (*following, Step.TAKEN_BACK)


def shown_possible(application: Application) -> str:
    """The steps that may follow, by their commands."""
    return ", ".join(COMMANDS[step] for step in possible(application))


def take(application: Application, event: Event, workdays: Workdays) -> Application:
    """The application with one step more.

    Raises:
        StepRefused: the step may not be taken, or something that belongs to it is missing.
        CalendarUnknown: whether it is in time depends on a year whose holidays are not known.
    """
    if event.step not in possible(application):
        raise StepRefused(application, _out_of_turn(application, event.step))
    before = application.steps[-1].day
    if event.step not in (Step.RECEIVED, Step.TAKEN_BACK) and event.day < before:
        raise StepRefused(application, f"{event.day}早于“{NAMES[application.state]}”的{before}，请改日期")
    if event.day > event.noted_at.date():
        raise StepRefused(application, f"{event.day}还没有到，办了以后再记")
    if check := _CHECKS.get(event.step):
        check(application, event, workdays)
    return replace(application, events=(*application.events, event))


def _out_of_turn(application: Application, step: Step) -> str:
    taken = application.last(step)
    if taken and step is Step.CORRECTION_ASKED:
        return f"{taken.day}已经告知过补正，只能告知一次（政府信息公开条例第三十条）"
    if taken and step is Step.EXTENDED:
        return f"{taken.day}已经延长过期限，只能延长一次（政府信息公开条例第三十三条）"
    if step is Step.CORRECTION_ASKED and application.last(Step.EXTENDED):
        return "已经延长过期限；补正要在收到后7个工作日以内告知（政府信息公开条例第三十条）"
    return f"现在是“{NAMES[application.state]}”，不能接着记“{NAMES[step]}”"


def _check_correction(application: Application, event: Event, workdays: Workdays) -> None:
    received = application.received_on or event.day
    if event.until is None or event.until < event.day:
        raise StepRefused(application, "告知补正要写明到哪一天为止，不能早于告知的那天")
    _require_reason(application, event, "要补正什么（政府信息公开条例第三十条）")
    if received < REVISED:
        return
    limit = Clock(received, Term.CORRECTION.days(received))
    if _is_over(limit, workdays, event.day):
        reason = f"告知补正的7个工作日到{limit.last_day(workdays)}为止（政府信息公开条例第三十条）"
        raise StepRefused(application, reason)


def _check_corrected(application: Application, event: Event, workdays: Workdays) -> None:
    asked = application.last(Step.CORRECTION_ASKED)
    if asked and asked.until and event.day > asked.until:
        _require_reason(application, event, f"{asked.until}以后才到的为什么受理（政府信息公开条例第三十条）")


def _check_abandoned(application: Application, event: Event, workdays: Workdays) -> None:
    asked = application.last(Step.CORRECTION_ASKED)
    if asked and asked.until and event.day <= asked.until:
        raise StepRefused(application, f"申请人可以补正到{asked.until}为止（政府信息公开条例第三十条）")


def _check_not_heard(application: Application, event: Event, workdays: Workdays) -> None:
    clock = consultation_clock(application)
    if clock and not _is_over(clock, workdays, event.day):
        reason = f"{clock.began}征求意见，对方有15个工作日（政府信息公开条例第三十二条、第三十四条）"
        raise StepRefused(application, reason)


def _check_extended(application: Application, event: Event, workdays: Workdays) -> None:
    if not event.approved_by.strip():
        raise StepRefused(
            application, "延长期限要经政府信息公开工作机构负责人同意，请写明是谁（政府信息公开条例第三十三条）"
        )
    _require_reason(application, event, "怎样告知申请人（政府信息公开条例第三十三条）")
    clock = answer_clock(application)
    if clock and _is_over(clock, workdays, event.day):
        reason = f"答复期限到{clock.last_day(workdays)}为止，过了不能再延长（政府信息公开条例第三十三条）"
        raise StepRefused(application, reason)


def _check_answered(application: Application, event: Event, workdays: Workdays) -> None:
    if event.outcome is None:
        raise StepRefused(application, "答复要写明结果，即表三的哪一行")
    if event.outcome is Outcome.NOT_CORRECTED:
        raise StepRefused(application, "逾期不补正的视为放弃，请改记 abandon（政府信息公开条例第三十条）")
    if event.outcome is Outcome.STILL_UNCLEAR and not application.last(Step.CORRECTED):
        raise StepRefused(application, "still-unclear 是补正以后仍不明确，还没有补正到达（政府信息公开条例第三十条）")
    if event.outcome is not Outcome.GRANTED:
        _require_reason(application, event, "为什么没有全部公开（政府信息公开条例第三十六条）")


def _check_taken_back(application: Application, event: Event, workdays: Workdays) -> None:
    _require_reason(application, event, f"“{NAMES[application.state]}”错记在哪里")


def _require_reason(application: Application, event: Event, what: str) -> None:
    if not event.reason.strip():
        raise StepRefused(application, f"请写明{what}")


def _is_over(clock: Clock, workdays: Workdays, day: date) -> bool:
    """Whether a day comes after the last day of a period.

    Raises:
        CalendarUnknown: the holidays of the day's year are not known.
    """
    left = clock.days - clock.used(workdays, day)
    # On the weekend behind its last day nothing is left and nothing more is used: the day before tells.
    return left < 0 or (left == 0 and day != clock.last_day(workdays))


_CHECKS: dict[Step, Callable[[Application, Event, Workdays], None]] = {
    Step.CORRECTION_ASKED: _check_correction,
    Step.CORRECTED: _check_corrected,
    Step.ABANDONED: _check_abandoned,
    Step.NOT_HEARD: _check_not_heard,
    Step.EXTENDED: _check_extended,
    Step.ANSWERED: _check_answered,
    Step.TAKEN_BACK: _check_taken_back,
}
