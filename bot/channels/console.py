"""A conversation in the terminal, or line by line from a pipe."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from typing import TextIO

from rich.console import Console
from rich.text import Text

from bot import replies
from bot.answering import Answering
from bot.language.script import language_of
from bot.model import Channel, Language, Question, Reply, handle_of

_PROMPT = "您问："
_LEAVE = frozenset(("/quit", "/exit", "/q", "退出"))


class Conversation:
    """One person at one terminal, whose last reply a number (a choice of it) and 全文 (the whole of it) refer to."""

    def __init__(self, answering: Answering, citizen: str) -> None:
        self._answering = answering
        self._citizen = citizen
        self._last: Reply | None = None
        self._language = Language.HANS

    def reply_to(self, line: str) -> Reply:
        """The reply to one line: a command, a choice's number, 全文, or a question, which is put on record."""
        typed = line.strip()
        reply = self._command(typed) or self._pick(typed)
        if reply is None:
            self._language = language_of(typed)
            question = Question(line, Channel.CONSOLE, self._answering.now(), self._citizen)
            reply = self._answering.answer(question).reply
        self._last = reply
        return reply

    def _command(self, typed: str) -> Reply | None:
        commands: dict[str, Callable[[Language], Reply]] = {
            "/start": self._answering.introduction,
            "/help": self._answering.help,
            "/contact": self._answering.contact,
            "/privacy": self._answering.privacy,
        }
        name = typed.split(" ")[0].lower()
        if name in commands:
            return commands[name](self._language)
        return self._answering.help(self._language) if name.startswith("/") and name != "/full" else None

    def _pick(self, typed: str) -> Reply | None:
        last = self._last
        if last is None:
            return None
        if typed in ("全文", "/full") and last.citation:
            return self._answering.full_text(handle_of(last.citation.document), last.citation.section, self._language)
        if typed.isdecimal() and 1 <= int(typed) <= len(last.choices):
            choice = last.choices[int(typed) - 1]
            return self._answering.show(handle_of(choice.document), choice.section, self._language)
        return None


def converse(answering: Answering, citizen: str, source: TextIO | None = None) -> None:
    """Talk until the end of input or /quit; prompt and colours only where a person sits at a terminal."""
    source = source or sys.stdin
    console = Console(highlight=False, soft_wrap=True)
    conversation = Conversation(answering, citizen)
    attended = source.isatty() and console.is_terminal
    if attended:
        _print(console, answering.introduction(Language.HANS))
        console.print(Text("/help 怎么提问　/contact 联系方式　/privacy 个人信息　/quit 退出", style="dim"))
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
