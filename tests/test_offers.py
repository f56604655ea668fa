"""What is offered to who asked nothing in words."""

from __future__ import annotations

import pytest

from bot import offers
from bot.model import Document, Group, Kind, Language, Section

SECTIONS = tuple(Section(str(number), (f"第{number}章",), f"内容{number}。") for number in range(1, 5))
REPORT = Document("r", "2017年报告", Kind.REPORT, "zsj", SECTIONS, year=2017)
GROUPS = (
    Group(Kind.REPORT, 2016, "年报", 1),
    Group(Kind.REPORT, 2017, "年报", 2),
    Group(Kind.ITEM, None, "机构概况", 3),
    Group(Kind.ITEM, None, "", 1),
)


def ids(found: list[tuple[Document, Section]]) -> list[str]:
    return [section.id for _, section in found]


@pytest.mark.parametrize(("section", "near"), [("1", ["2"]), ("2", ["1", "3"]), ("4", ["3"]), ("9", [])])
def test_neighbours_stand_right_before_and_after(section: str, near: list[str]) -> None:
    assert ids(offers.neighbours(REPORT, section)) == near


def test_the_same_passage_is_found_by_its_heading_wherever_it_stands() -> None:
    moved = Document("s", "2018年报告", Kind.REPORT, "zsj", (Section("7", ("第2章",), "别处。"),), year=2018)
    other = Document("t", "2019年报告", Kind.REPORT, "zsj", (Section("2", ("另一章",), "无关。"),), year=2019)
    assert [(document.id, section.id) for document, section in offers.same_in([moved, other], SECTIONS[1])] == [
        ("s", "7")
    ]


def test_a_level_with_one_branch_is_passed_by_itself_on_the_way_in_and_back() -> None:
    step = offers.walk("item", GROUPS)
    assert step.way == ("item", "-")
    shelf = offers.shelf(step, GROUPS, (), 0, Language.HANS)
    assert [entry.label for entry in shelf.entries] == ["机构概况（3）", "未分类（1）"]
    assert shelf.back == offers.START
    assert offers.walk("report/2017", GROUPS).group == GROUPS[1]


def test_a_path_that_leads_nowhere_any_more_leads_to_the_start() -> None:
    assert offers.walk("notice/1999/x", GROUPS).way == ()
    assert offers.walk("", GROUPS).way == ()
    assert offers.walk("report/2017/年报/more", GROUPS).way == ()
    assert offers.shelf(offers.walk("report", ()), (), (), 0, Language.HANS).lead == "还没有公开的信息。"


def test_every_entry_and_every_way_back_leads_somewhere_else() -> None:
    seen, waiting = set(), [offers.START]
    while waiting:
        path = waiting.pop()
        shelf = offers.shelf(offers.walk(path, GROUPS), GROUPS, (), 0, Language.ENGLISH)
        assert shelf.back != shelf.path
        if shelf.path not in seen:
            seen.add(shelf.path)
            waiting += [entry.path for entry in shelf.entries]
    assert len(seen) == 7


def test_many_entries_are_paged() -> None:
    years = tuple(Group(Kind.REPORT, year, "", 1) for year in range(2000, 2020))
    shelves = [offers.shelf(offers.walk("report", years), years, (), page, Language.HANS) for page in (0, 3, 99)]
    assert shelves[0].entries[0].label == "2019年（1）"
    assert [len(shelf.entries) for shelf in shelves] == [6, 2, 2]
    assert [shelf.pages for shelf in shelves] == [4, 4, 4]
