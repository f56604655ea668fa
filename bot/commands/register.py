"""What staff put into the register by hand, and what they correct in it."""

from __future__ import annotations

import sys
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from bot.commands.common import (
    count_errors,
    opened_app,
    readable,
    refuse,
    tell_findings,
    tell_lines,
    tell_masked,
    told,
    without_personal,
)
from bot.model import Channel, RequestKind, Resolution

if TYPE_CHECKING:
    from bot.desk.register import Entered

_DATE = ["%Y-%m-%d"]
Reference = Annotated[str, typer.Argument(help="Such as ZX-2026-000123.")]
_Reason = Annotated[str, typer.Option(help="Why; it stands in the record's log.")]


@told
def add(
    question: Annotated[str, typer.Argument(help="What was asked; without it, the terminal asks for everything.")] = "",
    channel: Annotated[Channel | None, typer.Option(help="phone, letter, visit or web.")] = None,
    at: Annotated[str, typer.Option(metavar="TIME", help="When, such as 2026-03-01 09:30; now without it.")] = "",
    reply: Annotated[str, typer.Option(help="What was answered.")] = "",
    outcome: Annotated[
        Resolution | None, typer.Option(help="What became of it; answered-by-staff where there is a reply, else open.")
    ] = None,
    kind: Annotated[RequestKind, typer.Option(help="What was wanted.")] = RequestKind.INQUIRY,
    agency: Annotated[str, typer.Option(help="Key, name or alias of the agency; the default one without it.")] = "",
    category: Annotated[str, typer.Option(help="Of the information that was asked for.")] = "",
    follow_up: Annotated[
        datetime | None, typer.Option(formats=_DATE, help="When to get back to the citizen (回访日期).")
    ] = None,
) -> None:
    """Enter a telephone call, a letter or a visit; personal data is masked."""
    from bot.app import now, person
    from bot.desk.asking import ask_entry
    from bot.desk.fields import OUTCOMES, read_moment
    from bot.desk.register import Entry, agency_key, enter

    moment, entry = now(), None
    if question:
        if channel is None:
            refuse("请写明怎么来的，例如 --channel phone")
        asked_at = read_moment(at) if at else moment
        texts = (readable(question), readable(reply), outcome, kind, readable(agency), readable(category))
        entry = Entry(channel, asked_at, *texts, follow_up.date() if follow_up else None)
    elif not sys.stdin.isatty():
        refuse("请写明问了什么，例如 `bot records add --channel phone 停车怎么收费`")
    with opened_app() as app:
        entry = entry or ask_entry(typer.prompt, typer.echo, lambda name: agency_key(app.store, name), moment)
        if entry is None:
            raise typer.Abort
        entered = enter(app.store, entry, who=person(), at=moment)
    _tell_masked(entered)
    typer.echo(f"{entered.record.reference}  {OUTCOMES[entered.record.outcome]}")


@told
def correct(
    reference: Reference,
    changes: Annotated[
        list[str], typer.Option("--set", metavar="FIELD=VALUE", help="question=…, or 内容=…; may be repeated.")
    ],
    reason: _Reason,
) -> None:
    """Correct fields of a record; what stood there stays in its log."""
    written: dict[str, str] = {}
    for change in map(readable, changes):
        name, equals, value = change.partition("=")
        if not equals:
            refuse(f"--set {change}：请写成“项目=内容”，例如 答复=已告知")
        written[name] = value
    _correct(reference, written, readable(reason))


@told
def outcome(
    reference: Reference, became: Annotated[Resolution, typer.Argument(help="What became of it.")], reason: _Reason = ""
) -> None:
    """Note what became of an inquiry."""
    from bot.app import now, person
    from bot.desk.fields import OUTCOMES
    from bot.desk.register import find_record

    with opened_app() as app:
        reference = find_record(app.store, reference).reference
        app.store.corrections.settle(
            reference, became, who=person(), at=now(), reason=without_personal("--reason", reason)
        )
    typer.echo(f"{reference}  {OUTCOMES[became]}")


