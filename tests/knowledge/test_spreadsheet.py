"""Workbooks: what Excel, WPS and LibreOffice save, and what only bears their suffix."""

from __future__ import annotations

import io
import random
import struct
import zipfile
from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path

import pytest
import xlsxwriter
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.knowledge import read_folder
from bot.knowledge.readers import READERS, Reading, UnreadableFile, read_bytes
from bot.knowledge.readers.spreadsheet import read_spreadsheet
from bot.model import Document, Severity
from tests.knowledge.made_up_form import TABLE_3, TABLE_4
from tests.knowledge.places import write_folder
from tests.knowledge.test_forms import LINES_4, merged, rows_of
from tests.knowledge.workbooks import WRITERS, MadeSheet, Rows, as_csv, as_page, ods, xls, xlsx

HEADER = ["序号", "索引号", "名称", "类别", "生成日期", "内容概述", "文号"]
ITEMS = MadeSheet(
    [
        ["随州市招商局信息公开目录", *[None] * 6],
        [],
        HEADER,
        [1, "00012", "开放时间", "服务", date(2017, 12, 31), "周一至周五。\n周末休息。", "招〔2017〕1号"],
        [2, 20180001, "停车收费", "服务", "2018年1月2日", "每小时5元。", None],
        [3, "a-3", "招商政策", "政策", 43200, "减免3年。", None],
        ["合计", None, "3条", None, None, None, None],
    ],
    merged=[(0, 0, 0, 6)],
)
Write = Callable[..., bytes]
BOTH = pytest.mark.parametrize("write", [xlsx, xls], ids=["xlsx", "xls"])


def documents(tmp_path: Path, suffix: str, data: bytes) -> list[Document]:
    """What a folder with one such file publishes, without the path."""
    folder = read_folder(write_folder(tmp_path / suffix.strip("."), {f"items/list{suffix}": data}))
    assert not folder.refused
    return [replace(document, path="") for document in folder.documents]


def remarks(reading: Reading) -> list[tuple[Severity, int, str]]:
    return [(finding.severity, finding.line, finding.reason) for finding in reading.findings]


@pytest.mark.e2e
def test_every_format_gives_the_same_documents(tmp_path: Path) -> None:
    """Ids with their zeros, whole numbers without .0, dates however they were typed, lines as Excel shows them."""
    found = {}
    for suffix, write in WRITERS.items():
        (tmp_path / suffix.strip(".")).mkdir()
        found[suffix] = documents(tmp_path, suffix, write(ITEMS))
    # A CSV file counts the lines of a cell of two lines.
    csv_lines = {document.id: document.sections[0].line for document in found.pop(".csv")}
    assert csv_lines == {"00012": 4, "20180001": 6, "a-3": 7}
    assert all(own == found[".xlsx"] for own in found.values())
    first, second, third = found[".xlsx"]
    assert (first.id, first.formed_on, first.number) == ("00012", date(2017, 12, 31), "招〔2017〕1号")
    assert (first.sections[0].text, first.sections[0].line) == ("周一至周五。\n周末休息。", 4)
    assert (second.id, second.formed_on, third.formed_on) == ("20180001", date(2018, 1, 2), date(2018, 4, 10))


@pytest.mark.e2e
def test_a_table_without_broken_lines_is_the_same_as_csv(tmp_path: Path) -> None:
    """To the last field, the line included."""
    plain = replace(
        ITEMS, rows=[[cell.replace("\n", "") if isinstance(cell, str) else cell for cell in row] for row in ITEMS.rows]
    )
    found = []
    for suffix, write in WRITERS.items():
        (tmp_path / suffix.strip(".")).mkdir()
        found.append(documents(tmp_path, suffix, write(plain)))
    assert all(own == found[0] for own in found)


@BOTH
def test_a_merged_cell_holds_for_every_row_that_it_spans(write: Write) -> None:
    rows = [["索引号", "名称", "类别"], ["a", "甲", "政策"], ["b", "乙", ""], ["c", "丙", ""], ["d", "丁", "项目"]]
    reading = read_spreadsheet(write(MadeSheet(rows, merged=[(1, 2, 2, 2)])))
    assert [row.stated.category for row in reading.manuscripts] == ["政策", "政策", "", "项目"]


