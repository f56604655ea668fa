"""What is to be sent, kept until the channel has said that it took it: a killed process sends late, not never."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Row, and_, bindparam, delete, exists, func, or_, select, update

from bot.model import Backlog, Letter, Priority, QueuedLetter
from bot.store.database import Database
from bot.store.tables import outbox

WAITING = "waiting"
SENT = "sent"
FAILED = "failed"

# Built once: asked for each letter that goes out.
_earlier = outbox.alias()
_is_behind = exists().where(_earlier.c.state == WAITING, _earlier.c.chat == outbox.c.chat, _earlier.c.id < outbox.c.id)
HEADS = (
    select(outbox)
    .where(
        outbox.c.state == WAITING,
        outbox.c.not_before <= bindparam("now"),
        outbox.c.chat.not_in(bindparam("busy", expanding=True)),
        ~_is_behind,
    )
    .order_by(outbox.c.priority, outbox.c.id)
    .limit(bindparam("limit"))
)
TAKEN = (
    update(outbox)
    .where(outbox.c.id == bindparam("letter"))
    .values(state=SENT, parameters={}, message_id=bindparam("message_id"), settled_at=bindparam("settled_at"))
)


class Outbox:
    """Letters in the order in which they were put in; one chat's go out one after the other."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._new = database.insert(outbox).on_conflict_do_nothing().returning(outbox.c.id)

    def put(self, letters: Sequence[Letter], origin: str, now: datetime) -> int:
        """Keep letters to be sent; they are on disk when the transaction is.

        Args:
            letters: in the order in which they are to arrive.
            origin: what made them, such as telegram:4711; what it put in before is not put in again.
            now: since when they wait.

        Returns:
            How many were new.
        """
        rows = [
            {
                "origin": origin,
                "part": part,
                "chat": letter.chat,
                "priority": int(letter.priority),
                "method": letter.method,
                "parameters": dict(letter.parameters),
                "reference": letter.reference,
                "queued_at": now,
                "state": WAITING,
                "not_before": now,
                "attempts": 0,
                "reason": "",
            }
            for part, letter in enumerate(letters)
        ]
        if not rows:
            return 0
        with self._database.write() as connection:
            return len(connection.execute(self._new, rows).all())

    def due(self, now: datetime, limit: int, busy: Collection[int] = ()) -> tuple[QueuedLetter, ...]:
        """The next letters to send: of each chat the first that waits, citizens before staff, then oldest first.

        Args:
            now: a letter that is held back until later is left, and all behind it in its chat.
            limit: most letters.
            busy: chats to leave out.
        """
        with self._database.read() as connection:
            heads = connection.execute(HEADS, {"now": now, "busy": tuple(busy), "limit": limit})
            return tuple(map(_to_queued, heads))

    def next_due(self) -> datetime | None:
        """When the next letter may be sent; None where none waits."""
        with self._database.read() as connection:
            earliest: datetime | None = connection.scalar(
                select(func.min(outbox.c.not_before)).where(outbox.c.state == WAITING)
            )
            return earliest

    def sent(self, letter_id: int, message_id: int | None, now: datetime) -> None:
        """Note that the channel took a letter, and under which number. Its words, a citizen's perhaps, go."""
        with self._database.write() as connection:
            connection.execute(TAKEN, {"letter": letter_id, "message_id": message_id, "settled_at": now})

    def fail(self, letter_id: int, reason: str, now: datetime) -> None:
        """Note that a letter cannot be sent; it is not tried again. The reason is what the channel said; the words go."""
        self._settle(letter_id, state=FAILED, parameters={}, reason=reason, settled_at=now)

    def postpone(self, letter_id: int, not_before: datetime) -> None:
        """Hold a letter back, and with it all behind it in its chat."""
        self._settle(letter_id, not_before=not_before, attempts=outbox.c.attempts + 1)

    def replace(self, letter_id: int, letter: Letter) -> None:
        """Put another letter in the place of one that cannot be sent as it is."""
        self._settle(letter_id, chat=letter.chat, method=letter.method, parameters=dict(letter.parameters))

    def give_up(self, chat: int, reason: str, now: datetime) -> tuple[QueuedLetter, ...]:
        """Fail all that waits for a chat that cannot be reached; returns it."""
        waiting = and_(outbox.c.state == WAITING, outbox.c.chat == chat)
        given_up = {"state": FAILED, "parameters": {}, "reason": reason, "settled_at": now}
        with self._database.write() as connection:
            lost = tuple(map(_to_queued, connection.execute(select(outbox).where(waiting).order_by(outbox.c.id))))
            connection.execute(update(outbox).where(waiting).values(**given_up))
        return lost

    def move(self, chat: int, new_chat: int) -> None:
        """Send to another chat what was meant for one that became it."""
        with self._database.write() as connection:
            connection.execute(update(outbox).where(outbox.c.chat == chat).values(chat=new_chat))

    def reference_of(self, chat: int, message_id: int) -> str:
        """The contact record that a sent message belongs to; empty where it belongs to none or is not known."""
        sent = select(outbox.c.reference).where(outbox.c.chat == chat, outbox.c.message_id == message_id)
        with self._database.read() as connection:
            return connection.scalar(sent.limit(1)) or ""

    def backlog(self) -> Backlog:
        """How much waits, since when, and how much was given up."""
        waiting = outbox.c.state == WAITING
        counted = select(
            func.count().filter(waiting), func.min(outbox.c.queued_at).filter(waiting), func.count().filter(~waiting)
        ).where(or_(waiting, outbox.c.state == FAILED))
        with self._database.read() as connection:
            return Backlog(*connection.execute(counted).one())

    def forget(self, before: datetime) -> int:
        """Drop what was sent or given up earlier; returns how many."""
        old = and_(outbox.c.state != WAITING, outbox.c.settled_at < before)
        with self._database.write() as connection:
            return connection.execute(delete(outbox).where(old)).rowcount

    def erase(self, chat: int) -> None:
        """Blank what was sent to a chat or given up, and what it belonged to; that it was dealt with stays known."""
        theirs = and_(outbox.c.chat == chat, outbox.c.state != WAITING)
        with self._database.write() as connection:
            connection.execute(update(outbox).where(theirs).values(parameters={}, reference=""))

    def _settle(self, letter_id: int, **values: Any) -> None:
        with self._database.write() as connection:
            connection.execute(update(outbox).where(outbox.c.id == letter_id).values(**values))


def _to_queued(row: Row[Any]) -> QueuedLetter:
    letter = Letter(row.chat, row.method, row.parameters, row.reference, Priority(row.priority))
    return QueuedLetter(row.id, letter, row.origin, row.queued_at, row.attempts)