@told
def follow_up(
    reference: Reference,
    day: Annotated[str, typer.Argument(metavar="DATE", help="Such as 2026-03-09; `none` takes it away.")],
) -> None:
    """Note when to get back to the citizen (回访日期); `bot records list --due DATE` shows what is due."""
    _correct(reference, {"follow_up_on": "" if day == "none" else readable(day)}, "回访")


@told
def merge(
    original: Annotated[str, typer.Argument(help="The record that counts.")],
    duplicate: Annotated[str, typer.Argument(help="The record that is the same inquiry once more.")],
    reason: _Reason = "",
) -> None:
    """Let a record count as one with another; both stay, and `unmerge` undoes it."""
    from bot.app import now, person

    original, duplicate = original.strip().upper(), duplicate.strip().upper()
    with opened_app() as app:
        app.store.corrections.merge(
            original, duplicate, who=person(), at=now(), reason=without_personal("--reason", reason)
        )
    typer.echo(f"{duplicate} 与 {original} 算一条；`bot records unmerge {duplicate}` 可以撤销")


@told
def unmerge(reference: Reference, reason: _Reason = "") -> None:
    """Let a record that was merged into another count by itself again."""
    from bot.app import now, person
    from bot.desk.register import find_record

    with opened_app() as app:
        record = find_record(app.store, reference)
        reference = record.reference
        if not record.merged_into:
            refuse(f"{reference}：没有合并到别的登记")
        changes = {"merged_into": ""}
        app.store.corrections.change(
            reference, changes, who=person(), at=now(), reason=without_personal("--reason", reason)
        )
    typer.echo(f"{reference} 单独计数")


@told
def log(reference: Reference) -> None:
    """Who changed what of a record, when and why, oldest first."""
    from bot.desk.fields import event_line
    from bot.desk.register import find_record

    with opened_app() as app:
        record = find_record(app.store, reference)
        tell_lines(map(event_line, app.store.corrections.events(record.reference)))


@told
def import_(
    file: Annotated[
        Path, typer.Argument(help="A CSV file or a workbook with a header: 时间, 方式, 内容, 答复, 处理结果 …")
    ],
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Only say what would be entered.")] = False,
) -> None:
    """Enter a register that was kept in a file; the same file twice adds nothing. Exit 1 where rows are refused."""
    from bot.app import now, person
    from bot.desk.importing import bring_in, read_register, rehearse
    from bot.knowledge.manuscript import UnreadableFile

    with opened_app() as app:
        try:
            lines, findings = read_register(file.read_bytes(), app.store, app.secret(), now())
        except OSError as error:
            refuse(f"{file}：{error.strerror}；请写能读的文件")
        except UnreadableFile as unreadable:
            refuse(f"{file}:{unreadable.line or 1}: {unreadable}")
        done = rehearse(lines, app.store) if dry_run else bring_in(lines, app.store, who=person(), at=now())
    findings = tuple(replace(finding, path=str(file)) for finding in findings)
    tell_findings(findings)
    for line in done.masked:
        typer.echo(f"警告：{file}:{line}：个人信息已遮挡；登记里不需要", err=True)
    refused = count_errors(findings)
    entered = "可以登记" if dry_run else "已登记"
    typer.echo(f"{entered}{done.new}条，早已登记{done.known}条，不能登记{refused}条")
    if refused:
        raise typer.Exit(1)


def _correct(reference: str, written: dict[str, str], reason: str) -> None:
    from bot.app import now, person
    from bot.desk.register import correct

    with opened_app() as app:
        done = correct(app.store, reference.strip().upper(), written, who=person(), at=now(), reason=reason)
    _tell_masked(done)
    typer.echo(f"{done.record.reference} 已更正；`bot records log {done.record.reference}` 列出原来的内容")


def _tell_masked(entered: Entered) -> None:
    from bot.desk.fields import NAMES

    if entered.masked:
        fields = "、".join(NAMES.get(name, name) for name in entered.masked)
        tell_masked(fields)