@BOTH
def test_a_merged_text_across_the_sheet_is_a_category(write: Write) -> None:
    rows = [["索引号", "名称", "文号"], ["一、政策", "", ""], ["a", "甲", ""], ["b", "乙", ""]]
    reading = read_spreadsheet(write(MadeSheet(rows, merged=[(1, 0, 1, 2)])))
    assert [(row.id, row.stated.category) for row in reading.manuscripts] == [("a", "一、政策"), ("b", "一、政策")]


@BOTH
def test_a_header_of_two_rows_with_merged_cells_is_read(write: Write) -> None:
    rows: Rows = [["序号", "公开信息", "", "备注"], ["", "名称", "生成日期", ""], [1, "甲", date(2017, 1, 1), ""]]
    reading = read_spreadsheet(write(MadeSheet(rows, merged=[(0, 1, 0, 2), (0, 0, 1, 0), (0, 3, 1, 3)])))
    assert [(row.stated.title, row.stated.formed_on) for row in reading.manuscripts] == [("甲", date(2017, 1, 1))]


@BOTH
def test_each_sheet_with_a_header_is_a_catalogue_and_the_others_are_noted(write: Write) -> None:
    """Remarks name the sheet, and ids are given once in all of them."""
    reading = read_spreadsheet(
        write(
            MadeSheet([["索引号", "名称"], ["a", "甲"]], "政策"),
            MadeSheet([["索引号", "名称"], ["b", "乙"], ["a", "丙"]], "项目"),
            MadeSheet([["填表说明"], ["逐条填写。"]], "说明"),
            MadeSheet([], "空"),
            MadeSheet([["索引号", "名称"], ["x", "隐"]], "内部", hidden=True),
        )
    )
    assert [row.id for row in reading.manuscripts] == ["a", "b"]
    assert remarks(reading) == [
        (Severity.WARNING, 0, 'sheet "内部" is hidden, and is not published'),
        (Severity.ERROR, 3, 'sheet "项目": id "a" is that of line 2 of sheet "政策" as well'),
        (Severity.NOTE, 0, 'sheet "说明": it has no header with a title or a text, and is not published'),
    ]


@BOTH
def test_hidden_rows_and_columns_are_not_published(write: Write) -> None:
    """Whoever hid them did not mean them for the public."""
    rows = [["索引号", "名称", "内容"], ["a", "甲", "内部"], ["b", "乙", "内部"], ["c", "丙", "内部"]]
    reading = read_spreadsheet(write(MadeSheet(rows, hidden_rows=[2, 9], hidden_columns=[2])))
    assert [(row.id, row.sections[0].text) for row in reading.manuscripts] == [("a", "甲"), ("c", "丙")]
    assert remarks(reading) == [
        (Severity.WARNING, 3, "hidden rows (3) are not published"),
        (Severity.WARNING, 0, "hidden columns (C) are not published"),
    ]


@BOTH
def test_errors_refuse_their_row_and_formulas_give_their_values(write: Write) -> None:
    rows: Rows = [["索引号", "名称", "内容"], ["a", "甲", "#REF!"], ["b", "乙", "=1+2"], ["c", "丙", True]]
    reading = read_spreadsheet(write(MadeSheet(rows)))
    assert [row.sections[0].text for row in reading.manuscripts] == ["3", "TRUE"]
    assert remarks(reading) == [(Severity.ERROR, 2, "a formula of the row gives #REF!")]


@BOTH
def test_dates_with_times_are_dates(write: Write) -> None:
    rows: Rows = [["索引号", "名称", "生成日期", "发布日期"], ["a", "甲", datetime(2017, 12, 31, 8, 30), 20180105]]  # noqa: DTZ001
    (row,) = read_spreadsheet(write(MadeSheet(rows, formats={(1, 2): "yyyy/m/d h:mm"}))).manuscripts
    assert (row.stated.formed_on, row.stated.published_on) == (date(2017, 12, 31), date(2018, 1, 5))


