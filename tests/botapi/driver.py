"""The test's side: people who write, press buttons and wait, and the faults that they meet."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from types import TracebackType
from typing import Any, Self

from tests.botapi.entities import utf16
from tests.botapi.errors import RefusalError
from tests.botapi.methods import BOT_USER, as_json
from tests.botapi.server import Server
from tests.botapi.state import Fault, Json, Sent, State
from tests.botapi.uploads import PHOTO_SIZE, Upload, file_json, keep_file

TOKEN = "4242:AAtest-token_of-the-strict-local-bot-api"
WAIT_SECONDS = 10.0

_MARKED = re.compile(r"(?P<bot_command>(?:(?<=\s)|^)/[A-Za-z0-9_]+(?:@\w+)?)|(?P<mention>@\w{3,32})")


class BotApi:
    """A Telegram of one's own: `with BotApi() as api`, then point a bot at `api.url`.

    Args:
        server: one that is running, to be quicker; else it starts its own.
    """

    def __init__(self, server: Server | None = None, token: str = TOKEN):
        self.state = State(token)
        self.token = token
        self._owned = None if server else Server()
        self._server = server or self._owned or Server()

    @property
    def url(self) -> str:
        """The address as BOT_TELEGRAM_API takes it."""
        return self._server.url

    def __enter__(self) -> Self:
        if self._owned:
            self._owned.__enter__()
        self._server.show(self.state)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._server.show(State(""))
        if self._owned:
            self._owned.__exit__(kind, error, trace)

    def user_sends(self, chat_id: int, text: str, **more: Any) -> int:
        """Somebody writes.

        Args:
            chat_id: positive for a private chat with the user of that id, negative for a group.
            text: what they write; commands and mentions in it are marked as Telegram marks them.
            more: `user_id` in a group, `language` of their app, `reply_to` a message of the bot; anything else goes
                into the message as it is.

        Returns:
            The update's id.
        """
        entities = [
            {"type": found.lastgroup, "offset": utf16(text[: found.start()]), "length": utf16(found[0])}
            for found in _MARKED.finditer(text)
        ]
        content: Json = {"text": text, "entities": entities} if entities else {"text": text}
        return self.user_sends_other(chat_id, **content, **more)

    def user_sends_other(
        self, chat_id: int, *, user_id: int = 0, language: str = "zh-hans", reply_to: Sent | None = None, **content: Any
    ) -> int:
        """Somebody sends anything: `photo=[…]`, `sticker={…}`; returns the update's id."""
        with self.state.changed:
            message = self._message(chat_id, user_id or abs(chat_id), language) | content
            if reply_to:
                message["reply_to_message"] = as_json(self.state, reply_to)
            self.state.said[chat_id, message["message_id"]] = message
            return self.state.add_update({"message": message})

    def user_sends_file(self, chat_id: int, kind: str, name: str, content: bytes, **more: Any) -> int:
        """Somebody sends a document or a photo, with a `caption` perhaps; returns the update's id."""
        return self.user_sends_other(chat_id, **self.file(kind, name, content), **more)

    def user_sends_album(
        self, chat_id: int, kind: str, contents: Sequence[bytes], caption: str = "", **more: Any
    ) -> int:
        """Somebody sends several photos or documents at once: a message each, with the album's id; the first has the caption.

        Returns:
            The id of the last one's update.
        """
        album = str(13_000_000 + self.state.next_update)
        for number, content in enumerate(contents):
            under = {"caption": caption} if caption and not number else {}
            last = self.user_sends_file(chat_id, kind, f"{number}.jpg", content, media_group_id=album, **under, **more)
        return last

    def user_edits(self, chat_id: int, message_id: int, text: str, **more: Any) -> int:
        """Somebody changes what they wrote, be it under a file; returns the update's id.

        Args:
            chat_id: where.
            message_id: which message.
            text: what they made of its words; empty takes a caption away.
            more: what they put in the file's place, as the message has it.
        """
        with self.state.changed:
            message = self.state.said[chat_id, message_id] | {"edit_date": int(self.state.clock())} | more
            words = "text" if "text" in message else "caption"
            message.pop(words, None)
            message |= {words: text} if text else {}
            self.state.said[chat_id, message_id] = message
            return self.state.add_update({"edited_message": message})

    def file(self, kind: str, name: str, content: bytes) -> Json:
        """A file as a message has it, for whoever puts it in another's place."""
        file = file_json(self.state, keep_file(self.state, Upload(name, content), kind))
        return {kind: [file | PHOTO_SIZE] if kind == "photo" else file}

    def user_presses(self, message: Sent, button: str, *, user_id: int = 0, language: str = "zh-hans") -> str:
        """Somebody presses the button whose text starts so; returns the query's id."""
        return self.user_presses_data(message, message.button(button).data, user_id=user_id, language=language)

    def user_presses_data(self, message: Sent, data: str, *, user_id: int = 0, language: str = "zh-hans") -> str:
        """Somebody presses a button that carried `data`, perhaps one of an earlier edition; returns the query's id."""
        with self.state.changed:
            self.state.next_query += 1
            query_id = str(self.state.next_query)
            self.state.queries[query_id] = self.state.clock()
            query = {
                "id": query_id,
                "from": _user(user_id or abs(message.chat_id), language),
                "message": as_json(self.state, message),
                "chat_instance": "1",
                "data": data,
            }
            self.state.add_update({"callback_query": query})
            return query_id

    def user_searches(self, user_id: int, text: str, offset: str = "", language: str = "zh-hans") -> str:
        """Somebody writes the bot's name and some words in a chat of theirs; returns the inline query's id."""
        with self.state.changed:
            self.state.next_query += 1
            query_id = str(self.state.next_query)
            self.state.queries[query_id] = self.state.clock()
            query = {"id": query_id, "from": _user(user_id, language), "query": text, "offset": offset}
            self.state.add_update({"inline_query": query})
            return query_id

    def user_blocks(self, chat_id: int) -> None:
        """Somebody blocks the bot."""
        self.state.blocked.add(chat_id)

    def bot_becomes(
        self, chat_id: int, status: str, before: str, *, user_id: int = 0, language: str = "zh-hans"
    ) -> int:
        """Somebody changes what the bot is in a chat: `member`, `administrator`, `left`, `kicked`; returns the update's id."""
        with self.state.changed:
            message = self._message(chat_id, user_id or abs(chat_id), language)
            change: Json = {key: message[key] for key in ("from", "chat", "date")}
            change |= {"old_chat_member": _member(before), "new_chat_member": _member(status)}
            return self.state.add_update({"my_chat_member": change})

    def raw_update(self, body: Json) -> int:
        """An update of any shape; returns its id."""
        return self.state.add_update(body)

    def redeliver(self, update: Json) -> None:
        """Deliver an update again, under the id that it had."""
        with self.state.changed:
            self.state.updates.append(update)
            self.state.changed.notify_all()

    def lead(self, host: str, local: str) -> None:
        """Have a proxy: what is delivered to https://host comes to a local address such as 127.0.0.1:8080."""
        self.state.proxies[host] = local

    def fail(self, method: str, fault: Fault | RefusalError, times: int = 1) -> None:
        """Script a fault for a method's next calls, or for `webhook`'s next deliveries: with `acts` only the answer is lost."""
        scripted = Fault(refusal=fault) if isinstance(fault, RefusalError) else fault
        with self.state.changed:
            self.state.faults[method.lower()].extend([scripted] * times)

    def sent(self, chat_id: int) -> tuple[Sent, ...]:
        """What the bot sent to a chat, in order."""
        with self.state.changed:
            return tuple(message for (chat, _), message in sorted(self.state.sent.items()) if chat == chat_id)

    def calls(self, method: str) -> list[Json]:
        """The parameters of each call of a method so far."""
        with self.state.changed:
            return [given for called, given in self.state.calls if called == method.lower()]

    def wait_for(self, condition: Callable[[], bool], seconds: float = WAIT_SECONDS) -> None:
        """Wait until something is so.

        Raises:
            TimeoutError: it is not so in time.
        """
        with self.state.changed:
            if not self.state.changed.wait_for(condition, seconds):
                raise TimeoutError("what the test waits for did not happen")

    def wait_for_sent(self, chat_id: int, count: int = 1, seconds: float = WAIT_SECONDS) -> tuple[Sent, ...]:
        """Wait until the bot has sent so many messages to a chat, and give them."""
        self.wait_for(lambda: len(self.sent(chat_id)) >= count, seconds)
        return self.sent(chat_id)

    def wait_until_read(self, update_id: int, seconds: float = WAIT_SECONDS) -> None:
        """Wait until the bot has acknowledged an update."""
        self.wait_for(lambda: all(update["update_id"] > update_id for update in self.state.updates), seconds)

    def _message(self, chat_id: int, user_id: int, language: str) -> Json:
        user = _user(user_id, language)
        private = {"id": chat_id, "type": "private", "first_name": user["first_name"]}
        group = {"id": chat_id, "type": "supergroup", "title": "街坊"}
        chat = self.state.chats.setdefault(chat_id, private if chat_id > 0 else group)
        message_id = self.state.new_message_id()
        return {"message_id": message_id, "from": user, "chat": chat, "date": int(self.state.clock())}


def _member(status: str) -> Json:
    rights = ("can_be_edited", "is_anonymous", "can_manage_chat", "can_delete_messages", "can_manage_video_chats",
              "can_restrict_members", "can_promote_members", "can_change_info", "can_invite_users", "can_post_stories",
              "can_edit_stories", "can_delete_stories")  # fmt: skip
    details: dict[str, Json] = {"administrator": dict.fromkeys(rights, False), "kicked": {"until_date": 0}}
    return {"status": status, "user": BOT_USER, **details.get(status, {})}


def _user(user_id: int, language: str) -> Json:
    return {"id": user_id, "is_bot": False, "first_name": f"市民{user_id}", "language_code": language}


__all__ = ["BOT_USER", "TOKEN", "BotApi"]
