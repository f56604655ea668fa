"""A folder with one fault of every kind: each is found on its line, and nothing else is remarked on."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from bot.knowledge import Reviewing, read_folder
from bot.knowledge.barring import blocked_paths
from bot.model import Finding, Severity
from bot.publishing import findings_of
from tests.knowledge.made_up_form import TABLE_3
from tests.knowledge.places import write_folder

TODAY = date(2026, 7, 1)
AGENCIES = """[lsj]
name = "示例市粮食局"
department = "办公室"
address = "示例市人民路1号"
hours = "9:00-17:00"
phone = "0700-1234567、13912345678"
fax = "0700-1234568"
email = "lsj@example.gov.cn"
site = "示例市粮食局网站"
portal = "示例市政府网"
hotline = "12345"
founded = 2004-03-01
"""
REPORT = """---
title: 示例市粮食局{year}年政府信息公开年度报告
kind: report
reviewed_by: 李四
date: {next}-01-20
---

## 一、主动公开情况

{year}年主动公开政府信息{count}条，其中机构概况4条，政策文件12条，价格监测信息{rest}条。

联系电话：0700-1234567，手机13912345678，统一社会信用代码：91350100M000100Y43。

## 二、申请办理情况

全年收到政府信息公开申请{asked}件，均在法定期限内答复，开展保密审查{count}次，未发生泄密事件。详见[指南](../guides/apply.md)。
"""
GUIDE = """---
title: 怎么申请公开
kind: guide
reviewed_by: 李四
---

