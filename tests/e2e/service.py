"""`bot run` as a process of its own, on a small folder of reports."""

from __future__ import annotations

import csv
import io
import subprocess
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from tests.botapi import BotApi
from tests.e2e.command import Bot

REPORTS = {2017: 133, 2018: 256}
"""How many pieces each year's report counts, by year."""

AGENCIES = """
[zsj]
name = "随州市招商局"
aliases = ["招商局"]
phone = "0722-3312345"
hotline = "12345"
site = "http://zsj.example.org"
default = true
"""
# The second chapter is longer than a quote, so that 全文 has more to show.
REPORT = """---
title: 随州市招商局{year}年政府信息公开年度报告
date: {next}-02-05
---

## 一、主动公开政府信息情况

{year}年，随州市招商局主动公开信息{count}条，其中机构概况2条，政策法规和规范性文件10条。

## 二、政府信息公开收费及减免情况

{fees}
"""


class Process:
    """`bot run` and its siblings, in a folder of their own."""

    def __init__(self, folder: Path, api: BotApi, **more: str):
        self.log = folder / "run.log"
        ours = {
            "BOT_TELEGRAM_TOKEN": api.token,
            "BOT_TELEGRAM_API": api.url,
            "BOT_KNOWLEDGE": str(folder / "knowledge"),
            "BOT_DATABASE_URL": f"sqlite:///{folder / 'bot.db'}",
            "BOT_INDEX": str(folder / "index"),
            "BOT_SECRET_FILE": str(folder / "secret"),
            **more,
        }
        self._bot = Bot(folder, ours)
        self._logging = Bot(folder, {**ours, "PYTHONUNBUFFERED": "1"})

    @contextmanager
    def running(self) -> Iterator[subprocess.Popen[bytes]]:
        """`bot run`, killed at the end if it still runs."""
        with self.log.open("ab") as log, self._logging.start("run", stdout=log, stderr=log) as process:
            try:
                yield process
            finally:
                process.kill()

    def cells_on_record(self) -> list[str]:
        """Every cell of every contact record, as `bot records export` writes them."""
        rows = csv.reader(io.StringIO(self.does("records", "export")))
        return [cell for row in rows for cell in row]

    def does(self, *command: str) -> str:
        """What a command beside the running bot prints."""
        done = self._bot.run(*command)
        assert done.returncode == 0
        return done.stdout


def write_reports(folder: Path, reports: Mapping[int, int] = REPORTS) -> None:
    """Reports alike but for their figures."""
    knowledge = folder / "knowledge"
    (knowledge / "reports").mkdir(parents=True)
    (knowledge / "agencies.toml").write_text(AGENCIES, encoding="utf-8")
    fees = "\n\n".join(
        f"第{number}季度，本局没有向申请人收取任何检索、复制、邮寄等费用，也没有减免费用的情况，收费标准按照国家有关规定执行。"
        for number in "一二三四五六七八九十"
    )
    for year, count in reports.items():
        text = REPORT.format(year=year, next=year + 1, count=count, fees=fees)
        (knowledge / "reports" / f"{year}.md").write_text(text, encoding="utf-8")
