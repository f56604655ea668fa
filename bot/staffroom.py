"""What the staff's group on Telegram can have done by the desk: office hours, the register, drafts, the month's bulletin."""

from __future__ import annotations

import logging
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

from bot.channels.telegram import Bulletin, Drafting, Entered, Heard, Office, Staff
from bot.desk.annual.word import to_word
from bot.desk.bulletin import bulletin_of, due_bulletin
from bot.desk.drafts import DraftThere, NotAccepted, write_draft
from bot.desk.fields import EntryRefused, read_field
from bot.desk.register import Entry, enter
from bot.knowledge import read_folder_options, read_workdays
from bot.language.personal import find_personal
from bot.store import Store
from bot.workdays import BEIJING

_log = logging.getLogger(__name__)


class Staffroom:
    """Does for staff in their group what the command line does for those at the machine.

    Args:
        knowledge: the folder, whose settings are read anew each time.
        store: with the register.
    """

    def __init__(self, knowledge: Path, store: Store, now: Callable[[], datetime]) -> None:
        self._knowledge = knowledge
        self._store = store
        self._now = now

    def staff(self, chat: int) -> Staff:
        """The staff as the channel knows them, in their group."""
        return Staff(chat, self.office, self.enter_heard, self.draft_answer, self.due_bulletin)

    def office(self) -> Office:
        """When somebody is there, as the folder states it now."""
        return Office(read_workdays(self._knowledge), read_folder_options(self._knowledge))

    def enter_heard(self, heard: Heard, *, who: str, origin: str) -> Entered | None:
        """Put what staff heard and wrote down in their group into the register; None where its way is unknown."""
        at = self._now()
        try:
            entry = Entry(read_field("channel", heard.way), at, heard.question, heard.reply)
            entered = enter(self._store, entry, who=who, at=at, origin=origin)
        except EntryRefused:
            return None
        return Entered(entered.record.reference, bool(entered.masked))

    def draft_answer(self, reference: str, question: str, answer: str) -> Drafting:
        """Make what staff answered a draft of the knowledge folder."""
        if find_personal(question) or find_personal(answer):
            return Drafting.PERSONAL
        try:
            write_draft(self._knowledge, reference, question, answer)
        except DraftThere:
            return Drafting.THERE
        except NotAccepted as error:
            _log.warning("drafting: %s", error)
            return Drafting.UNWRITABLE
        return Drafting.WRITTEN

    def due_bulletin(self, at: datetime) -> Bulletin | None:
        """The draft of the bulletin that staff are to be sent at a moment; None where none is due, or none is wanted."""
        options = read_folder_options(self._knowledge)
        here = at.astimezone(BEIJING)
        if not options.bulletin:
            return None
        span = due_bulletin(here, read_workdays(self._knowledge), options.opens, self._store.bulletins.last())
        if span is None:
            return None
        draft = bulletin_of(self._store, span, "", here.date())
        return Bulletin(span.first, draft.title, to_word(draft))
