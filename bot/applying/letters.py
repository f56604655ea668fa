"""What a citizen is told of an application: the receipt with its number, and how it stands; never who applied."""

from __future__ import annotations

from bot.applying.timing import answer_clock
from bot.clocks import Standing, Term
from bot.locale import translations
from bot.model import Application, Language, Step


def receipt(application: Application, standing: Standing | None, contact: str, language: Language) -> str:
    """The receipt: the number, the clock, the office.

    Args:
        application: as registered.
        standing: of the clock to answer; None where none runs, for what is not received yet.
        contact: one line of whom to ask; may be empty.
        language: of the text.
    """
    _ = translations(language).gettext
    lines = [
        _("申请已登记，登记编号：{number}。").format(number=application.number),
        _("登记日期：{day}").format(day=application.events[0].day.isoformat()),
        _clock(application, standing, language),
        _("办理进度可以凭登记编号查询。"),
        contact,
    ]
    return "\n".join(filter(None, lines))


def _clock(application: Application, standing: Standing | None, language: Language) -> str:
    _ = translations(language).gettext
    received = application.received_on
    if received is None:
        days = Term.ANSWER.days(application.events[0].day)
        return _(
            "受理机关与您确认的那一天为收到申请之日（《中华人民共和国政府信息公开条例》第三十一条），"
            "从第二天起{days}个工作日内答复（第三十三条）。"
        ).format(days=days)
    clock = answer_clock(application)
    days = clock.days if clock else Term.ANSWER.days(received)
    if standing is None or standing.last_day is None:
        return _("收到日期：{day}，{days}个工作日内答复；截止日期要等节假日安排公布后才能确定。").format(
            day=received.isoformat(), days=days
        )
    return _("收到日期：{day}，最迟在{last}答复（{days}个工作日）。").format(
        day=received.isoformat(), last=standing.last_day.isoformat(), days=days
    )


def state(application: Application, standing: Standing | None, contact: str, language: Language) -> str:
    """How an application stands, for whoever knows its number.

    Args:
        application: as it stands.
        standing: of the clock to answer; None where none runs.
        contact: one line of whom to ask; may be empty.
        language: of the text.
    """
    _ = translations(language).gettext
    last = application.steps[-1]
    lines = [
        _("申请{number}：{state}（{day}）。").format(
            number=application.number, state=step_name(last.step, language), day=last.day.isoformat()
        )
    ]
    if last.step is Step.CORRECTION_ASKED and last.until:
        lines.append(_("请在{until}以前补正。").format(until=last.until.isoformat()))
    elif standing and not application.ended:
        lines.append(_remaining(standing, language))
    return "\n".join(filter(None, (*lines, contact)))


def _remaining(standing: Standing, language: Language) -> str:
    _ = translations(language).gettext
    if standing.paused:
        return _("征求意见的时间不计入答复期限。")
    if standing.last_day is None:
        return _("答复的截止日期要等节假日安排公布后才能确定。")
    if standing.overdue:
        return _("答复期限到{last}为止，已经超过；可以向下列部门询问。").format(last=standing.last_day.isoformat())
    return _("最迟在{last}答复。").format(last=standing.last_day.isoformat())


def step_name(step: Step, language: Language) -> str:
    """A step, as a state, in a language."""
    _ = translations(language).gettext
    return {
        Step.REGISTERED: _("已登记，等待确认收到"),
        Step.RECEIVED: _("已收到，正在办理"),
        Step.CORRECTION_ASKED: _("等待申请人补正"),
        Step.CORRECTED: _("补正已收到，正在办理"),
        Step.CONSULTING: _("正在征求有关方面的意见"),
        Step.CONSULTED: _("意见已收到，正在办理"),
        Step.NOT_HEARD: _("征求意见的期限已满，正在办理"),
        Step.EXTENDED: _("已延长答复期限，正在办理"),
        Step.ANSWERED: _("已答复"),
        Step.ABANDONED: _("逾期没有补正，视为放弃"),
        Step.WITHDRAWN: _("申请人已撤回"),
        Step.CLOSED: _("已办结归档"),
        Step.TAKEN_BACK: _("撤销误记"),
    }[step]
