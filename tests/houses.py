"""A small agency for tests of the whole walk: few documents, and questions that nobody can mistake."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from bot.settings import Secret, Settings
from tests.knowledge.places import write_folder

AGENCIES = """
[zsj]
name = "随州市招商局"
aliases = ["招商局"]
department = "办公室"
phone = "0722-3312345"
hotline = "12345"
site = "随州招商网"
default = true
"""
PARKING = """---
title: 停车场收费标准
date: 2018-03-01
aliases:
  - 停车怎么收费
---

停车每小时5元，不足一小时的按一小时计算。
"""
CANTEEN = """---
title: 职工食堂开放时间
date: 2018-04-01
aliases:
  - 食堂几点开门
---

食堂每天7点开门，19点关门。
"""
FILES = {"agencies.toml": AGENCIES, "items/parking.md": PARKING, "items/canteen.md": CANTEEN}

ASK_PARKING, PARKING_PASSAGE = "停车怎么收费", "停车每小时5元，不足一小时的按一小时计算。"
ASK_CANTEEN, CANTEEN_PASSAGE = "食堂几点开门", "食堂每天7点开门，19点关门。"
UNPUBLISHED = "游泳馆的水温"


def write_house(root: Path, files: Mapping[str, str | bytes] = FILES) -> Settings:
    """Write a knowledge folder, and the settings that keep everything else beside it."""
    write_folder(root, files)
    return settings_in(root)


def settings_in(root: Path, *, index: str = "index", key: str = "secret") -> Settings:
    """Settings of one worker of the house at `root`; another one has an index, or a secret, of its own."""
    return Settings(
        knowledge=root / "knowledge",
        database_url=Secret(f"sqlite:///{root / 'bot.db'}"),
        index=root / index,
        secret_file=root / key,
        telegram_token=Secret(""),
        telegram_api="",
    )
