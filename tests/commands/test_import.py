"""Registers in files, brought in: good rows load, bad ones are refused by place, the same file adds nothing twice."""

from __future__ import annotations

import io
from datetime import datetime, time
from pathlib import Path

import pytest
import xlsxwriter

from bot.store import open_store
from tests.commands.console import run
from tests.houses import write_house

REGISTER = """随州市招商局咨询登记表,,,,
时间,方式,内容,答复,处理结果
2026-03-01 09:30,电话,停车怎么收费,每小时5元,已答复
2026年3月2日,来访,食堂几点开门,,待处理
2026-03-03,信鸽,水温,,
昨天,电话,水温,,
2026-03-01 09:30,电话,停车怎么收费,每小时5元,已答复
2026-03-04,信函,张先生13912345678问水温,已转教育局,转办
合计,5,,,
"""


@pytest.fixture
def house(tmp_path: Path) -> Path:
    write_house(tmp_path)
    (tmp_path / "登记.csv").write_text(REGISTER, encoding="gb18030")
    return tmp_path


def entered(house: Path) -> list[tuple[str, ...]]:
    with open_store(f"sqlite:///{house / 'bot.db'}") as store:
        return [(record.channel, record.question, record.reply, record.outcome) for record in store.records.all()]


def test_good_rows_are_entered_and_bad_ones_refused_by_place_reason_and_remedy(house: Path) -> None:
    done = run(house, "records", "import", str(house / "登记.csv"))
    assert (done.exit_code, done.stdout) == (1, "已登记4条，早已登记0条，不能登记2条\n")
    assert "登记.csv:5: 方式：没有“信鸽”；可以写的有：" in done.stderr
    assert "登记.csv:6: 时间：昨天不是日期；请写成 2026-03-01" in done.stderr
    assert "登记.csv:8：个人信息已遮挡" in done.stderr
    assert entered(house) == [
        ("phone", "停车怎么收费", "每小时5元", "answered-by-staff"),
        ("visit", "食堂几点开门", "", "open"),
        ("phone", "停车怎么收费", "每小时5元", "answered-by-staff"),
        ("letter", "张先生139******78问水温", "已转教育局", "referred"),
    ]


def test_the_same_file_twice_adds_nothing_and_what_was_added_to_it_comes_alone(house: Path) -> None:
    path = house / "登记.csv"
    run(house, "records", "import", str(path))
    assert run(house, "records", "import", str(path)).stdout == "已登记0条，早已登记4条，不能登记2条\n"
    path.write_text(REGISTER.replace("合计", "2026-03-05,电话,还有一问,,\n合计"), encoding="utf-8")
    assert run(house, "records", "import", str(path)).stdout == "已登记1条，早已登记4条，不能登记2条\n"


def test_a_dry_run_says_the_same_and_enters_nothing(house: Path) -> None:
    done = run(house, "records", "import", "--dry-run", str(house / "登记.csv"))
    assert done.stdout == "可以登记4条，早已登记0条，不能登记2条\n"
    assert entered(house) == []


def test_a_workbook_is_read_with_its_dates(house: Path) -> None:
    data = io.BytesIO()
    with xlsxwriter.Workbook(data) as book:
        sheet = book.add_worksheet("登记")
        sheet.write_row(0, 0, ["序号", "来电时间", "咨询内容", "回复"])
        sheet.write_datetime(1, 1, datetime(2026, 3, 1, 9, 30), book.add_format({"num_format": "yyyy-mm-dd hh:mm"}))  # noqa: DTZ001
        sheet.write_row(1, 2, ["停车怎么收费", "每小时5元"])
    (house / "登记.xlsx").write_bytes(data.getvalue())
    assert run(house, "records", "import", str(house / "登记.xlsx")).exit_code == 0
    assert entered(house) == [("phone", "停车怎么收费", "每小时5元", "answered-by-staff")]
    assert "2026-03-01 09:30" in run(house, "records", "list").stdout


def test_day_and_clock_may_stand_in_columns_of_their_own(house: Path) -> None:
    """As registers on paper have them; without a clock it is the day alone."""
    data = io.BytesIO()
    with xlsxwriter.Workbook(data) as book:
        day, clock = (book.add_format({"num_format": form}) for form in ("yyyy-mm-dd", "hh:mm"))
        sheet = book.add_worksheet("登记")
        sheet.write_row(0, 0, ["日期", "来电时间", "内容"])
        sheet.write_datetime(1, 0, datetime(2026, 3, 1), day)  # noqa: DTZ001
        sheet.write_datetime(1, 1, time(9, 30), clock)
        sheet.write_row(1, 2, ["停车"])
        sheet.write_row(2, 0, ["2026年3月2日", "15时20分", "水温"])
        sheet.write_row(3, 0, ["2026-03-03", "", "食堂"])
    (house / "登记.xlsx").write_bytes(data.getvalue())
    assert run(house, "records", "import", str(house / "登记.xlsx")).exit_code == 0
    listed = [line.split()[1:3] for line in run(house, "records", "list").stdout.splitlines()]
    assert listed == [["2026-03-03", "00:00"], ["2026-03-02", "15:20"], ["2026-03-01", "09:30"]]


@pytest.mark.parametrize(
    ("data", "reason"),
    [(b"a,b\n1,2\n", "没有写着时间和内容的表头"), (b"PK\3\4", "登记.csv:1: "), (b"", "the file is empty")],
)
def test_a_file_that_is_no_register_is_refused_with_the_remedy(house: Path, data: bytes, reason: str) -> None:
    (house / "登记.csv").write_bytes(data)
    done = run(house, "records", "import", str(house / "登记.csv"))
    assert done.exit_code == 2
    assert reason in done.stderr
    assert run(house, "records", "import", str(house / "gone.csv")).exit_code == 2
