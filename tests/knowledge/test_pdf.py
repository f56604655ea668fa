"""PDFs: the same sections as from every other format, and no file that stops the others."""

from __future__ import annotations

import json
import os
import random
import subprocess
import sys
from contextlib import suppress
from hashlib import sha256
from pathlib import Path
from typing import Any

import pypdfium2
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from reportlab.lib.utils import ImageReader
from reportlab.platypus import PageBreak, Paragraph, Spacer

from bot.knowledge.manuscript import Manuscript, UnreadableFile
from bot.knowledge.readers.markdown import read_markdown
from bot.knowledge.readers.pdf import ScanNotRecognised, read_pdf, recognise, scans
from bot.knowledge.readers.pdf.characters import restored
from bot.knowledge.readers.pdf.document import opened, read_pages
from bot.knowledge.readers.pdf.writing import joined
from tests.knowledge.made_up import REPORT
from tests.knowledge.printed import (
    BODY,
    CENTRED,
    FONT,
    LETTERHEAD,
    PART,
    TITLE,
    drawn,
    named_only,
    one_page,
    printed,
    report,
    table,
    written,
)

LIBREOFFICE = Path(__file__).parent / "data" / "report_libreoffice.pdf"
HELLO = b"BT /F1 12 Tf 50 700 Td (Words of a page) Tj ET"


def read(data: bytes) -> Manuscript:
    (manuscript,) = read_pdf(data).manuscripts
    return manuscript


def texts(manuscript: Manuscript) -> list[str]:
    return [line for section in manuscript.sections for line in section.text.split("\n")]


def sections(manuscript: Manuscript) -> list[tuple[str, tuple[str, ...], str]]:
    return [(section.id, section.headings, section.text) for section in manuscript.sections]


def made_up_paragraphs(count: int, seed: int = 1) -> list[str]:
    """Paragraphs of different lengths whose lines end anywhere: in figures, before signs, at the ends of sentences."""
    pick = random.Random(seed)
    words = "全市粮食收购储备信息公开工作办法审核制度监督检查单位群众服务平台发布年度报告会议组织领导"

    def clause() -> str:
        return "".join(pick.choice(words) for _ in range(pick.randint(5, 20)))

    return [
        "。".join(
            "，".join(clause() for _ in range(pick.randint(1, 4))) + f"{pick.randint(1, 9999)}项"
            for _ in range(pick.randint(1, 4))
        )
        + "。"
        for _ in range(count)
    ]


@pytest.mark.parametrize("printer", ["LibreOffice", "reportlab"])
def test_the_made_up_report_has_the_sections_of_its_markdown(printer: str) -> None:
    manuscript = read(LIBREOFFICE.read_bytes() if printer == "LibreOffice" else report(REPORT))
    (expected,) = read_markdown(REPORT.encode()).manuscripts
    assert sections(manuscript) == sections(expected)
    assert (manuscript.title_line, manuscript.signed_by, manuscript.signed_on) == (
        expected.title_line,
        expected.signed_by,
        expected.signed_on,
    )


@pytest.mark.parametrize("columns", [1, 2])
def test_paragraphs_are_whole_across_lines_columns_and_pages(columns: int) -> None:
    paragraphs = made_up_paragraphs(40)
    found = texts(read(printed([Paragraph(text, BODY) for text in paragraphs], columns)))
    assert found == paragraphs


def test_two_columns_below_a_title_are_read_one_after_the_other() -> None:
    def page(canvas: Any) -> None:
        canvas.setFont(FONT, 20)
        canvas.drawCentredString(210, 540, "示例市粮食局公报")
        canvas.setFont(FONT, 10)
        for place in range(12):
            canvas.drawString(40, 500 - 16 * place, f"左栏第{place}行共有十四个字，左。"[:14])
            canvas.drawString(225, 500 - 16 * place, f"右栏第{place}行共有十四个字，右。"[:14])

    text = "".join(texts(read(drawn(page))))
    assert text.index("左栏第11行") < text.index("右栏第0行")


def test_what_comes_again_on_every_page_and_page_numbers_are_no_text() -> None:
    found = texts(read(printed([Paragraph(text, BODY) for text in made_up_paragraphs(30)])))
    assert not [text for text in found if "示例市粮食局" in text or "页" in text]


