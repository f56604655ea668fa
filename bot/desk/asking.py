"""A guided entry at a terminal: question by question, with what can be answered to each."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any

from bot.desk.fields import CHANNELS, KINDS, NAMES, OUTCOMES, EntryRefused, read_field
from bot.desk.register import BY_STAFF, Entry, checked
from bot.model import RequestKind, Resolution

_DONE = (
    Resolution.OPEN, Resolution.PASSED_ON, Resolution.ANSWERED_BY_STAFF, Resolution.REFERRED, Resolution.WITHDRAWN,
)  # fmt: skip


def ask_entry(
    prompt: Callable[..., str], tell: Callable[[str], None], find_agency: Callable[[str], str], now: datetime
) -> Entry | None:
    """Ask for an entry; None where the person decides against it.

    Args:
        prompt: shows a text and returns what is typed, `default` where that is nothing.
        tell: shows a line.
        find_agency: the key of an agency by what it is called; raises EntryRefused where none is.
        now: offered as the time of the inquiry.
    """

    def ask(name: str, default: str, *known: str) -> Any:
        shown = f"（{'、'.join(known)}）" if known else ""
        while True:
            written = prompt(f"{NAMES[name]}{shown}", default=default, show_default=bool(default))
            try:
                value: Any = find_agency(written) if name == "agency" else read_field(name, written)
                if name == "asked_at":
                    checked(Entry(BY_STAFF[0], value, "…"), now)
                if name == "channel":
                    checked(Entry(value, now, "…"), now)
                if name != "question" or value:
                    return value
            except EntryRefused as refused:
                tell(str(refused))

    channel = ask("channel", CHANNELS[BY_STAFF[0]], *(CHANNELS[each] for each in BY_STAFF))
    asked_at = ask("asked_at", now.strftime("%Y-%m-%d %H:%M"))
    question, reply = ask("question", ""), ask("reply", "")
    done = Resolution.ANSWERED_BY_STAFF if reply else Resolution.OPEN
    outcome = ask("outcome", OUTCOMES[done], *(OUTCOMES[each] for each in _DONE))
    kind = ask("kind", KINDS[RequestKind.INQUIRY], *list(KINDS.values())[:4])
    agency, follow_up_on = ask("agency", ""), ask("follow_up_on", "")
    entry = Entry(channel, asked_at, question, reply, outcome, kind, agency, "", follow_up_on)
    return entry if prompt("登记？（是、否）", default="是") in {"是", "y", "Y", "yes"} else None
