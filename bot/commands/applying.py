"""`bot apply`: an application from the terminal, led through step by step."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Annotated

import typer

from bot.commands.common import opened_app, told
from bot.model import Arrival, Channel, Language

if TYPE_CHECKING:
    from collections.abc import Iterable

    from bot.applying.dialogue import Prompt
    from bot.intake import Intake


@told
def apply(
    state: Annotated[str, typer.Option(metavar="NUMBER", help="Only tell how an application stands.")] = "",
    arrival: Annotated[
        Arrival, typer.Option(help="How it comes in; for somebody who cannot write, handed-in.")
    ] = Arrival.ONLINE,
    language: Annotated[Language, typer.Option(help="Of the dialogue.")] = Language.HANS,
) -> None:
    """Apply for information under the law (依申请公开), step by step; what was filled in outlives a crash."""
    from bot.app import person

    with opened_app() as app:
        app.sync_if_empty()
        if state:
            _tell_state(app.intake, state, language)
            return
        citizen_key = app.intake.citizen_key(Channel.CONSOLE, person())
        _show(app.intake.begin(citizen_key, Channel.CONSOLE, language, arrival), language)
        ended = _converse(app.intake, citizen_key, language, sys.stdin)
    if not ended:
        raise typer.Exit(1)


def _tell_state(intake: Intake, number: str, language: Language) -> None:
    from bot.applying.wording import phrases

    stands = intake.state(number, language)
    if stands is None:
        typer.echo(phrases(language).no_such, err=True)
        raise typer.Exit(1)
    typer.echo(stands)


def _converse(intake: Intake, citizen_key: str, language: Language, lines: Iterable[str]) -> bool:
    """Take line after line; False where they end before the dialogue does, which then is on disk for the next time."""
    from bot.applying.dialogue import read_move
    from bot.applying.wording import phrases

    for line in lines:
        heard = intake.hear(citizen_key, read_move(line) or line)
        if heard is None:
            typer.echo(phrases(language).gone, err=True)
            break
        _show(heard.prompt, language)
        if heard.ending:
            return True
    return False


def _show(prompt: Prompt, language: Language) -> None:
    from bot.applying.wording import phrases

    words = phrases(language)
    typer.echo(prompt.text)
    for number, option in enumerate(prompt.options, 1):
        typer.echo(f"  {number}. {option.label}")
    named = {"back": words.back, "skip": words.skip, "cancel": words.cancel}
    if prompt.moves:
        typer.echo(words.moves.format(moves=" / ".join(named[move.value] for move in prompt.moves)))
    typer.echo()
    sys.stdout.flush()