def test_a_page_number_goes_from_a_single_page_and_a_figure_in_the_text_stays() -> None:
    def page(canvas: Any) -> None:
        canvas.drawString(40, 400, "本年共公开政府信息")
        canvas.drawString(40, 300, "216")
        canvas.drawCentredString(210, 30, "- 3 -")

    assert texts(read(drawn(page))) == ["本年共公开政府信息", "216"]


def test_letterhead_number_and_title_are_told_apart() -> None:
    flow = [
        Paragraph("示例市粮食局文件", LETTERHEAD),
        Paragraph("示粮发〔2024〕3号", CENTRED),
        Spacer(1, 20),
        Paragraph("示例市粮食局关于印发《政府信息公开工作办法》的通知", TITLE),
        Spacer(1, 20),
        *[Paragraph(text, BODY) for text in made_up_paragraphs(3)],
    ]
    manuscript = read(printed(flow))
    assert manuscript.title_line == "示例市粮食局关于印发《政府信息公开工作办法》的通知"
    assert manuscript.stated.number == "示粮发〔2024〕3号"
    assert texts(manuscript)[:2] == ["示例市粮食局文件", "示粮发〔2024〕3号"]


def test_larger_short_lines_are_headings_by_rank_and_numbered_ones_stand_alone() -> None:
    flow = [
        Paragraph("示例市粮食局2024年度报告", TITLE),
        Paragraph("概述", LETTERHEAD),
        Paragraph("全年工作平稳。", BODY),
        Paragraph("机构情况", PART),
        Paragraph("设四个科室。", BODY),
        Paragraph("（一）办公室", BODY),
        Paragraph("负责文件。", BODY),
        *[Paragraph(text, BODY) for text in made_up_paragraphs(4)],
    ]
    headings = [section.headings for section in read(printed(flow)).sections]
    assert headings[:3] == [("概述",), ("概述", "机构情况"), ("概述", "机构情况", "（一）办公室")]


def test_a_list_of_contents_is_left_out_and_named() -> None:
    def contents(canvas: Any) -> None:
        canvas.drawCentredString(210, 540, "目  录")
        for place, name in enumerate(("一、总体情况", "二、公开情况")):
            canvas.drawString(40, 500 - 20 * place, name + "." * 30 + str(place + 1))

    def text(canvas: Any) -> None:
        canvas.drawString(40, 500, "一、总体情况")
        canvas.drawString(40, 480, "全年工作平稳。")

    reading = read_pdf(drawn(contents, text))
    assert sections(reading.manuscripts[0]) == [("1", ("一、总体情况",), "全年工作平稳。")]
    assert [finding.reason for finding in reading.findings] == ["the list of contents, 3 lines, is left out"]


MERGED = (
    ("申请人", "数量", "", "备注"),
    ("", "自然人", "法人", ""),
    ("本年新收", "3", "4", "无"),
    ("上年结转", "0", "0", "无"),
)
MERGES = (((0, 0), (0, 1)), ((1, 0), (2, 0)), ((3, 0), (3, 1)))


def test_merged_cells_and_two_header_rows_reach_every_row() -> None:
    manuscript = read(
        printed([Paragraph("情况如下表。", BODY), table(MERGED, *MERGES), Paragraph("以上为全部。", BODY)])
    )
    assert texts(manuscript) == [
        "情况如下表。",
        "申请人：本年新收，数量 自然人：3，数量 法人：4，备注：无",
        "申请人：上年结转，数量 自然人：0，数量 法人：0，备注：无",
        "以上为全部。",
    ]


def test_a_table_goes_on_over_the_page_without_its_header_again() -> None:
    rows = [*MERGED[:2], *((f"第{place}类", str(place), "1", "无") for place in range(70))]
    found = texts(read(printed([Paragraph("一览。", BODY), table(rows, *MERGES, headers=2)])))
    assert found == ["一览。"] + [f"申请人：第{n}类，数量 自然人：{n}，数量 法人：1，备注：无" for n in range(70)]


