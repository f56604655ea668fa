"""Catalogues: tables whose rows are items."""

from __future__ import annotations

from datetime import date

import pytest

from bot.knowledge import read_folder
from bot.knowledge.readers import UnreadableFile
from bot.knowledge.readers.catalogue import read_catalogue
from bot.model import Kind, Severity, Status
from tests.knowledge.places import shared

ENGLISH = "id,title,category,date,text,url,agency,number\na-1,开放时间,服务,2020-05-01,周一至周五。,https://x.org/1,zsj,招〔2020〕1号\n"
CHINESE = "索引号,名称,类别,生成日期,内容概述,链接,公开机构,文号\na-1,开放时间,服务,2020年5月1日,周一至周五。,https://x.org/1,zsj,招〔2020〕1号\n"


@pytest.mark.parametrize(
    "data",
    [
        ENGLISH.encode(),
        CHINESE.encode(),
        CHINESE.encode("utf-8-sig"),
        CHINESE.encode("gb18030"),
        CHINESE.replace("\n", "\r\n").encode("gb18030"),
        CHINESE.replace(",", "\t").encode(),
        CHINESE.replace("索引号", "索引號").replace("链接", "鏈接").encode(),
    ],
)
def test_headers_and_encodings_of_spreadsheets_are_read(data: bytes) -> None:
    """English or Chinese headings, UTF-8 or GB 18030, comma or tab: the same row."""
    reading = read_catalogue(data)
    (row,) = reading.manuscripts
    assert reading.findings == ()
    assert (row.id, row.line, row.stated.title, row.stated.category) == ("a-1", 2, "开放时间", "服务")
    assert (row.stated.formed_on, row.stated.source, row.stated.agency) == (date(2020, 5, 1), "https://x.org/1", "zsj")
    assert (row.stated.number, row.stated.index_number) == ("招〔2020〕1号", "a-1")
    assert [section.text for section in row.sections] == ["周一至周五。"]


def test_optional_columns_are_read() -> None:
    """Kind, aliases, date of publishing and status of a row."""
    data = "索引号,名称,类型,常见问法,发布日期,状态\n1,甲,指南,怎么去；在哪里,2020-05-02,草稿\n".encode()
    stated = read_catalogue(data).manuscripts[0].stated
    assert (stated.kind, stated.aliases) == (Kind.GUIDE, ("怎么去", "在哪里"))
    assert (stated.published_on, stated.status) == (date(2020, 5, 2), Status.DRAFT)


def test_unused_columns_are_noted() -> None:
    """Staff learn that a column tells the bot nothing."""
    (finding,) = read_catalogue("id,text,备注\n1,甲,乙\n".encode()).findings
    assert (finding.severity, finding.line, finding.reason) == (Severity.NOTE, 1, "columns 备注 are not used")


@pytest.mark.parametrize("data", ["id,text\n", "公开目录\n索引号,名称\n\n"])
def test_catalogue_without_items_is_told_of(data: str) -> None:
    """A saved template, or a file cut short, would else withdraw its items without a word."""
    reading = read_catalogue(data.encode())
    (finding,) = reading.findings
    assert not reading.manuscripts
    assert (finding.severity, finding.line) == (Severity.WARNING, data.rstrip().count("\n") + 1)
    assert finding.reason == "no item stands below the header"
    assert finding.remedy


def test_bad_rows_are_refused_by_their_line_and_the_others_load() -> None:
    """Lines are those of the file, also below cells of several lines."""
    data = """id,title,date,text
1,甲,,"第一行
第二行"
2,乙,2017年13月,文
,丙,,文
4,,,
1,丁,,文

6,戊,,文,多
7,己,,"他说""好""。"
8,庚,,文
""".encode()
    reading = read_catalogue(data)
    assert [row.id for row in reading.manuscripts] == ["1", "7", "8"]
    assert reading.manuscripts[0].sections[0].text == "第一行\n第二行"
    assert [(finding.line, finding.reason) for finding in reading.findings] == [
        (4, 'date "2017年13月" is no date'),
        (5, "the row has no id"),
        (6, "the row has neither a title nor a text"),
        (7, 'id "1" is that of line 2 as well'),
        (9, "the row has more cells than the header"),
    ]
    assert all(finding.severity is Severity.ERROR and finding.remedy for finding in reading.findings)


def test_stray_quotation_mark_costs_its_row_only() -> None:
    """A malformed row is named by its line."""
    reading = read_catalogue('id,text\n1,甲\n2,"乙"丙\n3,丁\n'.encode())
    assert [row.id for row in reading.manuscripts] == ["1", "3"]
    assert [finding.line for finding in reading.findings] == [3]


def test_short_rows_are_filled_up() -> None:
    """Spreadsheets leave out empty cells at the end of a row."""
    assert read_catalogue("id,title,text\n1,甲\n".encode()).manuscripts[0].sections[0].text == "甲"


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", "the file is empty"),
        ("甲,乙\n丙,丁\n".encode(), "no row is the header of a catalogue"),
        ("id,category\n1,甲\n".encode(), "the header has neither a title nor a text"),
        ("id,text,内容\n1,甲,乙\n".encode(), "the header has two columns for text"),
        (b"id,text\n1,\0\n", "NUL"),
        (b"id,text\n1,\xff\xff\n", "neither UTF-8 nor GB 18030"),
    ],
)
def test_file_that_is_no_catalogue_is_refused(data: bytes, reason: str) -> None:
    """Without a title or a text there is nothing to publish."""
    with pytest.raises(UnreadableFile, match=reason):
        read_catalogue(data)


@pytest.mark.parametrize(("name", "count"), [("kcg", 1339), ("cmrc", 848), ("drcd", 1000)])
def test_large_catalogues_load_whole(name: str, count: int) -> None:
    """Every row of a megabyte of passages is an item with one section."""
    folder = read_folder(shared("retrieval", name, "knowledge"))
    assert len(folder.documents) == count
    assert not [finding for finding in folder.findings if finding.severity is Severity.ERROR]
    assert {document.kind for document in folder.documents} == {Kind.ITEM}
    assert all([section.id for section in document.sections] == ["1"] for document in folder.documents)


def test_numbers_that_a_system_guards_from_excel_are_meant_as_they_read() -> None:
    text = '索引号,名称,文号\n="0003",甲通知,="粮发〔2024〕3号"\n\'0004,乙通知,\'2024\n'
    read = [(each.id, each.stated.number) for each in read_catalogue(text.encode()).manuscripts]
    assert read == [("0003", "粮发〔2024〕3号"), ("0004", "2024")]
