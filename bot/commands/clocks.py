"""The clocks of the law, from a date: when a period ends, and why."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING, Annotated

import typer

from bot.clocks import Clock, Pause, Term, received_on
from bot.commands.common import opened_app, told
from bot.model import Arrival
from bot.workdays import CalendarUnknown, DayKind

if TYPE_CHECKING:
    from bot.clocks import CountedDay
    from bot.workdays import Workdays

DATE = ["%Y-%m-%d"]
_KINDS = {
    DayKind.WORKDAY: "工作日",
    DayKind.MAKE_UP: "调休上班",
    DayKind.WEEKEND: "周末",
    DayKind.HOLIDAY: "法定节假日",
}
_WEEK = "一二三四五六日"


@told
def clock(
    start: Annotated[datetime, typer.Argument(metavar="DATE", formats=DATE, help="When it came, such as 2025-01-10.")],
    days: Annotated[int | None, typer.Option(min=0, max=400, help="Working days, in place of the law's.")] = None,
    term: Annotated[Term, typer.Option(help="Which period of the law.")] = Term.ANSWER,
    extended: Annotated[bool, typer.Option("--extended", help="With the one extension that the law allows.")] = False,
    by: Annotated[
        Arrival | None, typer.Option(help="How the application came in; it decides the day of receipt.")
    ] = None,
    confirmed: Annotated[
        datetime | None, typer.Option(formats=DATE, help="When agency and applicant confirmed that it came.")
    ] = None,
    pause: Annotated[
        list[str] | None, typer.Option(metavar="FROM..TO", help="Time that is not counted; may be repeated.")
    ] = None,
    explain: Annotated[bool, typer.Option("--explain", help="Day by day.")] = False,
) -> None:
    """When a period in working days ends; exit 1 where that is not known yet."""
    from bot.desk.applications import ARRIVALS

    arrived = start.date()
    received = arrived if by is None else received_on(by, arrived, confirmed.date() if confirmed else None)
    if received is None:
        raise typer.BadParameter("what comes this way is received once both sides confirm it; give --confirmed DATE")
    if extended and term is not Term.ANSWER:
        raise typer.BadParameter(f"only the time to answer can be extended, not {term}; leave out --extended or --term")
    length = term.days(received) if days is None else days
    length += Term.EXTENSION.days(received) if extended else 0
    counting = Clock(received, length, tuple(map(_pause, pause or ())))
    with opened_app() as app:
        workdays = app.workdays()
    if by is not None:
        typer.echo(f"收到日：{received}（{ARRIVALS[by]}，政府信息公开条例第三十一条）")
    if days is None:
        typer.echo(f"期限：{length}个工作日（{term.article(received)}）")
    if tell_days(counting, workdays, explain=explain) is None:
        raise typer.Exit(1)


def tell_days(counting: Clock, workdays: Workdays, *, explain: bool) -> date | None:
    """Print the last day, and every day before it where that is wanted; None where it is not known."""
    try:
        for counted in counting.explained(workdays) if explain else ():
            typer.echo(_line(counted))
        last = counting.last_day(workdays)
    except CalendarUnknown as error:
        typer.echo(f"还不知道：{error}", err=True)
        return None
    ends = f"最后一天是{last}" if last else "中止计算，最后一天还不知道"
    typer.echo(f"{counting.began}的次日起{counting.days}个工作日：{ends}")
    return last


def _line(counted: CountedDay) -> str:
    number = "" if counted.number is None else str(counted.number)
    why = "不计入期限" if counted.paused else _KINDS[counted.kind]
    return f"{counted.day}  周{_WEEK[counted.day.weekday()]}  {number:>3}  {why}"


def _pause(written: str) -> Pause:
    """Read ``2025-01-15..2025-02-03``."""
    since, _, until = written.partition("..")
    try:
        pause = Pause(date.fromisoformat(since.strip()), date.fromisoformat(until.strip()))
    except ValueError:
        raise typer.BadParameter(f"--pause {written}: write it as 2025-01-15..2025-02-03") from None
    if pause.until is not None and pause.until < pause.since:
        raise typer.BadParameter(f"--pause {written}: it ends before it begins")
    return pause