@BOTH
def test_numbers_whose_last_digits_excel_lost_are_warned_of(write: Write) -> None:
    """An 索引号 of eighteen digits has to be text."""
    reading = read_spreadsheet(write(MadeSheet([["索引号", "名称"], [123456789012345678, "甲"]])))
    assert remarks(reading) == [
        (Severity.WARNING, 2, "numbers of more than 15 digits (rows 2) have lost their last ones in Excel")
    ]


@pytest.mark.parametrize(
    ("header", "linked", "shown"),
    [
        (["名称", "内容概述", "链接"], "C2", "查看"),
        (["名称", "内容概述", "链接"], "C2", "https://other.example.gov.cn/"),
        (["名称", "内容概述"], "A2", "收购通知"),
        (["名称", "内容概述", "链接"], "A2", "收购通知"),
    ],
)
def test_where_a_cell_leads_to_is_the_items_address(header: list[str], linked: str, shown: str) -> None:
    """Not the 查看 that stands there; an address that is written out holds."""
    stream = io.BytesIO()
    with xlsxwriter.Workbook(stream) as workbook:
        sheet = workbook.add_worksheet()
        sheet.write_row(0, 0, header)
        sheet.write_row(1, 0, ["收购通知", "每50公斤127元。"])
        sheet.write_url(linked, "https://example.gov.cn/1.html", string=shown)
        sheet.write_row(2, 0, ["储备通知", "轮换三次。"])
    first, second = read_bytes(".xlsx", stream.getvalue()).manuscripts
    assert first.stated.source == (shown if shown.startswith("https") else "https://example.gov.cn/1.html")
    assert second.stated.source == ""


def test_links_within_a_workbook_and_to_files_are_no_addresses() -> None:
    stream = io.BytesIO()
    with xlsxwriter.Workbook(stream) as workbook:
        sheet = workbook.add_worksheet("表")
        sheet.write_row(0, 0, ["名称", "内容概述"])
        for row, address in enumerate(
            ("internal:'表'!A1", r"external:C:\\Users\\张三\\a.docx", "mailto:a@example.gov.cn"), 1
        ):
            sheet.write(row, 1, f"内容{row}。")
            sheet.write_url(row, 0, address, string=f"第{row}号")
    assert [found.stated.source for found in read_bytes(".xlsx", stream.getvalue()).manuscripts] == ["", "", ""]


@BOTH
def test_tables_of_the_reports_form_in_a_workbook_are_one_document(write: Write) -> None:
    """Where no sheet is a catalogue."""
    three = merged(rows_of(TABLE_3), labels=3, header=3)
    four = merged(rows_of(TABLE_4), labels=0, header=2)
    title = ["示例市粮食局2024年政府信息公开工作年度报告附表", *[""] * 9]
    (report,) = read_spreadsheet(write(MadeSheet([title, *three], "表三"), MadeSheet(four, "表四"))).manuscripts
    assert report.title_line == "示例市粮食局2024年政府信息公开工作年度报告附表"
    lines = [line for section in report.sections for line in section.text.split("\n")]
    assert lines[-3:] == LINES_4
    assert any(line.startswith("三、本年度办理结果 （一）予以公开，自然人：17，") for line in lines)


@pytest.mark.parametrize("encoding", ["utf-8", "gb18030", "utf-16"])
def test_text_that_is_called_a_workbook_is_read_as_text(encoding: str) -> None:
    """Systems export CSV under the name of Excel."""
    reading = read_bytes(".xls", as_csv([["索引号", "名称"], ["a", "甲"]], encoding))
    assert [row.stated.title for row in reading.manuscripts] == ["甲"]
    assert remarks(reading) == [(Severity.NOTE, 0, "the file is called a workbook and is CSV")]


@pytest.mark.parametrize("encoding", ["utf-8", "gb18030"])
def test_a_web_page_that_is_called_a_workbook_is_read(encoding: str) -> None:
    """Its tables are sheets."""
    reading = read_bytes(".xls", as_page(ITEMS.rows, encoding))
    assert [row.id for row in reading.manuscripts] == ["00012", "20180001", "a-3"]
    assert reading.manuscripts[0].sections[0].text == "周一至周五。\n周末休息。"
    assert remarks(reading)[0] == (Severity.NOTE, 0, "the file is called a workbook and is a web page")


