"""Files go both ways, as python-telegram-bot sends them; what Telegram refuses of them is refused."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Iterator
from typing import TypeVar

import pytest
from telegram import Bot, InputFile, Message
from telegram.error import BadRequest, Forbidden

from tests.botapi import BotApi, Server

CITIZEN = 7
Result = TypeVar("Result")


@pytest.fixture(scope="module")
def server() -> Iterator[Server]:
    with Server() as server:
        yield server


@pytest.fixture
def api(server: Server) -> Iterator[BotApi]:
    with BotApi(server) as api:
        api.user_sends(CITIZEN, "你好")
        yield api


def call(api: BotApi, work: Callable[[Bot], Awaitable[Result]]) -> Result:
    """Have a bot do something."""

    async def run() -> Result:
        async with Bot(api.token, base_url=api.url) as bot:
            return await work(bot)

    return asyncio.run(run())


def send(api: BotApi, content: bytes = b"%PDF", caption: str = "<b>见附件</b>") -> Message:
    file = InputFile(content, "年报.pdf")
    return call(api, lambda bot: bot.send_document(CITIZEN, file, caption=caption, parse_mode="HTML"))


def test_a_document_arrives_with_its_name_and_caption(api: BotApi) -> None:
    sent = send(api)
    assert sent.document
    assert (sent.document.file_name, sent.document.file_size, sent.caption) == ("年报.pdf", 4, "见附件")
    (seen,) = api.sent(CITIZEN)
    assert (seen.kind, seen.text, seen.styled("bold")) == ("document", "见附件", ("见附件",))
    assert api.state.files[seen.file_id] == ("年报.pdf", b"%PDF")


def test_what_somebody_sent_can_be_sent_on_by_its_id(api: BotApi) -> None:
    api.user_sends_file(CITIZEN, "photo", "门牌.jpg", b"JPEG", caption="这里")
    (update,) = list(api.state.updates)[-1:]
    (photo,) = update["message"]["photo"]
    assert update["message"]["caption"] == "这里"
    sent = call(api, lambda bot: bot.send_photo(CITIZEN, photo["file_id"]))
    assert sent.photo[0].file_id == photo["file_id"]
    assert api.sent(CITIZEN)[0].kind == "photo"


@pytest.mark.parametrize(
    ("content", "caption", "reason"),
    [
        (b"", "", "non-empty"),
        (b"%PDF", "字" * 1025, "caption is too long"),
        (b"%PDF", "<b>", "parse entities"),
    ],
)
def test_what_telegram_refuses_of_files_is_refused(api: BotApi, content: bytes, caption: str, reason: str) -> None:
    with pytest.raises(BadRequest, match=reason):
        send(api, content, caption)
    assert not api.sent(CITIZEN)


def test_an_id_that_nobody_knows_and_a_chat_that_blocked_the_bot_are_refused(api: BotApi) -> None:
    with pytest.raises(BadRequest, match="file identifier"):
        call(api, lambda bot: bot.send_document(CITIZEN, "made-up"))
    api.user_blocks(CITIZEN)
    with pytest.raises(Forbidden):
        send(api)


def test_the_text_of_a_file_cannot_be_edited(api: BotApi) -> None:
    sent = send(api)
    with pytest.raises(BadRequest, match="no text in the message"):
        call(api, lambda bot: bot.edit_message_text("别的", CITIZEN, sent.message_id))


def test_what_somebody_sent_can_be_fetched(api: BotApi) -> None:
    api.user_sends_file(CITIZEN, "document", "申请表.pdf", b"%PDF-1.7")
    sent = api.state.updates[-1]["message"]["document"]

    async def fetch() -> bytes:
        file_url = api.url.removesuffix("/bot") + "/file/bot"
        async with Bot(api.token, base_url=api.url, base_file_url=file_url) as bot:
            file = await bot.get_file(sent["file_id"])
            assert file.file_size == 8
            return bytes(await file.download_as_bytearray())

    assert asyncio.run(fetch()) == b"%PDF-1.7"
    with pytest.raises(BadRequest, match="rong file_id"):
        call(api, lambda bot: bot.get_file("document-0"))


def test_an_album_is_a_message_each_with_one_id(api: BotApi) -> None:
    api.user_sends_album(CITIZEN, "photo", (b"1", b"2", b"3"), caption="三张")
    pieces = [update["message"] for update in list(api.state.updates)[-3:]]
    assert len({piece["media_group_id"] for piece in pieces}) == 1
    assert [piece.get("caption", "") for piece in pieces] == ["三张", "", ""]
    assert len({piece["photo"][0]["file_unique_id"] for piece in pieces}) == 3


def test_a_copy_keeps_its_caption_or_gets_another_that_can_be_changed(api: BotApi) -> None:
    api.user_sends_file(CITIZEN, "photo", "门牌.jpg", b"JPEG", caption="这里")
    number = api.state.updates[-1]["message"]["message_id"]
    call(api, lambda bot: bot.copy_message(CITIZEN, CITIZEN, number))
    assert api.sent(CITIZEN)[-1].text == "这里"
    copy = call(api, lambda bot: bot.copy_message(CITIZEN, CITIZEN, number, caption="<i>那里</i>", parse_mode="HTML"))
    call(api, lambda bot: bot.edit_message_caption(CITIZEN, copy.message_id, caption="<b>别处</b>", parse_mode="HTML"))
    assert (api.sent(CITIZEN)[-1].text, api.sent(CITIZEN)[-1].copied) == ("别处", "photo")
    with pytest.raises(BadRequest, match="no text in the message"):
        call(api, lambda bot: bot.edit_message_text("别处", CITIZEN, copy.message_id))
