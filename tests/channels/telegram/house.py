"""The channel with the real house behind it: a folder of reports, a store, an index."""

from __future__ import annotations

import asyncio
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

from sqlalchemy import func, select

from bot.app import App
from bot.channels.telegram import Office, Setup, serve
from bot.model import ContactRecord
from bot.store import Store
from bot.store.tables import outbox
from tests.botapi import BotApi, Sent
from tests.houses import AGENCIES, write_house

REPORT = """---
title: 随州市招商局{year}年政府信息公开年度报告
date: {following}-02-05
kind: report
category: 年度报告
source: http://zsj.example.org/{year}
---

## 一、主动公开情况

{year}年，随州市招商局主动公开政府信息{count}条，其中机构概况2条。

## 二、收费和减免情况

{fees}
"""
YEARS = {2016: 121, 2017: 133, 2018: 256}
FEES = "\n\n".join(
    f"{{year}}年第{number}季度没有向申请人收取任何检索、复制、邮寄等费用，也没有减免费用的情况，收费标准按照国家有关规定执行。"
    for number in "一二三四五六七八九十"
)
NOTE = """---
title: 停车场收费标准
date: 2019-03-01
kind: item
category: 便民
---

停车每小时5元，不足一小时的按一小时计算。
"""


def files() -> dict[str, str]:
    """Three years' reports alike, and one item."""
    reports = {
        f"reports/{year}.md": REPORT.format(year=year, following=year + 1, count=count, fees=FEES.format(year=year) * 3)
        for year, count in YEARS.items()
    }
    return {"agencies.toml": AGENCIES, "items/parking.md": NOTE, **reports}


class House:
    """A channel at work on a real house.

    Attributes:
        api: the Telegram that it serves.
        app: the house.
    """

    def __init__(self, api: BotApi, app: App) -> None:
        self.api = api
        self.app = app

    @property
    def store(self) -> Store:
        return self.app.store

    def records(self) -> tuple[ContactRecord, ...]:
        """What is on record, oldest first."""
        return tuple(self.store.records.all())

    def says(self, chat: int, text: str, language: str = "zh-hans") -> Sent:
        """Somebody writes; what they are answered last."""
        count = len(self.api.sent(chat))
        self.settle(self.api.user_sends(chat, text, language=language))
        return self.api.wait_for_sent(chat, count + 1)[-1]

    def presses(self, message: Sent, button: str) -> Sent:
        """Somebody presses a button that leads to a message; that message."""
        count = len(self.api.sent(message.chat_id))
        self.api.user_presses(message, button)
        return self.api.wait_for_sent(message.chat_id, count + 1)[-1]

    def turns(self, message: Sent, button: str) -> Sent:
        """Somebody presses a button that changes its message; the message as it is then."""
        place = message.chat_id, message.message_id
        self.api.user_presses(message, button)
        self.api.wait_for(lambda: self.api.state.sent[place] != message)
        return self.api.state.sent[place]

    def corner(self, message: Sent, button: str) -> str:
        """Somebody presses a button; what is told in its corner."""
        query = self.api.user_presses(message, button)
        self.api.wait_for(lambda: query in self.api.state.query_answers)
        return self.api.state.query_answers[query]

    def settle(self, update_id: int) -> None:
        """Wait until an update is dealt with."""
        deadline = time.monotonic() + 20
        # First whether it came: one that comes between the two looks would seem to be neither waiting nor missing.
        while (self.store.inbox.last_update_id() or 0) < update_id or any(
            update == update_id for update, _ in self.store.inbox.pending()
        ):
            assert time.monotonic() < deadline
            time.sleep(0.005)

    def letters_of(self, update_id: int) -> int:
        """How many messages an update led to that is dealt with, sent or not."""
        counted = select(func.count()).where(outbox.c.origin == f"telegram:{update_id}")
        with self.store._database.read() as connection:
            return connection.execute(counted).scalar_one()


@contextmanager
def house(api: BotApi, root: Path, staff_chat: int = 0, office: Callable[[], Office] | None = None) -> Iterator[House]:
    """Publish the folder and serve it until the block ends; with a group of staff where there are hours."""
    with App(write_house(root, files())) as app:
        app.sync()
        staff = replace(app.staffroom.staff(staff_chat), office=office) if office else None
        loop = asyncio.new_event_loop()
        stop = asyncio.Event()

        def run() -> None:
            with asyncio.Runner(loop_factory=lambda: loop) as runner:
                setup = Setup(
                    answering=app.answering, store=app.store, token=api.token, secret=app.secret(), api_url=api.url,
                    intake=app.intake, staff=staff,
                )  # fmt: skip
                runner.run(serve(setup, stop))

        thread = threading.Thread(target=run)
        thread.start()
        try:
            yield House(api, app)
        finally:
            loop.call_soon_threadsafe(stop.set)
            thread.join(20)
            assert not thread.is_alive()