自收到申请之日起20个工作日内答复，征求第三方意见的，第三方应在15个工作日内答复。
"""


def report(year: int, count: int = 216, asked: int = 7) -> str:
    return REPORT.format(year=year, next=year + 1, count=count, rest=count - 16, asked=asked)


SOUND = {
    "agencies.toml": AGENCIES,
    "settings.toml": "require_review = true\n",
    "reports/2023.md": report(2023, 180, 5),
    "reports/2024.md": report(2024),
    "guides/apply.md": GUIDE,
}
HEAD = "---\ntitle: {title}\nkind: notice\nreviewed_by: 李四\ndate: 2025-03-04\n---\n\n"


def page(text: str, title: str = "关于储备粮轮换的通知", **head: str) -> str:
    """A notice whose text begins in line 8."""
    stated = "".join(f"{key}: {value}\n" for key, value in head.items())
    return HEAD.format(title=title).replace("---\n\n", f"{stated}---\n\n") + text + "\n"


# name → (file, its text, severity, line, what is said)
PLANTED: dict[str, tuple[str, str, Severity, int, str]] = {
    "identity number": ("n/a.md", page("甲。\n\n身份证号11010519491231002X。"), Severity.ERROR, 10, "an identity number"),
    "mobile": ("n/a.md", page("联系人张三，手机 138 1234 5678。"), Severity.ERROR, 8, "a mobile number 手机号码 (138"),
    "wide mobile": ("n/a.md", page("手机１３８１２３４５６７８"), Severity.ERROR, 8, "a mobile number"),
    "private telephone": ("n/a.md", page("申请人王小明，电话0700-3312345。"), Severity.ERROR, 8, "a person's telephone"),
    "bank card": ("n/a.md", page("卡号：6222021234567890128"), Severity.ERROR, 8, "a bank card number"),
    "address": ("n/a.md", page("李四，女，住东城区人民路12号3单元501室。"), Severity.ERROR, 8, "a person's address"),
    "secrecy": ("n/a.md", page("秘密★1年\n\n甲。"), Severity.ERROR, 8, "a mark of secrecy"),
    "confidential": ("n/a.md", page("机密★3年\n\n甲。"), Severity.ERROR, 8, "a mark of secrecy"),
    "level of secrecy": ("n/a.md", page("甲。\n\n密级：机密"), Severity.ERROR, 10, "a mark of secrecy"),
    "missing contact": (
        "agencies.toml",
        AGENCIES.replace("[lsj]", "[lsj]\ndefault = true") + '\n[jtj]\nname = "示例市交通局"\n',
        Severity.WARNING,
        0,
        'agency "jtj" has nothing to reach it by',
    ),
    "no such expected document": (
        "questions.csv",
        "question,expect_document\n主动公开了多少条,reports/2024\n收到多少件申请,reports/2019\n",
        Severity.ERROR,
        3,
        'expects document "reports/2019", which is not there',
    ),
    "internal": ("n/a.md", page("内部资料，请勿外传\n\n甲。"), Severity.ERROR, 8, "a mark of secrecy"),
    "not public": ("n/a.md", page("甲。\n\n此件不予公开。"), Severity.ERROR, 10, "a mark of secrecy"),
    "draft": ("n/a.md", page("甲。", title="储备粮管理办法（征求意见稿）"), Severity.ERROR, 0, "the title says that it is a draft"),
    "placeholder": ("n/a.md", page("会议时间待定。"), Severity.WARNING, 8, "something is not filled in"),
    "blank figure": ("n/a.md", page("全年轮换XX次。"), Severity.WARNING, 8, "something is not filled in"),
    "sum": ("n/a.md", page("发文30件，其中通知10件，公告10件，函9件。"), Severity.WARNING, 8, "the parts do not add up"),
    "future": ("n/a.md", page("甲。").replace("2025-03-04", "2027-03-04"), Severity.WARNING, 0, "a date in the future"),
    "too early": ("n/a.md", page("甲。").replace("2025-03-04", "2001-03-04"), Severity.WARNING, 0, "before the agency was there"),
    "formed later": ("n/a.md", page("甲。", formed="2025-04-01"), Severity.WARNING, 0, "before it was formed"),
    "late": ("n/a.md", page("甲。", formed="2025-01-02"), Severity.NOTE, 0, "working days after it was formed"),
    "dead link": ("n/a.md", page("详见[附件](fujian.docx)。"), Severity.WARNING, 8, 'a link to "fujian.docx"'),
    "contradiction": (
        "reports/2024b.md",
        report(2024).replace("政府信息216条", "政府信息206条").replace("200条", "190条").replace("年度报告", "工作报告"),
        Severity.WARNING,
        10,
        "2024 主动公开政府信息206条, but 216条 in reports/2024.md:10",
    ),
    "duplicate": ("reports/copy.md", report(2024), Severity.WARNING, 0, 'the same text as "reports/2024"'),
    "old clock": ("guides/b.md", GUIDE.replace("20个工作日内答复，", "15个工作日内予以答复。"), Severity.WARNING, 7, "a clock of the regulation"),
    "unbalanced table": (
        "n/a.md",
        page(TABLE_3.replace("办理 | | | 3 |", "办理 | | | 5 |")),
        Severity.WARNING,
        35,
        "table 3 does not balance in 自然人: 一 + 二 = 44, 三（七） + 四 = 46",
    ),
    "not reviewed": ("n/a.md", page("甲。").replace("reviewed_by: 李四\n", ""), Severity.ERROR, 0, "not reviewed"),
    "reviewed by its author": ("n/a.md", page("甲。", author="李四"), Severity.ERROR, 0, "reviewed by its author, 李四"),
    "row not reviewed": ("items.csv", "id,title,text,审核人\nA-1,甲,一号信息。,李四\nA-2,乙,二号信息。,\n", Severity.ERROR, 3, "not reviewed"),
    "row": ("items.csv", "id,title,text,审核人\nA-1,甲,一号信息。,李四\nA-2,乙,申请人手机13812345678。,李四\n", Severity.ERROR, 3, "a mobile number"),
}  # fmt: skip


def remarks(root: Path, files: dict[str, str]) -> list[Finding]:
    """All remarks but the notes on what was inferred or is not stated."""
    folder = read_folder(write_folder(root, files))
    found = (*folder.findings, *Reviewing().review(folder, TODAY))
    return [finding for finding in found if not finding.reason.startswith(("inferred", "no date"))]


def test_a_sound_folder_has_nothing_to_remark_on(tmp_path: Path) -> None:
    assert remarks(tmp_path, SOUND) == []


@pytest.mark.parametrize("name", PLANTED)
def test_each_fault_is_found_where_it_stands_and_nothing_else(tmp_path: Path, name: str) -> None:
    file, text, severity, line, said = PLANTED[name]
    found = remarks(tmp_path, SOUND | {file: text})
    assert [(finding.severity, finding.path, finding.line) for finding in found] == [
        (severity, f"knowledge/{file}", line)
    ]
    assert said in found[0].reason


def test_an_error_in_a_text_bars_its_file_and_in_a_row_the_row(tmp_path: Path) -> None:
    files = SOUND | {name: PLANTED[fault][1] for name, fault in (("n/a.md", "mobile"), ("items.csv", "row"))}
    path = write_folder(tmp_path, files)
    folder = read_folder(path)
    findings = findings_of(folder, path, datetime(2026, 7, 1, tzinfo=UTC), Reviewing())
    assert blocked_paths(folder, findings) == {"n/a.md"}
    assert {document.id for document in folder.documents} >= {"A-1"}
    assert "A-2" not in {document.id for document in folder.documents}


def test_no_personal_data_stands_in_what_is_said(tmp_path: Path) -> None:
    (finding,) = remarks(tmp_path, SOUND | {"n/a.md": page("手机13812345678")})
    assert "13812345678" not in str(finding)
    assert finding.rule == "mobile"


def test_an_exception_with_its_reason_stays_visible_and_bars_nothing(tmp_path: Path) -> None:
    text = page("手机13812345678", exceptions="{mobile: 公示的值班手机}")
    path = write_folder(tmp_path, SOUND | {"n/a.md": text})
    folder = read_folder(path)
    (note,) = [finding for finding in folder.findings if "mobile" in finding.reason]
    assert (note.severity, "excepted: 公示的值班手机" in note.reason) == (Severity.NOTE, True)
    assert not blocked_paths(folder, folder.findings)


@pytest.mark.parametrize("seed", range(50))
def test_made_up_reports_raise_no_false_alarm(tmp_path: Path, seed: int) -> None:
    """Of fifty years, with figures of their own."""
    text = report(1960 + seed, 100 + 7 * seed, seed)
    files = SOUND | {"agencies.toml": AGENCIES.replace("founded = 2004-03-01", ""), "reports/x.md": text}
    assert remarks(tmp_path, files) == []
