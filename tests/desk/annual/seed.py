"""A house whose registers hold what an office reported of 2017: 133 documents, 510 contacts, nothing else."""

from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from bot.desk.register import Entry, enter
from bot.model import Channel
from bot.store import Store
from tests.houses import AGENCIES
from tests.knowledge.places import write_folder

BEIJING = ZoneInfo("Asia/Shanghai")
CATEGORIES = {"机构概况": 2, "政策法规和规范性文件": 10, "规划计划": 15, "项目信息": 78, "工作类": 28}
RECEPTION = {Channel.PHONE: 300, Channel.LETTER: 90, Channel.VISIT: 120}
DRAFTED = datetime(2018, 2, 5, 9, tzinfo=BEIJING)


def write_catalogue(root: Path) -> None:
    """A knowledge folder whose catalogue has 133 items of 2017, and one of the year before and one of the year after."""
    lines = ["索引号,名称,类别,生成日期,内容概述"]
    names = [(category, number) for category, count in CATEGORIES.items() for number in range(1, count + 1)]
    for place, (category, number) in enumerate(names):
        day = datetime(2017, 1, 1, tzinfo=BEIJING) + timedelta(days=place * 2)
        lines.append(f"ZS-{place:03d},{category}第{number}号,{category},{day.date()},{category}第{number}号的内容")
    lines.append("ZS-B,上一年的事,工作类,2016-12-31,上一年的内容")
    lines.append("ZS-A,下一年的事,工作类,2018-01-01,下一年的内容")
    write_folder(root, {"agencies.toml": AGENCIES, "items/catalogue.csv": "\n".join(lines)})


def enter_contacts(store: Store) -> None:
    """The calls, letters and visits of the year, and one of New Year's Day after it."""
    for channel, count in RECEPTION.items():
        for number in range(count):
            asked_at = datetime(2017, 1, 1, 0, 0, tzinfo=BEIJING) + timedelta(hours=17 * number)
            entry = Entry(channel=channel, asked_at=asked_at, question=f"政策第{number}问", reply="已说明")
            enter(store, entry, who="王", at=DRAFTED)
    later = Entry(channel=Channel.PHONE, asked_at=datetime(2018, 1, 1, 0, 0, tzinfo=BEIJING), question="新年的问题")
    enter(store, later, who="王", at=DRAFTED)
