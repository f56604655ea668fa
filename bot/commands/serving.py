"""Serving the public: on Telegram or in the terminal, with the folder published as it changes."""

from __future__ import annotations

import gc
import logging
import sys
from typing import TYPE_CHECKING

import typer

from bot.channels.ending import end_in_time
from bot.commands.common import opened_app, tell_findings, told
from bot.commands.folder import tell_published

if TYPE_CHECKING:
    from bot.model import Finding
    from bot.publishing import Published

_log = logging.getLogger("bot.live")


@told
def run() -> None:
    """Sync, then serve Telegram when a token is set, else the console, and publish what changes in the folder.

    Every night what was kept for as long as it may be is erased.
    """
    with opened_app() as app:
        published = app.sync()
        tell_published(published, sys.stderr)
        # What is there by now stays: going through it all again made a question wait for 60 ms now and then.
        gc.collect()
        gc.freeze()
        if app.settings.telegram_token:
            logging.basicConfig(level=logging.INFO, format="%(asctime)s %(levelname)s %(name)s %(message)s")
            with app.live(_log_published, published.findings), app.nightly():
                app.serve_telegram(end_in_time)
        else:
            with app.live(_show_published, published.findings), app.nightly():
                app.converse()


def _show_published(published: Published, fresh: tuple[Finding, ...]) -> None:
    """A line on the terminal, below whatever is being typed there."""
    changes = published.changes
    if changes.any:
        counts = (len(changes.added), len(changes.changed), len(changes.withdrawn))
        typer.echo("\n已发布：新增{}件，更新{}件，撤下{}件".format(*counts), err=True)
    tell_findings(fresh)


def _log_published(published: Published, fresh: tuple[Finding, ...]) -> None:
    changes = published.changes
    if changes.any:
        counts = (len(changes.added), len(changes.changed), len(changes.withdrawn))
        _log.info("generation %d: %d added, %d changed, %d withdrawn", changes.generation, *counts)
    for finding in fresh:
        _log.warning("%s: %s", finding.severity, finding)


@told
def chat() -> None:
    """A conversation in the terminal."""
    with opened_app() as app:
        if published := app.sync_if_empty():
            tell_published(published, sys.stderr)
        app.converse()


@told
def health() -> None:
    """Exit 0 when questions can be answered: the database opens and the index is brought up to it; 2 with a reason."""
    with opened_app() as app:
        app.refresh()
