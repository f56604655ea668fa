"""Questions from a terminal or a script."""

from __future__ import annotations

import json
import sys
from typing import TYPE_CHECKING, Annotated

import typer

from bot.commands.common import opened_app, readable, told

if TYPE_CHECKING:
    from bot.recording import Answered


@told
def ask(
    question: Annotated[
        list[str] | None, typer.Argument(help="One question; without it, one a line from standard input.")
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="One JSON object a question.")] = False,
    no_record: Annotated[bool, typer.Option("--no-record", help="Leave no contact record.")] = False,
) -> None:
    """Answer one question, or those on standard input, streaming and in order."""
    with opened_app() as app:
        app.sync_if_empty()
        lines = [readable(" ".join(question))] if question else (line.rstrip("\r\n") for line in sys.stdin)
        for line in lines:
            if not line.strip() and not as_json:
                continue
            answered = app.ask(line, record=not no_record)
            typer.echo(json.dumps(_as_json(answered), ensure_ascii=False) if as_json else _as_text(answered))
            sys.stdout.flush()


def _as_text(answered: Answered) -> str:
    from bot.replies import plain_text

    return plain_text(answered.reply) + "\n"


def _as_json(answered: Answered) -> dict[str, object]:
    from bot.replies import plain_text

    reply, decision = answered.reply, answered.decision
    return {
        "question": answered.question.text,
        "decision": decision.verdict.value,
        "score": round(decision.score, 4),
        "matches": [
            {
                "document": match.document.id,
                "section": match.section.id,
                "title": match.document.title,
                "heading": list(match.section.headings),
                "text": match.section.text,
                "year": match.document.year,
                "agency": match.document.agency,
                "source": match.document.source,
                "score": round(match.score, 4),
            }
            for match in decision.matches
        ],
        "quote": reply.quote.text if reply.quote else None,
        "contact": _contact_json(answered),
        "reply": plain_text(reply),
        "record": answered.reference,
    }


def _contact_json(answered: Answered) -> dict[str, str] | None:
    from dataclasses import asdict

    contact = answered.reply.contact
    return {"agency": answered.agency, **asdict(contact)} if contact else None
