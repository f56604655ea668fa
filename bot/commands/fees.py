"""What the fee for handling information comes to, step by step."""

from __future__ import annotations

from typing import Annotated

import typer

from bot.commands.common import opened_app, told
from bot.model import FeeMethod

MOST = 100_000
"""Cases or pages: more than anybody asks for, and few enough bands to print."""


@told
def fee(
    number: Annotated[
        str, typer.Argument(metavar="NUMBER", help="An application: which one of its applicant's month it is.")
    ] = "",
    count: Annotated[
        int | None, typer.Option(min=0, max=MOST, help="Cases of one applicant in a calendar month.")
    ] = None,
    pages: Annotated[int | None, typer.Option(min=0, max=MOST, help="Pages of one case.")] = None,
) -> None:
    """The fee by count or by pages, explained; nothing is charged unless settings.toml says how."""
    from bot.applying import fees
    from bot.desk.applications import find_application

    if sum(bool(given) for given in (number, count is not None, pages is not None)) != 1:
        raise typer.BadParameter("name one of NUMBER, --count and --pages: a case is charged by one of them only")
    method = FeeMethod.COUNT if pages is None else FeeMethod.PAGES
    with opened_app() as app:
        charged = app.application_rules().fees
        if charged not in (None, method):
            raise typer.BadParameter(
                f"settings.toml has fees counted by {charged}; a case is charged by one method only"
            )
        if number:
            application = find_application(app.store, number)
            if application.received_on is None:
                raise typer.BadParameter(
                    f"{application.number} is not received yet, and a month has what was received in it; "
                    "note the receipt with `bot applications receive`"
                )
            same = fees.place_in_month(application, app.store.applications.all())
            typer.echo(f"{application.number}：同一申请人这个月收到的第{len(same)}件（{'、'.join(same)}）")
            count = len(same)
    units = count if pages is None else pages
    found = fees.fee(method, units or 0)
    unit = "件" if method is FeeMethod.COUNT else "页"
    for band in found.bands:
        typer.echo(f"第{band.first:>3}至{band.last:>3}{unit}  每{unit}{band.price:>4}元  {band.amount:>7}元")
    if number and found.bands:
        typer.echo(f"这一件：{found.bands[-1].price}元")
    typer.echo(f"共{found.total}元（{fees.SOURCE}；收费以前请核对正式文件）")
    if charged is None:
        typer.echo("不收费：knowledge/settings.toml 的 [applications] 没有写 fees")
