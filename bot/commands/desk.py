"""Why a question gets its reply, and how well labelled ones are answered."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer

from bot.commands.common import opened_app, readable, tell_findings, tell_lines, told


@told
def explain(question: Annotated[list[str], typer.Argument(help="One question.")]) -> None:
    """Why a question gets its reply: what was understood, what was found, what decided; nothing is recorded."""
    from bot.desk.explaining import print_explanation

    text = readable(" ".join(question))
    with opened_app() as app:
        app.sync_if_empty()
        print_explanation(app.explain(text), text, sys.stdout)


_Files = Annotated[
    list[str] | None,
    typer.Argument(
        metavar="FILE",
        help="CSV files of labelled questions, FOLDER:FILE to ask another folder; without any, the folder's own.",
        show_default=False,
    ),
]
_Folder = Annotated[Path | None, typer.Option(help="The folder that is asked; without it, BOT_KNOWLEDGE.")]


@told
def evaluate(
    files: _Files = None,
    knowledge: _Folder = None,
    as_json: Annotated[Path | None, typer.Option("--json", help="Keep figures and outcomes in this file.")] = None,
    compare: Annotated[Path | None, typer.Option(help="Tell what was won and lost since such a file.")] = None,
    misses: Annotated[int, typer.Option(min=0, help="How many misses to print of each file.")] = 20,
) -> None:
    """How well labelled questions are answered, tried out in a scratch database; exit 0 whatever the figures."""
    from bot.desk import comparison
    from bot.desk.evaluation import report
    from bot.desk.questions import question_sets

    kept = comparison.load(compare) if compare else None
    evaluation = {}
    with opened_app() as app:
        for asked in question_sets(files or (), knowledge or app.settings.knowledge):
            tell_findings(asked.findings)
            outcomes = evaluation[asked.name] = app.evaluate(asked)
            tell_lines(report(asked.name, outcomes, misses))
            if kept is not None:
                tell_lines(comparison.compare(kept, asked.name, outcomes))
    if as_json:
        comparison.save(as_json, evaluation)


@told
def fit(
    files: _Files = None,
    knowledge: _Folder = None,
    right: Annotated[float, typer.Option(min=0, max=1, help="At least this share of the answers is right.")] = 0.95,
    false: Annotated[
        float, typer.Option(min=0, max=1, help="Of what nothing answers, at most this is answered.")
    ] = 0.02,
    keep: Annotated[bool, typer.Option("--keep", help="Only measure the floors in use.")] = False,
    write: Annotated[bool, typer.Option("--write", help="Keep the floors and their figures as data.")] = False,
) -> None:
    """Refit the floors of a decision on labelled questions; exit 1 where none keep the bounds on every file."""
    from bot.app import now
    from bot.desk.fitting import Bounds, Fit, fit_floors, fit_table, try_out
    from bot.desk.floors import write_policy
    from bot.desk.questions import question_sets

    with opened_app() as app:
        sets = question_sets(files or (), knowledge or app.settings.knowledge)
        for asked in sets:
            tell_findings(asked.findings)
        samples = {asked.name: app.sample(asked) for asked in sets}
        if keep:
            today = try_out(samples, app.policy)
            found = Fit(today, today)
        else:
            found = fit_floors(samples, app.policy, Bounds(right, false))
        tell_lines(fit_table(found))
        if found.best is None:
            raise typer.Exit(1)
        if write:
            typer.echo(f"written to {write_policy(found.best, now().date())}")
