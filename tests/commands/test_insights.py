"""`bot insights`: from what people did not find to what answers them."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from pathlib import Path

import pytest

from bot.app import App, now
from bot.model import Channel, Question, RequestKind, Verdict
from bot.store import open_store
from tests.commands.console import run
from tests.houses import FILES, PARKING_PASSAGE, UNPUBLISHED, write_house

VAGUE = "停车场进出管理"
CATALOGUE = "索引号,名称,类别,生成日期,内容概述\nZS-1,垃圾清运时间安排,工作类,2018-03-01,居民区垃圾每日清运两次。\n"


def ask(house: Path, *questions: str) -> list[Verdict]:
    """Ask on a channel, on record; what each came to."""
    with App(write_house(house, FILES | {"items/list.csv": CATALOGUE})) as app:
        app.sync()
        return [
            app.answering.answer(Question(text, Channel.TELEGRAM, now(), "c")).decision.verdict for text in questions
        ]


def number_of(shown: str, advised: str) -> str:
    found = re.search(rf"\[(\d+)\](?:(?!\[\d+\])[\s\S])*?{advised}", shown)
    assert found, shown
    return found[1]


def test_what_nothing_answers_becomes_a_draft(tmp_path: Path) -> None:
    ask(tmp_path, UNPUBLISHED, UNPUBLISHED)
    shown = run(tmp_path, "insights").stdout
    assert f"2 次  {UNPUBLISHED}  （未找到2）" in shown
    assert "0.00" not in shown
    done = run(tmp_path, "insights", "--accept", number_of(shown, "主动公开"))
    assert (done.exit_code, "once it is written and out of drafts" in done.stdout) == (0, True), done.stderr
    (draft,) = (tmp_path / "knowledge" / "drafts").iterdir()
    assert f'title: "{UNPUBLISHED}"' in draft.read_text(encoding="utf-8")
    assert run(tmp_path, "check").exit_code == 0
    again = run(tmp_path, "insights", "--accept", number_of(shown, "主动公开"))
    assert (again.exit_code, "there already" in again.stderr) == (2, True)


def accepted(house: Path, question: str) -> Path:
    """Accept the alias that is suggested for a question that was not answered; the file that was written."""
    assert ask(house, question) != [Verdict.ANSWER]
    shown = run(house, "insights").stdout
    done = run(house, "insights", "--accept", number_of(shown, "常见问法"))
    assert done.exit_code == 0, done.stderr
    return Path(done.stdout.partition(":")[0])


def test_alias_is_written_into_the_document_and_answers_from_then_on(tmp_path: Path) -> None:
    path = accepted(tmp_path, VAGUE)
    assert path == tmp_path / "knowledge" / "items" / "parking.md"
    assert path.read_text(encoding="utf-8") == FILES["items/parking.md"].replace(
        "  - 停车怎么收费\n", f'  - 停车怎么收费\n  - "{VAGUE}"\n'
    )
    assert run(tmp_path, "sync").exit_code == 0
    assert PARKING_PASSAGE in run(tmp_path, "ask", VAGUE).stdout
    assert "现有公开内容已能答复" in run(tmp_path, "insights").stdout


def test_alias_of_a_row_goes_into_the_glossary(tmp_path: Path) -> None:
    question = "小区垃圾何时拉走"
    assert accepted(tmp_path, question) == tmp_path / "knowledge" / "glossary.csv"
    assert (tmp_path / "knowledge" / "items" / "list.csv").read_text(encoding="utf-8") == CATALOGUE
    assert run(tmp_path, "sync").exit_code == 0
    assert "每日清运两次" in run(tmp_path, "ask", question).stdout


def test_documents_that_no_answer_was_from_are_named(tmp_path: Path) -> None:
    ask(tmp_path, "停车怎么收费")
    told = run(tmp_path, "insights").stdout
    assert "从未被引用的公开信息 2 件" in told
    assert "items/canteen" in told
    assert "items/parking" not in told
    assert "机器人受理 1，给出答案或选项 1，未被评为没帮助 1，独立答复 1" in told


def test_number_means_what_was_shown_though_more_was_asked_since(tmp_path: Path) -> None:
    ask(tmp_path, UNPUBLISHED)
    number = number_of(run(tmp_path, "insights").stdout, "主动公开")
    ask(tmp_path, "天文台的望远镜", "天文台的望远镜", "天文台的望远镜")
    run(tmp_path, "insights", "--accept", number)
    (draft,) = (tmp_path / "knowledge" / "drafts").iterdir()
    assert UNPUBLISHED in draft.read_text(encoding="utf-8")


def test_what_is_of_another_year_is_not_called_by_the_name_of_this_one(tmp_path: Path) -> None:
    """The alias would have the bot answer 2020 with the rules of 2018."""
    ask(tmp_path, "2020年停车怎么收费")
    shown = run(tmp_path, "insights").stdout
    assert "最近：停车场收费标准" in shown
    assert number_of(shown, "主动公开") == "1"
    assert "常见问法" not in shown


def test_erased_words_are_not_brought_back(tmp_path: Path) -> None:
    with open_store(f"sqlite:///{tmp_path / 'bot.db'}") as store:
        store.records.add(
            channel=Channel.TELEGRAM, citizen_key="a", question=UNPUBLISHED, asked_at=now(), kind=RequestKind.INQUIRY,
            decision=Verdict.NONE, matches=(), reply="", milliseconds=1.0,
        )  # fmt: skip
    write_house(tmp_path)
    number = number_of(run(tmp_path, "insights").stdout, "主动公开")
    with open_store(f"sqlite:///{tmp_path / 'bot.db'}") as store:
        store.records.erase_citizen("a", datetime.now(UTC))
    done = run(tmp_path, "insights", "--accept", number)
    assert (done.exit_code, "was erased" in done.stderr) == (2, True)
    assert UNPUBLISHED.encode() not in (tmp_path / "bot.db").read_bytes()


@pytest.mark.parametrize("number", ["1", "99"])
def test_number_that_was_not_shown_is_refused(tmp_path: Path, number: str) -> None:
    write_house(tmp_path)
    done = run(tmp_path, "insights", "--accept", number)
    assert (done.exit_code, "nothing was suggested by this number" in done.stderr) == (2, True)
