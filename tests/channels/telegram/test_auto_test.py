"""The flows of a private chat against another stand-in for Telegram than ours: what we take for granted, it need not."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import pytest

from bot.app import App
from bot.channels.telegram.courier import Courier
from bot.channels.telegram.handlers import Conversation
from bot.channels.telegram.post import Post
from bot.channels.telegram.receive import InboxQueue
from bot.channels.telegram.routes import add_handlers
from bot.channels.telegram.seals import Signer
from bot.channels.telegram.staff import Delivery
from tests.channels.telegram.house import files
from tests.houses import write_house

client_of = pytest.importorskip(
    "tg_auto_test.test_utils.serverless_telegram_client", reason="tg-auto-test needs Python 3.12"
).ServerlessTelegramClient


class Talk:
    """A citizen's side of the chat."""

    def __init__(self, conversation: Any, app: App) -> None:
        self._conversation = conversation
        self._app = app

    async def says(self, text: str) -> Any:
        """Write something; the last of what comes back."""
        await self._conversation.send_message(text)
        return await self._last()

    async def presses(self, message: Any, label: str) -> Any:
        """Press a button of a message; the last of what comes back."""
        data = next(button.data for row in message.buttons for button in row if label in button.text)
        await message.click(data=data)
        return await self._last()

    async def _last(self) -> Any:
        while self._app.store.outbox.backlog().waiting:
            await asyncio.sleep(0.01)
        return await self._conversation.get_response()


@asynccontextmanager
async def talk(root: Path) -> AsyncIterator[Talk]:
    """A private chat with the bot of a published folder, in one process and without a network."""
    with App(write_house(root, files())) as app:
        app.sync()
        post = Post(app.store, InboxQueue(app.store.inbox))
        signer = Signer(app.secret())

        def build(builder: Any) -> Any:
            application = builder.job_queue(None).build()
            add_handlers(application, Conversation(app.answering, post, signer))
            return application

        client = client_of(build_application=build)
        await client.connect()
        courier = Courier(client._application.bot, app.store, Delivery(app.store).undelivered, signer)
        post.wake = courier.wake
        sending = asyncio.create_task(courier.run())
        try:
            async with client.conversation("bot") as conversation:
                yield Talk(conversation, app)
        finally:
            sending.cancel()
            await asyncio.wait([sending])
            await client.disconnect()


def test_a_private_chat_goes_its_way(tmp_path: Path) -> None:
    async def go() -> None:
        async with talk(tmp_path) as chat:
            assert "随州市招商局" in (await chat.says("/start")).text
            answer = await chat.says("2017年主动公开政府信息多少条")
            assert "133条" in answer.text
            assert "2018" in (await chat.says("那2018年呢")).text
            offered = await chat.says("2017年和2018年各主动公开多少条")
            shown = await chat.presses(offered, "2017年")
            assert "133条" in shown.text
            assert "不是依申请公开的申请" in (await chat.says("/help")).text

    asyncio.run(go())
