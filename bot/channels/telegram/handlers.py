"""What is said to each kind of update."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from typing import cast

import structlog
from telegram import Message, Update
from telegram.ext import ContextTypes

from bot.channels.telegram.addressing import is_command_to_bot, is_private, question_text
from bot.channels.telegram.applying import APPLY, Applying
from bot.channels.telegram.asking import Asking
from bot.channels.telegram.buttons import forgetting, languages
from bot.channels.telegram.faults import Faults
from bot.channels.telegram.gate import Gate
from bot.channels.telegram.groups import Groups
from bot.channels.telegram.inline import Inline
from bot.channels.telegram.limits import Limiter
from bot.channels.telegram.membership import Membership
from bot.channels.telegram.mydata import MyData
from bot.channels.telegram.ports import Answering
from bot.channels.telegram.post import Post
from bot.channels.telegram.pressing import PassOn, Pressing
from bot.channels.telegram.render import Message as Rendered
from bot.channels.telegram.render import render, render_shelf, say
from bot.channels.telegram.seals import Signer
from bot.channels.telegram.slashes import looked_like, spoken
from bot.channels.telegram.staff import Desk
from bot.channels.telegram.staff.wishes import asks_for_person
from bot.channels.telegram.staff.wording import wording
from bot.channels.telegram.telling import Telling
from bot.channels.telegram.unreadable import Unreadable, kind_of
from bot.channels.telegram.words import cannot_read, words
from bot.intake import Intake
from bot.model import Language, Letter, Reply
from bot.offers import START
from bot.own_data import phrases

log = structlog.get_logger()

# t.me/<bot>?start=d_<handle> leads to a document.
_TO_DOCUMENT = re.compile(r"d_([A-Za-z0-9_-]{12})")


class Conversation:
    """What the bot says to each kind of update.

    Attributes:
        pressing: what answers to buttons; `add` lets more of them answer.
        limiter: counts what citizens send.
        gate: stands before every answer.
        inline: answers what is looked up from other chats.
        membership: follows where the bot is a member.
        desk: takes to staff what citizens write to them; None where there are none.
        my_data: tells citizens what is kept about them.
        applying: leads through applications; None where none are taken.
        faults: settles what goes wrong.

    Args:
        spared: chats that fall under no limit and need no introduction, such as the staff's own.
        intake: where applications go; without it none are taken.
    """

    def __init__(
        self,
        answering: Answering,
        post: Post,
        signer: Signer,
        spared: Collection[int] = (),
        intake: Intake | None = None,
    ):
        self._answering = answering
        self._post = post
        self.pressing = Pressing(answering, post, signer)
        self._telling = Telling(post)
        self._groups = Groups(answering, self._telling)
        self._asking = Asking(answering, post, lambda: self.pass_on is not None)
        self.applying = Applying(answering, intake, post) if intake else None
        if self.applying:
            self.pressing.add(APPLY, self.applying.deed)
        self.my_data = MyData(answering, post, intake)
        self.limiter = Limiter(post.store)
        self.gate = Gate(answering, post, self.limiter, spared)
        self.inline = Inline(answering, self.gate)
        self.membership = Membership(answering, post, spared)
        self.desk: Desk | None = None
        self.faults = Faults(answering, post)
        self._unreadable = Unreadable()

    @property
    def pass_on(self) -> PassOn | None:
        """What 转人工 leads to; None where there is nobody to pass on to, and then there is no such button."""
        return self.pressing.pass_on

    @pass_on.setter
    def pass_on(self, hook: PassOn | None) -> None:
        self.pressing.pass_on = hook

    async def start(self, update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
        """/start: say who answers here; behind a link to a document, show its beginning."""
        linked = _TO_DOCUMENT.fullmatch(context.args[0]) if context.args else None
        if linked:
            await self._telling.tell(update, lambda language: self._answering.open(linked[1], language))
        elif is_private(_message(update)):
            await self._telling.tell(update, self._introduction)
        else:
            await self._groups.introduce(update)

    def _introduction(self, language: Language) -> Reply:
        return self._answering.introduction(language).followed_by(words(language).first_steps)

    async def help(self, update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
        """/help, and any command that we do not know: say how to ask."""
        if is_private(_message(update)):
            await self._telling.tell(update, self._answering.help)
        else:
            await self._groups.help(update)

    async def contact(self, update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
        """/contact: whom to turn to."""
        await self._telling.tell(update, self._answering.contact)

    async def privacy(self, update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
        """/privacy: what is kept about those who ask, and how to have it erased."""

        def compose(language: Language) -> tuple[Rendered, ...]:
            kept = self._answering.privacy(language)
            with_staff = (wording(language).keeping,) if self.desk else ()
            said = words(language)
            lines = (kept.lead, said.keeping, said.keeps_no_search, phrases(language).applications_stay, *with_staff)
            return render(Reply(language, "\n\n".join(lines)))

        await self._telling.show(update, compose)

    async def new(self, update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
        """/new: what was published last."""
        await self._telling.tell(update, self._answering.latest)

    async def browse(self, update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
        """/browse: what is published, by kind, year and category."""
        await self._telling.show(update, lambda language: (render_shelf(self._answering.browse(START, 0, language)),))

    async def language(self, update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
        """/language: which language to answer in."""

        def compose(language: Language) -> tuple[Rendered, ...]:
            said = words(language)
            return say(said.choose_language, languages(language, said))

        await self._telling.show(update, compose)

    async def forget(self, update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
        """/forget: ask before anything is erased."""

        def compose(language: Language) -> tuple[Rendered, ...]:
            said = phrases(language)
            return say(said.ask, forgetting(language, said))

        await self._telling.show(update, compose)

    async def like_command(self, update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
        """What is no command to Telegram: the one that it is in other letters' width or case, else how to ask."""
        known = {
            "start": self.start,
            "contact": self.contact,
            "privacy": self.privacy,
            "new": self.new,
            "browse": self.browse,
            "language": self.language,
            "mydata": self.my_data.show,
            "forget": self.forget,
        }
        if self.applying:
            known |= {"apply": self.applying.apply, "status": self.applying.status, "cancel": self.applying.cancel}
        await known.get(looked_like(_message(update).text or "") or "", self.help)(update, context)

    async def stray(self, update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
        """A command that is none in a group: where it names the bot, say where it is one, or how to ask."""
        message = _message(update)
        if not is_command_to_bot(message):
            return
        await self._groups.obey(update, looked_like(message.text or ""))

    async def question(self, update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
        """A question in words, or words under a picture; while an application is filled in, an answer of that."""
        if self.applying and await self.applying.takes(update, _message(update)):
            return
        message = _message(update)
        if self.desk and await self.desk.followed_up(update, message):
            return
        if not is_private(message) and (command := spoken(question_text(message))):
            await self._groups.obey(update, command)
            return
        if asks_for_person(question_text(message)):
            await self._person(update, message)
            return
        self._unreadable.answered(message)
        await self._asking.question(update, message)

    async def edited(self, update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
        """A question whose words were changed, or what was sent to staff."""
        message = cast("Message", update.edited_message)
        if self.applying and await self.applying.takes_edit(update, message):
            return
        if not self.desk or not await self.desk.edited(update, message):
            await self._asking.edited(update, message)

    def put_aside(self, update_id: int, message: Message, notice: Sequence[Letter], told: str) -> None:
        """Put a question on record that is not answered; what goes into an application goes on no record."""
        # A file in another's place is no question.
        asks = bool(message.text or message.caption)
        if not asks or (self.applying and self.applying.is_answer(message)):
            with self._post.store.together():
                self._post.file(update_id, notice)
            return
        self._asking.put_aside(update_id, message, notice, told)

    async def pressed(self, update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
        """A button."""
        await self.pressing.pressed(update)

    async def other(self, update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
        """A photo, a voice message, a sticker: say once what works instead."""
        message = _message(update)
        if self.desk and await self.desk.followed_up(update, message):
            return
        if not self._unreadable.calls_for_word(message):
            return
        await self._telling.show(update, lambda language: say(cannot_read(kind_of(message), language)))

    async def _person(self, update: Update, message: Message) -> None:
        """Who asks for a person: their last question is passed on; in a group, and without staff, they are told where to turn."""
        if not self.desk:
            await self._telling.tell(update, self._contact_instead)
        elif is_private(message):
            await self.desk.pass_last_on(update, message)
        else:
            await self._groups.lead_to_private(update, lambda language: words(language).person_in_private)

    def _contact_instead(self, language: Language) -> Reply:
        return self._answering.contact(language).led_by(words(language).no_person)


def _message(update: Update) -> Message:
    # Every filter in routes.py asks for one.
    return cast("Message", update.message)
