"""The same report and the same items, in every format that staff have: the same sections, and the same answers."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from bot.app import App
from bot.knowledge import read_folder
from bot.model import Document, Verdict
from tests.houses import write_house
from tests.knowledge.made_up import REPORT
from tests.knowledge.places import write_folder
from tests.knowledge.printed import report as printed
from tests.knowledge.sites import body_of, trs
from tests.knowledge.word_files import report_file
from tests.knowledge.workbooks import MadeSheet, as_csv, xls, xlsx

AGENCIES = '[lsj]\nname = "示例市粮食局"\nphone = "0700-1234567"\nhotline = "12345"\ndefault = true\n'
LIBREOFFICE = Path(__file__).parents[1] / "knowledge" / "data" / "report_libreoffice.pdf"
PLAIN = "\n".join(line.lstrip("#").strip() for line in REPORT.split("\n"))
PAGE = trs(body_of(REPORT))
REPORTS: dict[str, str | bytes] = {
    "report.md": REPORT.encode(),
    "report.txt": PLAIN.encode(),
    "report.html": PAGE.encode(),
    "gb2312.html": PAGE.replace("utf-8", "gb2312").encode("gb18030"),
    "report.docx": report_file(),
    "report.pdf": printed(REPORT),
    "libreoffice.pdf": LIBREOFFICE.read_bytes(),
}
ROWS = (
    ("索引号", "名称", "生成日期", "内容概述", "文号"),
    (
        "0042",
        "粮食收购资格备案办法",
        date(2024, 3, 5),
        "备案当场办结，材料有2份：申请表和身份证明。",
        "粮发〔2024〕3号",
    ),
    ("0043", "储备粮轮换计划", date(2024, 4, 9), "全年轮换储备粮1200吨，分3批进行。", "粮发〔2024〕7号"),
)
SHEET = MadeSheet(ROWS)
CATALOGUES: dict[str, str | bytes] = {
    "items.csv": as_csv([[str(cell) for cell in row] for row in ROWS], "gb18030"),
    "items.xlsx": xlsx(SHEET),
    "items.xls": xls(SHEET),
}
ASKED = (
    ("2024年主动公开了多少条信息", "216条"),
    ("全年收到多少件公开申请", "7件"),
    ("政务新媒体公开了多少条", "46"),
    ("公告栏的占比是多少", "9.3%"),
    ("保密审查做了几次", "216次"),
    ("存在哪些问题", "时效性"),
)


def sections(document: Document) -> list[tuple[str, tuple[str, ...], str]]:
    return [(section.id, section.headings, section.text) for section in document.sections]


def as_one(document: Document) -> tuple[object, ...]:
    """What a document is, apart from where it came from; a page has a date of publishing of its own."""
    return (document.title, document.kind, document.year, document.agency, sections(document))


@pytest.mark.parametrize("name", [name for name in REPORTS if name != "report.md"])
def test_a_report_is_the_same_document_in_every_format(tmp_path: Path, name: str) -> None:
    folder = read_folder(
        write_folder(
            tmp_path, {"agencies.toml": AGENCIES, f"a/{name}": REPORTS[name], "b/report.md": REPORTS["report.md"]}
        )
    )
    assert not folder.refused, folder.findings
    read, expected = folder.documents
    assert as_one(read) == as_one(expected)


def test_items_are_the_same_documents_in_every_format(tmp_path: Path) -> None:
    found = []
    for name, data in CATALOGUES.items():
        (tmp_path / name).mkdir()
        folder = read_folder(write_folder(tmp_path / name, {"agencies.toml": AGENCIES, name: data}))
        found.append(
            [(document.id, document.formed_on, document.number, *as_one(document)) for document in folder.documents]
        )
    assert found[0] == found[1] == found[2]
    assert [(row[0], row[1], row[2]) for row in found[0]] == [
        ("0042", date(2024, 3, 5), "粮发〔2024〕3号"),
        ("0043", date(2024, 4, 9), "粮发〔2024〕7号"),
    ]


def answers_from(root: Path, report: str, items: str) -> list[tuple[object, ...]]:
    """What a house answers whose folder holds the report in one format, and the items in one."""
    files = {"agencies.toml": AGENCIES, f"reports/2024{Path(report).suffix}": REPORTS[report], items: CATALOGUES[items]}
    told: list[tuple[object, ...]] = []
    with App(write_house(root, files)) as app:
        app.sync()
        for question, figure in (*ASKED, ("储备粮轮换多少吨", "1200吨"), ("粮食收购资格备案要几份材料", "2份")):
            answered = app.ask(question, record=False)
            decision, reply = answered.decision, answered.reply
            assert decision.matches, question
            best = decision.matches[0]
            assert figure in best.section.text, question
            if decision.verdict is Verdict.ANSWER and reply.quote:
                assert figure in reply.quote.text, question
            found = [(match.document.title, match.section.id, match.section.text) for match in decision.matches]
            told.append((question, decision.verdict, found[0], reply.quote and reply.quote.text, reply.contact))
    return told


@pytest.fixture(scope="module")
def expected(tmp_path_factory: pytest.TempPathFactory) -> list[tuple[object, ...]]:
    """The answers from Markdown and CSV."""
    return answers_from(tmp_path_factory.mktemp("markdown"), "report.md", "items.csv")


@pytest.mark.parametrize(
    ("report", "items"),
    list(zip([name for name in REPORTS if name != "report.md"], ["items.xlsx", "items.xls"] * 3, strict=True)),
)
def test_the_same_questions_get_the_same_answers_from_every_format(
    tmp_path: Path, expected: list[tuple[object, ...]], report: str, items: str
) -> None:
    """The decision, the passage, the sentence that is quoted, and whom to contact."""
    assert answers_from(tmp_path, report, items) == expected