def test_merged_cells_of_a_web_page_are_repeated() -> None:
    """Also where end tags are left out."""
    page = (
        "<table><tr><th colspan=3>目录<tr><th>索引号<th>名称<th>类别<tr><td>a<td>甲<td rowspan=2>政&amp;策"
        "<tr><td>b<td>乙<tr><td>c<td>丙<td>项目</table>"
    )
    reading = read_bytes(".xls", page.encode())
    assert [(row.id, row.line, row.stated.category) for row in reading.manuscripts] == [
        ("a", 3, "政&策"),
        ("b", 4, "政&策"),
        ("c", 5, "项目"),
    ]


def _named(data: bytes, old: str, new: str) -> bytes:
    """A compound file with a stream of another name."""
    entry = old.encode("utf-16-le")
    place = data.index(entry)
    name = new.encode("utf-16-le")
    renamed = name.ljust(64, b"\0") + struct.pack("<H", len(name) + 2)
    return data[:place] + renamed + data[place + 66 :]


def with_password(data: bytes) -> bytes:
    """A workbook with the record that announces encryption in the place of its second record."""
    start = data.index(struct.pack("<HH", 0x0809, 16)) + 20
    return data[:start] + struct.pack("<H", 0x002F) + data[start + 2 :]


def _without(data: bytes, name: str) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(stream, "w") as new:
        for member in old.namelist():
            if member != name:
                new.writestr(member, old.read(member))
    return stream.getvalue()


def bomb() -> bytes:
    stream = io.BytesIO(xlsx(ITEMS))
    with zipfile.ZipFile(stream, "a", zipfile.ZIP_DEFLATED) as archive, archive.open("xl/more.xml", "w") as member:
        for _ in range(210):
            member.write(b" " * 1_000_000)
    return stream.getvalue()


def _far_off() -> bytes:
    """Two cells, of which one is the last of the sheet: 17 thousand million places."""
    rows = '<row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'
    stream = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(xlsx(ITEMS))) as old, zipfile.ZipFile(stream, "w") as new:
        for member in old.namelist():
            text = old.read(member)
            if member == "xl/worksheets/sheet1.xml":
                start, end = text.index(b"<sheetData>"), text.index(b"</sheetData>")
                text = text[: start + 11] + rows.encode() + text[end:]
            new.writestr(member, text)
    return stream.getvalue()


def _far_off_xls() -> bytes:
    return xls(MadeSheet([["x"], *[[]] * 9998, [*[""] * 255, "x"]]))