def test_a_line_and_a_row_are_on_the_page_where_they_begin() -> None:
    rows = [("项目", "件数"), *((f"第{number}项", str(number)) for number in range(60))]
    flow = [
        Paragraph("一、概述", PART),
        Paragraph("第一页的话。", BODY),
        PageBreak(),
        Paragraph("第二页的话。", BODY),
        table(rows),
    ]
    data = printed(flow)
    with opened(data) as document:
        last = len(read_pages(document))
    pages = {line.text: line.number for line in read(data).lines}
    assert (pages["第一页的话。"], pages["第二页的话。"]) == (1, 2)
    assert (pages["项目：第0项，件数：0"], pages["项目：第59项，件数：59"]) == (2, last)


def test_a_frame_and_a_red_rule_make_no_table() -> None:
    def page(canvas: Any) -> None:
        canvas.rect(30, 300, 350, 200)
        canvas.line(30, 520, 380, 520)
        canvas.drawString(40, 450, "本页的文字在一个框中。")

    assert texts(read(drawn(page))) == ["本页的文字在一个框中。"]


def test_a_turned_page_is_read_as_it_is_shown() -> None:
    def page(canvas: Any) -> None:
        canvas.setPageRotation(90)
        canvas.translate(420, 0)
        canvas.rotate(90)
        canvas.drawString(40, 300, "第一行的文字。")
        canvas.drawString(40, 200, "第二行的文字。")

    assert texts(read(drawn(page))) == ["第一行的文字。", "第二行的文字。"]


@pytest.mark.parametrize("angle", [90, 270, 180])
def test_text_that_is_turned_on_an_upright_page_is_read_as_one_turns_the_page(angle: int) -> None:
    """A wide table that was printed sideways; what stands across it is left out."""

    def page(canvas: Any) -> None:
        canvas.drawString(40, 20, "第3页")
        canvas.translate(210, 297)
        canvas.rotate(angle)
        canvas.drawString(-100, 60, "第一行的文字在这里。")
        canvas.drawString(-100, -60, "第二行的文字在这里。")

    assert texts(read(drawn(page))) == ["第一行的文字在这里。", "第二行的文字在这里。"]


def test_a_label_beside_all_rows_is_no_header_of_all() -> None:
    """The label in the first column spans the whole table; the first row names the other columns."""
    rows = (("检验费", "项目", "标准"), ("", "小麦", "120元"), ("", "稻谷", "110元"))
    assert texts(read(printed([Paragraph("标准如下。", BODY), table(rows, ((0, 0), (0, 2)))])))[-2:] == [
        "“检验费”，项目：小麦，标准：120元",
        "“检验费”，项目：稻谷，标准：110元",
    ]


@pytest.mark.parametrize("ordering", [b"GB1", b"CNS1", b"Japan1", b"Identity"])
def test_no_text_is_lost_where_the_file_does_not_hold_its_font(ordering: bytes) -> None:
    with opened(named_only(ordering)) as document:
        (page,) = read_pages(document)
    assert [(glyph.text, glyph.left, glyph.right) for glyph in page.glyphs] == [("无", 50.0, 62.0)]
    assert page.askew == 2


def test_a_watermark_is_left_out_and_named() -> None:
    def page(canvas: Any) -> None:
        canvas.drawString(40, 500, "正文在此。")
        canvas.rotate(45)
        canvas.drawString(300, 100, "内部资料")

    reading = read_pdf(drawn(page))
    assert texts(reading.manuscripts[0]) == ["正文在此。"]
    assert [finding.reason for finding in reading.findings] == ["text at an angle is left out on pages 1"]


def test_type_drawn_twice_is_read_once() -> None:
    def page(canvas: Any) -> None:
        canvas.drawString(40, 500, "重要的通知内容。")
        canvas.drawString(40.3, 500, "重要的通知内容。")

    assert texts(read(drawn(page))) == ["重要的通知内容。"]


def test_blanks_between_chinese_characters_that_nobody_sees_are_no_text() -> None:
    def page(canvas: Any) -> None:
        for place, sign in enumerate("政府信息公开"):
            canvas.drawString(40 + 12 * place, 500, sign + " ")
        canvas.drawString(40, 460, "张三    李四")
        canvas.drawString(40, 420, "公 示")

    assert texts(read(drawn(page))) == ["政府信息公开", "张三 李四", "公示"]


def test_radicals_and_ligatures_are_the_characters_that_they_show() -> None:
    signs = "⼀⼆⽇⾦⻓⻔⺠⻋ﬁ（１２"
    assert "".join(restored(ord(sign)) for sign in signs) == "一二日金长门民车fi（１２"


