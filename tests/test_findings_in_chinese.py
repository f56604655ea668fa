"""Staff read in Chinese what the review and the readers remark."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from babel.messages.pofile import read_po

import bot
from bot.locale.findings import in_chinese, say, tell
from bot.model import Finding, Severity
from tests.test_locale import placeholders

PACKAGE = Path(bot.__file__).parent
SOURCES = (*sorted((PACKAGE / "knowledge").rglob("*.py")), PACKAGE / "desk" / "golden.py")
_PROSE = re.compile(r"[a-z]+ [a-z]+")
# English that no finding says: queries, patterns, beginnings of other texts, and what is caught before anybody reads it.
_NO_FINDING = re.compile(
    r"\b(?:SELECT|INSERT|DELETE|CREATE|UPDATE|WHERE|FROM|ON)\b|Table of Contents|exit code|BOT_KNOWLEDGE|^a zip$|^an old$"
    r"|no compound file|sectors|no root|no regular file|\\[sb]"
)


def said_in(path: Path) -> Iterator[str]:
    """The English texts of a module, f-strings as templates, without docstrings, lists of words and what goes to the log."""
    nodes = list(ast.walk(ast.parse(path.read_text())))
    passed = {id(each) for node in nodes for each in _passed_over(node)}
    for node in nodes:
        if id(node) in passed:
            continue
        if isinstance(node, ast.JoinedStr):
            yield "".join(str(part.value) if isinstance(part, ast.Constant) else "{}" for part in node.values)
        elif isinstance(node, ast.Constant) and isinstance(node.value, str):
            yield node.value


def _passed_over(node: ast.AST) -> Iterator[ast.AST]:
    match node:
        case ast.Expr(value=ast.Constant()):
            yield node.value
        case ast.comprehension(iter=ast.Tuple(elts=words)):
            yield from words
        case ast.Call(func=ast.Attribute(value=words, attr="split")):
            yield words
        case ast.Call(func=ast.Attribute(value=ast.Name(id="_log")), args=told):
            yield from told
        case ast.JoinedStr(values=parts):
            yield from (part for part in parts if isinstance(part, ast.Constant))
            yield from (part.format_spec for part in parts if isinstance(part, ast.FormattedValue) and part.format_spec)


def catalogue() -> dict[str, str]:
    with (PACKAGE / "locale" / "findings.po").open("rb") as file:
        return {str(message.id): str(message.string) for message in read_po(file, abort_invalid=True) if message.id}


def bare(template: str) -> str:
    """A template whatever its placeholders are called."""
    return re.sub(r"\{[a-z_]*\}", "{}", template.replace("{{", "{").replace("}}", "}"))


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: path.relative_to(PACKAGE).as_posix())
def test_whatever_a_finding_may_say_has_its_chinese(path: Path) -> None:
    known = {bare(template) for template in catalogue()}
    english = [text for text in said_in(path) if _PROSE.search(text) and not _NO_FINDING.search(text)]
    assert [text for text in english if text not in known and say(text) == text] == []


def test_translations_keep_the_placeholders_and_are_chinese() -> None:
    differing = [text for text, said in catalogue().items() if placeholders(text) != placeholders(said)]
    assert differing == []
    assert [said for said in catalogue().values() if not re.search("[一-鿿]|^PDF$", said)] == []


@pytest.mark.parametrize(
    ("reason", "said"),
    [
        ("the file is empty", "文件是空的"),
        ("a mobile number 手机号码 (138******78)", "有手机号码（138******78）"),
        ("a mobile number 手机号码 (138******78), excepted: 公示的", "有手机号码（138******78），已作为例外：公示的"),
        ('sheet "附件1": the row has no id', "工作表“附件1”：这一行没有索引号"),
        ("inferred kind report, year 2024", "由程序推断：类型 年度报告、年份 2024"),
        ('date "不详" is no date and was ignored', "日期“不详”不是日期，没有采用"),
        ("2024 主动公开政府信息206条, but 216条 in a.md:1", "2024年主动公开政府信息206条，而a.md:1写的是216条"),
        ("each of the pages 1, 2 is a scan, read by a program", "第1, 2页都是扫描件，文字由程序识别"),
        ('"几条" is to be answered by a, but got nothing', "“几条”应当由a回答，结果是没有答案"),
        ("what nobody has translated (yet)", "what nobody has translated (yet)"),
    ],
)  # fmt: skip
def test_words_of_the_program_are_said_in_chinese_and_those_of_the_folder_as_they_are(reason: str, said: str) -> None:
    assert say(reason) == said


def test_words_of_a_file_without_end_stay_as_they_are() -> None:
    """Each template would be tried at each of them: for hours."""
    reason = '"' + '" is "' * 200_000
    assert say(reason) == reason


def test_a_finding_keeps_its_place_and_its_rule() -> None:
    finding = Finding(Severity.ERROR, "knowledge/a.md", 3, "not reviewed", "", "review")
    assert tell(finding) == "knowledge/a.md:3: 还没有审核"
    assert (in_chinese(finding).rule, in_chinese(finding).line) == ("review", 3)


def test_a_remark_on_one_row_of_a_catalogue_is_told_in_chinese() -> None:
    assert say("a date in the future: 011336157/2031-0005") == "日期在今天以后：信息“011336157/2031-0005”"