def _members(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def _packed(members: dict[str, bytes]) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return stream.getvalue()


def _saying(data: bytes, kind: int, place: int, value: int) -> bytes:
    """An old workbook with another number in its first record of a kind."""
    # The workbook's stream begins with the first sector.
    head = 0x200
    while struct.unpack_from("<H", data, head)[0] != kind:
        head += 4 + struct.unpack_from("<H", data, head + 2)[0]
    at = head + 4 + place
    return data[:at] + struct.pack("<I", value) + data[at + 4 :]


def _with_text(data: bytes, member: str, old: str, new: str) -> bytes:
    members = _members(data)
    assert old in members[member].decode()
    return _packed({**members, member: members[member].decode().replace(old, new).encode()})


def with_entities() -> bytes:
    text = '<!DOCTYPE x [<!ENTITY a "aaaa">]><office:document-content xmlns:office="o">&a;</office:document-content>'
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        archive.writestr("content.xml", text)
    return stream.getvalue()


def _other_archive() -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        archive.writestr("photo.jpg", b"x")
    return stream.getvalue()


XLSX, XLS = xlsx(ITEMS), xls(ITEMS)


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (_named(XLS, "Workbook", "EncryptedPackage"), "the workbook is encrypted"),
        (with_password(XLS), "the workbook is encrypted"),
        (_named(XLS, "Workbook", "WordDocument"), "the file is no workbook"),
        (XLS[:2000], "the workbook is damaged"),
        (XLSX[:2000], "the workbook is damaged"),
        (_without(XLSX, "xl/workbook.xml"), "the workbook is damaged"),
        (_without(XLSX, "xl/worksheets/sheet1.xml"), "the workbook is damaged"),
        (_without(XLSX, "_rels/.rels"), "the file is no workbook"),
        (_other_archive(), "the file is no workbook"),
        (with_entities(), "the workbook is damaged"),
        (bomb, "the workbook is too large to be a catalogue"),
        (_far_off, "the workbook is too large to be a catalogue"),
        (xlsx(MadeSheet([HEADER, [*[""] * 400, "远"]])), "the workbook is too large to be a catalogue"),
        (_far_off_xls, "the workbook is too large to be a catalogue"),
        # calamine makes room for what these announce, and ends the program where there is none.
        (_saying(XLS, 0x0200, 4, 0x2E000000), "the workbook is too large to be a catalogue"),
        (_saying(XLS, 0x0200, 0, 0x2E000000), "the workbook is damaged"),
        (_saying(XLS, 0x00FC, 4, 0x7FFFFFFF), "the workbook is too large to be a catalogue"),
        (XLS[:44] + struct.pack("<I", 0x7FFFFFFF) + XLS[48:], "the workbook is damaged"),
        (_with_text(XLSX, "xl/sharedStrings.xml", 'uniqueCount="', 'uniqueCount="99999999'), "too large"),
        (_with_text(XLSX, "xl/worksheets/sheet1.xml", 'r="C5"', 'r="C999999999999"'), "the workbook is damaged"),
        (xlsx(MadeSheet([])), "the workbook is empty"),
        (xlsx(MadeSheet([["甲", "乙"], ["丙", "丁"]])), "no row is the header of a catalogue"),
        (b"", "the file is empty"),
        (b"\x89PNG\r\n\0\0", "the file is no text"),
        (b"MIME-Version: 1.0\nContent-Type: multipart/related\n", "the file is a saved web page"),
        (
            b'<?xml version="1.0"?><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet"></Workbook>',
            "the file is an XML table of Excel 2003",
        ),
    ],
)
def test_what_cannot_be_read_is_refused_with_a_way_out(data: bytes | Callable[[], bytes], reason: str) -> None:
    made = data if isinstance(data, bytes) else data()
    with pytest.raises(UnreadableFile, match=reason) as refused:
        read_spreadsheet(made)
    assert refused.value.remedy


def test_a_workbook_of_another_kind_than_its_suffix_is_read() -> None:
    """Renaming a file changes nothing in it."""
    for suffix in (".xls", ".xlsx", ".ods", ".xlsm"):
        assert suffix in READERS
        for write in (xlsx, xls, ods):
            assert len(read_bytes(suffix, write(ITEMS)).manuscripts) == 3


MEMBERS = _members(XLSX)


def _mutated(data: bytes, chance: random.Random) -> bytes:
    changed = bytearray(data)
    for _ in range(chance.randint(1, 6)):
        place = chance.randrange(len(changed))
        match chance.randrange(4):
            case 0:
                del changed[place : place + chance.randint(1, 20)]
            case 1:
                changed[place] = chance.choice(b'0123456789"<>/=')
            case 2:
                del changed[place:]
            case _:
                changed[place] = chance.randrange(256)
        if not changed:
            break
    return bytes(changed)


# Always the same examples: what would end the program is no failure that could be told of.
@settings(max_examples=150, derandomize=True, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.sampled_from(["xlsx", "xls", *MEMBERS]), st.randoms(use_true_random=False))
def test_damage_is_refused_or_does_no_harm(where: str, chance: random.Random) -> None:
    """Of the archive, of each part in it, and of the records of an old workbook."""
    if where in MEMBERS:
        data = _packed({**MEMBERS, where: _mutated(MEMBERS[where], chance)})
    else:
        data = _mutated(XLSX if where == "xlsx" else XLS, chance)
    with suppress(UnreadableFile):
        read_spreadsheet(data)