@pytest.mark.parametrize(
    ("first", "second", "whole"),
    [
        ("公开20", "0条", "公开200条"),
        ("政府", "信息", "政府信息"),
        ("public infor-", "mation", "public information"),
        ("of the", "public", "of the public"),
        ("说“公开”", "是", "说“公开”是"),
    ],
)
def test_lines_of_one_paragraph_join_as_people_write(first: str, second: str, whole: str) -> None:
    assert joined(first, second) == whole


def encrypted(user: str) -> bytes:
    from reportlab.lib.pdfencrypt import StandardEncryption

    return drawn(lambda canvas: canvas.drawString(40, 500, "正文在此。"), encrypt=StandardEncryption(user, "owner"))


def test_a_password_only_for_changes_bars_nobody_from_reading() -> None:
    assert texts(read(encrypted(""))) == ["正文在此。"]


MANY = b"<</Type/Pages/Kids[" + b"3 0 R " * 2001 + b"]/Count 2001>>"


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", "the file is empty"),
        (b"<html>%PDX</html>", "the file is no PDF"),
        (one_page(HELLO)[:400], "the PDF is cut off"),
        (b"%PDF-1.7\nnothing\n%%EOF", "the PDF is broken"),
        (encrypted("secret"), "the PDF is protected by a password"),
        (
            written(b"<</Type/Catalog/Pages 2 0 R>>", b"<</Type/Pages/Kids[2 0 R]/Count 1>>"),
            "page 1 of the PDF is broken",
        ),
        (written(b"<</Type/Catalog/Pages 2 0 R>>", MANY, b"<</Type/Page/Parent 2 0 R>>"), "the PDF has 2001 pages"),
        (one_page(b""), "the file has no text"),
        (
            one_page(b"BT /F1 1 Tf 5 TL 50 800 Td " + b"(aaaa aaaa aaaa aaaa aaaa aaaa aaaa) ' " * 15_000 + b"ET"),
            "the PDF has more than 500000 characters",
        ),
    ],
    ids=["empty", "html", "cut", "broken", "password", "loop", "pages", "blank", "bomb"],
)
def test_a_hostile_or_broken_file_is_refused_with_its_reason(data: bytes, reason: str) -> None:
    with pytest.raises(UnreadableFile) as error:
        read_pdf(data)
    assert error.value.reason.startswith(reason)
    assert error.value.remedy


@pytest.mark.parametrize(
    "data",
    [
        one_page(HELLO, box=b"[0 0 1e9 1e9]"),
        one_page(HELLO, box=b"[0 0 0 0]"),
        one_page(HELLO, catalogue=b"/OpenAction<</S/JavaScript/JS(while(1){})>>"),
        one_page(HELLO, trailer=b"/Prev 9"),
        one_page(HELLO + b" 10 10 m 20 10 l S" * 50_000),
        one_page(HELLO + b" 10 10 m " + b"20 20 l 30 10 l " * 100_000 + b" S"),
    ],
    ids=["huge page", "no page", "script", "loop", "drawing", "path"],
)
def test_what_is_odd_but_legible_is_read(data: bytes) -> None:
    assert texts(read(data)) == ["Words of a page"]


VALID = (one_page(HELLO), LIBREOFFICE.read_bytes(), report(REPORT))


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.data_too_large])
@given(
    which=st.integers(0, len(VALID) - 1),
    changes=st.lists(st.tuples(st.floats(0, 1, exclude_max=True), st.binary(max_size=12)), min_size=1, max_size=8),
    cut=st.one_of(st.none(), st.floats(0, 1)),
)
def test_whatever_befalls_a_file_it_is_read_or_refused(
    which: int, changes: list[tuple[float, bytes]], cut: float | None
) -> None:
    data = bytearray(VALID[which])
    for place, change in changes:
        at = int(place * len(data))
        data[at : at + len(change)] = change
    if cut is not None:
        data = data[: int(cut * len(data))] + b"\n%%EOF"
    with suppress(UnreadableFile):
        assert read_pdf(bytes(data)).manuscripts[0].sections


def scanned(pages: int = 1) -> bytes:
    """The last page of the report as a picture of itself."""
    document = pypdfium2.PdfDocument(LIBREOFFICE.read_bytes())
    picture = document[1].render(scale=150 / 72).to_pil()
    document.close()

    def page(canvas: Any) -> None:
        canvas.drawImage(ImageReader(picture), 0, 0, 420, 595)

    return drawn(*[page] * pages)


