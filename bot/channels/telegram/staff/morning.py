"""What staff are told in the morning: applications that come due, are late or wait for nobody, and the month's bulletin."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from datetime import date, datetime

import structlog

from bot.applying.reminders import line, reminders
from bot.channels.clock import utc_now
from bot.channels.telegram.files import document
from bot.channels.telegram.post import Post
from bot.channels.telegram.render import letters
from bot.channels.telegram.staff.cards import plain
from bot.channels.telegram.staff.hours import Staff
from bot.channels.telegram.staff.wording import wording
from bot.model import Language, Priority
from bot.workdays import BEIJING

log = structlog.get_logger()

LOOK_SECONDS = 60.0


class Morning:
    """Reminds staff once a working day and sends a month's bulletin once, whatever the number of workers and starts.

    The outbox knows each day's letters, and the store the last bulletin.

    Args:
        post: files what is to be sent.
        staff: where they are, and when.
    """

    def __init__(self, post: Post, staff: Staff, now: Callable[[], datetime] = utc_now) -> None:
        self._post = post
        self._staff = staff
        self._now = now
        self._looked_on: date | None = None

    async def run(self) -> None:
        """Look every minute whether the office has opened, until cancelled."""
        while True:
            for task in (self.remind, self.report):
                try:
                    if await asyncio.to_thread(task):
                        self._post.wake()
                except Exception as error:
                    # The database, for a while; the next minute makes up for it.
                    log.warning("telegram.not_told_staff", task=task.__name__, error=type(error).__name__)
            await asyncio.sleep(LOOK_SECONDS)

    def remind(self) -> int:
        """Put the day's reminders into the outbox, from the office's opening until it closes.

        Returns:
            How many messages were new; 0 on a day off, outside office hours, and where nothing is due.
        """
        now = self._now()
        today = now.astimezone(BEIJING).date()
        office = self._staff.office()
        if self._looked_on == today or office.next_open(now) != now:
            return 0
        store = self._post.store
        found = reminders(store.applications.open(), office.workdays, today)
        put = 0
        if found:
            lines = (wording(Language.HANS).reminders, *(line(each, Language.HANS) for each in found))
            told = letters(store.handovers.follow(self._staff.chat), plain("\n".join(lines)), priority=Priority.STAFF)
            put = store.outbox.put(told, f"remind:{today}", now)
        self._looked_on = today
        return put

    def report(self) -> int:
        """Put the bulletin of a month that is over into the outbox, once it is due.

        Returns:
            How many were new: 1, or 0.
        """
        now = self._now()
        bulletin = self._staff.bulletin(now)
        if bulletin is None:
            return 0
        store = self._post.store
        caption = wording(Language.HANS).bulletin.format(title=bulletin.title)
        with store.together():
            chat = store.handovers.follow(self._staff.chat)
            file = document(chat, f"{bulletin.title}.docx", bulletin.content, caption, Priority.STAFF)
            put = store.outbox.put([file], f"bulletin:{bulletin.month:%Y-%m}", now)
            store.bulletins.note(bulletin.month)
        return put
