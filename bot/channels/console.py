"""A conversation in the terminal, or line by line from a pipe."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import datetime
from typing import TextIO

from rich.console import Console
from rich.text import Text

from bot import replies
from bot.answering import Answering
from bot.language.follow_up import FollowUp, Wish
from bot.language.script import language_after
from bot.model import TOPIC_LASTS, Channel, Language, Question, Reply, Topic
from bot.own_data import OwnData, phrases

_PROMPT = "您问："
_LEAVE = frozenset(("/quit", "/exit", "/q", "退出"))


class Conversation:
    """One person at one terminal, whose words may follow up on the last reply: a number, 全文, 那2016年呢."""

    def __init__(self, answering: Answering, own_data: OwnData, citizen: str) -> None:
        self._answering = answering
        self._own_data = own_data
        self._citizen = citizen
        self._topic: Topic | None = None
        self._spoken_at: datetime | None = None
        self._language = Language.HANS
        self._confirming = False

    def reply_to(self, line: str) -> Reply:
        """The reply to one line: a command, what follows up on the last reply, or a question, which is put on record."""
        now = self._answering.now()
        confirming, self._confirming = self._confirming, False
        if confirming and (settled := self._settled(line.strip(), now)):
            return settled
        if reply := self._command(line.strip()):
            if reply.choices:
                self._topic = (self._topic or Topic("", reply.language)).after(reply)
                self._spoken_at = now
            return reply
        is_fresh = self._spoken_at is not None and now - self._spoken_at <= TOPIC_LASTS
        topic = self._topic if self._topic and is_fresh else Topic("", self._language)
        question = Question(line, Channel.CONSOLE, now, self._citizen)
        follow = self._answering.follow(question, topic)
        if follow and follow.wish is not Wish.ANSWER:
            reply = self._shown(follow, topic)
            self._topic = topic.after(reply)
        else:
            if follow:
                question = replace(question, understood=follow.question, language=language_after(line, topic.language))
            answered = self._answering.answer(question)
            reply = answered.reply
            self._language = reply.language
            if answered.kind.is_searched:
                self._topic = Topic.of(question, reply)
        self._spoken_at = now
        return reply

    def _command(self, typed: str) -> Reply | None:
        commands: dict[str, Callable[[Language], Reply]] = {
            "/start": self._answering.introduction,
            "/help": self._answering.help,
            "/contact": self._answering.contact,
            "/new": self._answering.latest,
            "/privacy": self._privacy,
            "/mydata": self._my_data,
            "/forget": self._forget,
        }
        name = typed.split(" ")[0].lower()
        if name in commands:
            return commands[name](self._language)
        return self._answering.help(self._language) if name.startswith("/") and name != "/full" else None

    def _privacy(self, language: Language) -> Reply:
        kept, said = self._answering.privacy(language), phrases(language)
        return replace(kept, lead="\n".join((kept.lead, said.rights, said.applications_stay)))

    def _my_data(self, language: Language) -> Reply:
        return Reply(language, self._own_data.shown(self._key, language))

    def _forget(self, language: Language) -> Reply:
        said = phrases(language)
        self._confirming = True
        return Reply(language, f"{said.ask}\n{said.how_to_confirm.format(erase=said.erase)}")

    def _settled(self, said: str, now: datetime) -> Reply | None:
        """The reply to what was said about erasing; None where it is about something else, and nothing is erased."""
        known, language = phrases(self._language), self._language
        # 確認刪除 confirms it as well as 确认删除 does.
        if said.casefold() in {phrases(each).keep.casefold() for each in Language}:
            return Reply(language, known.kept)
        if said.casefold() not in {phrases(each).erase.casefold() for each in Language}:
            return None
        self._own_data.erase(self._key, now)
        self._topic = None
        return Reply(language, known.erased)

    @property
    def _key(self) -> str:
        return self._answering.citizen_key(Channel.CONSOLE, self._citizen)

    def _shown(self, follow: FollowUp, topic: Topic) -> Reply:
        if follow.wish is Wish.MISSING:
            return self._answering.not_there(follow.number, len(topic.choices), self._language)
        if follow.wish is Wish.PICK:
            return self._answering.show(*topic.choices[follow.number - 1], self._language)
        if follow.wish is Wish.WHOLE:
            return self._answering.full_text(*topic.nearest, self._language)
        return self._answering.related(*topic.nearest, self._language)


def converse(answering: Answering, own_data: OwnData, citizen: str, source: TextIO | None = None) -> None:
    """Talk until the end of input or /quit; prompt and colours only where a person sits at a terminal."""
    source = source or sys.stdin
    console = Console(highlight=False, soft_wrap=True)
    conversation = Conversation(answering, own_data, citizen)
    attended = source.isatty() and console.is_terminal
    if attended:
        _print(console, answering.introduction(Language.HANS))
        commands = (
            "/help 怎么提问　/new 最新公开　/contact 联系方式　/privacy 个人信息　"
            "/mydata 保存了我的哪些信息　/forget 删除我的提问　/quit 退出"
        )
        console.print(Text(commands, style="dim"))
    for line in _typed_lines() if attended else source:
        if line.strip().lower() in _LEAVE:
            break
        if line.strip():
            if not attended:
                console.print(Text(f"{_PROMPT}{line.strip()}", style="bold"))
            _print(console, conversation.reply_to(line.rstrip("\r\n")))
    if attended:
        console.print("再见，感谢您的来访。")


def _typed_lines() -> Iterator[str]:
    # Its import alone gives input() editing and a history that lives as long as the conversation, and on no disk.
    import readline

    readline.set_auto_history(True)
    while True:
        try:
            yield input(f"\n{_PROMPT}")
        except (EOFError, KeyboardInterrupt):
            sys.stdout.write("\n")
            return


def _print(console: Console, reply: Reply) -> None:
    """Print a reply, the sentence that answers in bold."""
    text = Text(replies.plain_text(reply))
    if reply.quote and reply.quote.focus:
        text.highlight_words([reply.quote.focus], style="bold")
    console.print(text)
    hints = []
    if reply.choices:
        hints.append(replies.labels(reply.language).choose)
    if reply.full_text:
        hints.append(f"[{replies.labels(reply.language).full_text}]")
    if hints:
        console.print(Text("　".join(hints), style="dim"))
    console.print()