def keep(folder: Path, data: bytes, lines: dict[str, list[list[float | str]]]) -> None:
    (folder / f"{sha256(data).hexdigest()}.json").write_text(json.dumps(lines), encoding="utf-8")


def test_a_scan_is_refused_with_the_way_to_have_it_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    data = scanned()
    monkeypatch.setattr(scans, "can_recognise", lambda: False)
    with pytest.raises(UnreadableFile, match=r"pip install 'disclosure-bot\[ocr\]'"):
        read_pdf(data, tmp_path)
    monkeypatch.setattr(scans, "can_recognise", lambda: True)
    with pytest.raises(ScanNotRecognised, match="bot recognise") as error:
        read_pdf(data, tmp_path)
    assert error.value.pages == 1


def test_a_scan_is_read_from_what_was_recognised_and_marked_for_comparison(tmp_path: Path) -> None:
    data = scanned()
    lines: list[list[float | str]] = [
        [60, 100, 340, 116, "本年共收到政府信息公开申请七件，都在期限内", 0.99],
        [60, 124, 130, 140, "答复。", 0.5],
    ]
    keep(tmp_path, data, {"1": lines})
    reading = read_pdf(data, tmp_path)
    assert texts(reading.manuscripts[0]) == ["本年共收到政府信息公开申请七件，都在期限内答复。"]
    assert [finding.reason for finding in reading.findings] == [
        "page 1 is a scan, read by a program",
        "page 1 is hard to read in places",
    ]


@pytest.mark.parametrize("kept", ["", "[]", '{"1": [[1]]}', '{"a": []}', '{"1": [["a", 1, 2, 3, "b", 1]]}'])
def test_damaged_recognition_counts_as_none(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, kept: str) -> None:
    data = scanned()
    (tmp_path / f"{sha256(data).hexdigest()}.json").write_text(kept, encoding="utf-8")
    monkeypatch.setattr(scans, "can_recognise", lambda: True)
    with pytest.raises(ScanNotRecognised):
        read_pdf(data, tmp_path)


def test_a_picture_among_pages_of_text_is_named_and_the_text_is_read(tmp_path: Path) -> None:
    picture = ImageReader(pypdfium2.PdfDocument(LIBREOFFICE.read_bytes())[0].render().to_pil())
    flow = [Paragraph(text, BODY) for text in made_up_paragraphs(5)]
    data = drawn(
        lambda canvas: canvas.drawString(40, 500, "第一页的文字。"),
        lambda canvas: canvas.drawImage(picture, 0, 0, 420, 595),
    )
    reading = read_pdf(data, tmp_path)
    assert texts(reading.manuscripts[0]) == ["第一页的文字。"]
    assert [finding.reason for finding in reading.findings] == ["page 2 is a picture, whose text is not read"]
    assert read_pdf(printed([*flow, PageBreak()])).findings == ()


@pytest.mark.e2e
def test_without_the_extra_the_command_says_how_to_get_it(tmp_path: Path) -> None:
    if scans.can_recognise():
        pytest.skip("the extra ocr is installed")
    scan = tmp_path / "scan.pdf"
    scan.write_bytes(scanned())
    command = [sys.executable, "-m", "bot", "recognise", str(scan)]
    done = subprocess.run(command, capture_output=True, text=True, env={**os.environ, "PYTHONUTF8": "1"}, check=False)
    assert done.returncode == 1
    assert "pip install 'disclosure-bot[ocr]'" in done.stderr


def test_a_scan_is_recognised_once_and_tells_its_progress(tmp_path: Path) -> None:
    if not scans.can_recognise():
        pytest.skip("the extra ocr is not installed: pip install 'disclosure-bot[ocr]'")
    data = scanned()
    told: list[tuple[int, int]] = []
    for _ in range(2):
        recognise(data, tmp_path, lambda done, of: told.append((done, of)))
    assert told == [(0, 1), (1, 1)]
    found = texts(read_pdf(data, tmp_path).manuscripts[0])
    assert "全年收到政府信息公开申请7件，均在法定期限内答复。其中，予以公开5件，部分公开1件，不予公开1件。" in found
