"""The whole walk of a question on small folders: what is quoted, of which year and agency, and what is put on record."""

from __future__ import annotations

import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path

import pytest
from hypothesis import given, settings

from bot.answering import Answering
from bot.app import App
from bot.desk.floors import load_policy
from bot.model import Channel, Language, Question, RequestKind, Resolution, Verdict, handle_of
from bot.recording import Answered, citizen_key
from bot.replies import plain_text
from bot.store import open_store
from tests.houses import (
    AGENCIES,
    ASK_CANTEEN,
    ASK_PARKING,
    CANTEEN_PASSAGE,
    FILES,
    PARKING_PASSAGE,
    UNPUBLISHED,
    write_house,
)
from tests.language.strategies import texts

NOW = datetime(2019, 3, 1, 9, 0, tzinfo=UTC)
BEIJING = timezone(timedelta(hours=8))
EDUCATION = """
[jyj]
name = "随州市教育局"
aliases = ["教育局"]
phone = "0722-1111111"
"""
DISTRICT = """
[zdq]
name = "曾都区招商局"
aliases = ["招商局"]
phone = "0722-2222222"
"""
REPORT = """---
title: {year}年政府信息公开年度报告
date: {following}-02-05
kind: report
agency: {agency}
---

本报告说明{year}年主动公开、收费等情况。

## 一、概述

{year}年，各项工作有序开展，群众满意。{more}

## 二、主动公开情况

通过网络和纸质媒体主动公开政府信息，做法如下。

### （一）主动公开的数量

{year}年主动公开政府信息{items}条：机构概况2条，规划计划15条。

### （二）主动公开的形式

以网站为主，另有纸质的通报。

## 三、收费和减免

{year}年没有收取费用。
"""
FIGURES = {year: 100 + 7 * (year - 2000) for year in range(2009, 2026)}
"""How many items were disclosed in each year: no figure is part of another year's."""


def report(year: int, agency: str = "zsj", items: int = 0, more: str = "") -> str:
    return REPORT.format(year=year, following=year + 1, agency=agency, items=items or FIGURES[year], more=more)


def publish(root: Path, files: dict[str, str]) -> App:
    """A house with these files published; whoever opens it closes it."""
    app = App(write_house(root, files))
    app.sync()
    return app


def ask(app: App, text: str, *, now: datetime = NOW, record: bool = False, origin: str = "") -> Answered:
    return app.answering.answer(Question(text, Channel.COMMAND, now, "li"), record=record, origin=origin)


def offered(answered: Answered) -> list[str]:
    decision = answered.decision
    return [match.document.id for match in decision.matches[: decision.offered]]


@pytest.fixture
def app(tmp_path: Path) -> Iterator[App]:
    with publish(tmp_path, dict(FILES)) as app:
        yield app


@pytest.fixture(scope="module")
def kept(tmp_path_factory: pytest.TempPathFactory) -> Iterator[App]:
    """A house that is only asked, never written to: two years' reports, a fee and opening hours."""
    files = dict(FILES) | {f"reports/{year}.md": report(year) for year in (2014, 2017)}
    glossary = "term,synonyms\n主动公开,主动公布|proactively disclosed|proactive disclosure\n停车,parking|泊车\n"
    with publish(tmp_path_factory.mktemp("kept"), files | {"glossary.csv": glossary}) as app:
        yield app


@pytest.mark.parametrize(
    ("question", "passage"),
    [
        (ASK_PARKING, PARKING_PASSAGE),
        (ASK_CANTEEN, CANTEEN_PASSAGE),
        ("你好,请问停车怎么收费呢?谢谢!", PARKING_PASSAGE),
        ("停車怎麼收費", "停車每小時5元，不足一小時的按一小時計算。"),
        ("停车怎么收废", PARKING_PASSAGE),
        ("停车收费标谁", PARKING_PASSAGE),
        ("职工食糖开放时间", CANTEEN_PASSAGE),
        ("职工食堂放开时间", CANTEEN_PASSAGE),
        ("停 车 收费", PARKING_PASSAGE),
        ("tingche shoufei", PARKING_PASSAGE),
        ("tingcheshoufei", PARKING_PASSAGE),
        ("ting che zen me shou fei", PARKING_PASSAGE),
        ("shitang jidian kaimen", CANTEEN_PASSAGE),
        ("parking fee", PARKING_PASSAGE),
        ("停车 fee", PARKING_PASSAGE),
        ("泊车收费", PARKING_PASSAGE),
        ("招商局停车怎么收费", PARKING_PASSAGE),
    ],
)
def test_a_published_passage_is_quoted_however_it_is_asked_for(kept: App, question: str, passage: str) -> None:
    """Wrong characters of the right sound, swapped pairs, pinyin, English, both scripts."""
    answered = ask(kept, question)
    assert answered.decision.verdict is Verdict.ANSWER
    assert answered.reply.quote is not None
    assert answered.reply.quote.text == passage


def test_an_unpublished_topic_gets_the_agencys_contact(kept: App) -> None:
    answered = ask(kept, UNPUBLISHED)
    assert answered.decision.verdict is Verdict.NONE
    assert answered.reply.quote is None
    assert answered.reply.choices == ()
    assert answered.agency == "zsj"
    assert "0722-3312345" in plain_text(answered.reply)


def test_an_answer_says_where_it_stands_and_whom_to_ask(kept: App) -> None:
    answered = ask(kept, ASK_PARKING)
    assert answered.reply.citation is not None
    assert answered.reply.citation.document == "items/parking"
    assert answered.reply.contact is not None
    assert answered.reply.contact.name == "随州市招商局"


@pytest.mark.parametrize(
    ("question", "told"),
    [
        ("你们电话多少", "电话：0722-3312345，热线12345"),
        ("招商局的电话号码", "电话：0722-3312345，热线12345"),
        ("nimen dianhua duoshao", "电话：0722-3312345，热线12345"),
        ("你们在哪里", "这里没有随州市招商局的地址"),
        ("招商局几点上班", "这里没有随州市招商局的办公时间"),
        ("where is your office", "Not stated here: Address."),
    ],
)
def test_who_asks_for_the_office_is_told_what_it_states_and_no_passage(kept: App, question: str, told: str) -> None:
    """The canteen's opening hours are not the office's."""
    answered = ask(kept, question)
    assert answered.decision.verdict is Verdict.NONE
    assert plain_text(answered.reply).startswith(told)
    assert answered.reply.contact
    assert answered.reply.contact.phone == "0722-3312345"


def test_a_passage_that_is_called_so_goes_before_what_the_office_states(tmp_path: Path) -> None:
    hours = "---\ntitle: 招商局办公时间\ndate: 2018-03-01\n---\n\n周一至周五9点至17点。\n"
    with publish(tmp_path, dict(FILES) | {"items/hours.md": hours}) as app:
        answered = ask(app, "招商局办公时间")
        assert answered.decision.verdict is Verdict.ANSWER
        assert answered.decision.matches[0].document.id == "items/hours"


@pytest.mark.parametrize(
    "question",
    [
        "最近发布了什么",
        "有什么新的信息",
        "你们局最近公开了哪些内容？",
        "招商局最近更新了什么",
        "最新公開的信息",
        "what's new",
    ],
)
def test_who_asks_what_is_new_is_offered_what_was_published_last(kept: App, question: str) -> None:
    """Of whatever kind, the newest first; nothing is searched for."""
    answered = ask(kept, question)
    assert answered.decision.verdict is Verdict.CHOICES
    newest = offered(answered)
    assert newest[:3] == ["items/canteen", "items/parking", "reports/2017"]
    assert [choice.document for choice in answered.reply.choices] == newest


@pytest.mark.parametrize(
    "question", ["最近公开了多少条", "最新的停车收费标准", "教育局最近发布了什么", "最近什么时候公布"]
)
def test_who_asks_for_the_newest_of_something_is_not_offered_whatever_is_new(kept: App, question: str) -> None:
    assert offered(ask(kept, question))[:2] != ["items/canteen", "items/parking"]


def test_asking_words_alone_ask_for_what_the_glossary_takes_them_for(kept: App) -> None:
    """要多少钱 holds nothing but asking words, and asks for 收费."""
    for question in ("要多少钱", "duoshao qian"):
        answered = ask(kept, question)
        assert answered.decision.verdict is not Verdict.NONE
        assert answered.decision.matches[0].document.id == "items/parking"


YEARS = range(2010, 2025)


@pytest.fixture(scope="module")
def reports(tmp_path_factory: pytest.TempPathFactory) -> Iterator[App]:
    """The reports of two years and nothing else."""
    files = {"agencies.toml": AGENCIES} | {f"reports/{year}.md": report(year) for year in (2014, 2017)}
    with publish(tmp_path_factory.mktemp("reports"), files) as app:
        yield app


@pytest.mark.parametrize("asked", YEARS)
@pytest.mark.parametrize("form", ["{}年主动公开了多少条", "{}年度主动公开的数量", "主动公开多少条 {}"])
def test_a_figure_of_another_year_is_never_the_answer(reports: App, asked: int, form: str) -> None:
    """2014 and 2017 are published; every other year gets none, and is told those two."""
    answered = ask(reports, form.format(asked), now=datetime(2025, 6, 1, tzinfo=UTC))
    text = plain_text(answered.reply)
    others = [FIGURES[year] for year in FIGURES if year != asked]
    assert not any(f"{figure}条" in text for figure in others)
    if asked in (2014, 2017):
        assert answered.decision.verdict is Verdict.ANSWER
        assert f"{FIGURES[asked]}条" in text
        assert f"{FIGURES[asked]}条" in answered.decision.focus
    else:
        assert answered.decision.verdict is Verdict.NONE
        assert answered.decision.missing_years == (asked,)
        assert answered.decision.published_years == (2017, 2014)
        assert f"{asked}年" in text
        assert "2017年" in text
        assert "2014年" in text


@pytest.mark.parametrize(
    ("question", "year"),
    [
        ("17年主动公开了多少条", 2017),
        ("14年主动公开了多少条", 2014),
        ("二〇一七年主动公开了多少条", 2017),
        ("二零一四年主动公开了多少条", 2014),
        ("２０１７年主动公开了多少条", 2017),
        ("2017nian zhudong gongkai duoshao tiao", 2017),
        ("how many items were proactively disclosed in 2014", 2014),
    ],
)
def test_a_year_binds_however_it_is_written(kept: App, question: str, year: int) -> None:
    answered = ask(kept, question)
    assert answered.decision.verdict is not Verdict.NONE
    documents = [match.document for match in answered.decision.matches[: answered.decision.offered]]
    assert {document.year for document in documents} == {year}
    assert documents[0].id == f"reports/{year}"


@pytest.mark.parametrize(
    ("asked_at", "word", "year"),
    [
        (datetime(2018, 1, 1, tzinfo=UTC), "去年", 2017),
        (datetime(2018, 12, 31, tzinfo=UTC), "去年", 2017),
        (datetime(2019, 3, 1, tzinfo=UTC), "前年", 2017),
        (datetime(2017, 3, 1, tzinfo=UTC), "今年", 2017),
        (datetime(2015, 3, 1, tzinfo=UTC), "去年", 2014),
        (datetime(2019, 3, 1, tzinfo=UTC), "去年", None),
        # New Year in the zone that the channel states, and still the old year in Greenwich.
        (datetime(2018, 1, 1, 0, 30, tzinfo=BEIJING), "去年", 2017),
    ],
)
def test_last_year_is_counted_from_when_it_was_asked(
    kept: App, asked_at: datetime, word: str, year: int | None
) -> None:
    answered = ask(kept, f"{word}主动公开了多少条", now=asked_at)
    if year is None:
        assert answered.decision.verdict is Verdict.NONE
    else:
        assert f"{FIGURES[year]}条" in answered.decision.focus


def test_the_newest_is_the_newest_years(kept: App) -> None:
    answered = ask(kept, "最新的主动公开数量")
    assert f"{FIGURES[2017]}条" in answered.decision.focus


def test_without_a_year_the_years_are_choices(kept: App) -> None:
    answered = ask(kept, "主动公开了多少条")
    assert answered.decision.verdict is Verdict.CHOICES
    assert {"reports/2014", "reports/2017"} <= set(offered(answered))
    assert len(answered.reply.choices) == answered.decision.offered <= 5


@pytest.mark.parametrize("question", ["2014年和2017年主动公开了多少条", "2014至2017年主动公开了多少条"])
def test_two_years_are_choices_one_a_year(kept: App, question: str) -> None:
    answered = ask(kept, question)
    assert answered.decision.verdict is Verdict.CHOICES
    assert offered(answered) == ["reports/2017", "reports/2014"]


def test_a_part_and_its_whole_are_never_both_offered(kept: App) -> None:
    for question in ("主动公开", "主动公开情况", "收费", "2017年主动公开情况"):
        decision = ask(kept, question).decision
        chosen = [(match.document.id, f"{match.section.id}.") for match in decision.matches[: decision.offered]]
        pairs = [(one, other) for one in chosen for other in chosen if one is not other]
        assert not any(one[0] == other[0] and one[1].startswith(other[1]) for one, other in pairs), question


@pytest.mark.parametrize("question", ["2017年3月主动公开了多少条", "2017年第一季度主动公开了多少条"])
def test_a_year_figure_is_no_answer_for_a_part_of_the_year(kept: App, question: str) -> None:
    """It may be offered; who asks for March is not to be told the year's figure as if it were March's."""
    assert ask(kept, question).decision.verdict is not Verdict.ANSWER


@pytest.fixture(scope="module")
def fifteen(tmp_path_factory: pytest.TempPathFactory) -> Iterator[App]:
    """Reports of fifteen years in the same words."""
    files = {"agencies.toml": AGENCIES} | {f"reports/{year}.md": report(year) for year in YEARS}
    with publish(tmp_path_factory.mktemp("fifteen"), files) as app:
        yield app


@pytest.mark.parametrize("year", YEARS)
def test_each_of_many_years_has_its_own_figure(fifteen: App, year: int) -> None:
    assert f"{FIGURES[year]}条" in ask(fifteen, f"{year}年主动公开了多少条").decision.focus


def test_of_many_years_the_newest_is_taken(fifteen: App) -> None:
    assert offered(ask(fifteen, "最新的主动公开数量")) == ["reports/2024"]


TWO = {"agencies.toml": AGENCIES + EDUCATION}


@pytest.fixture(scope="module")
def two(tmp_path_factory: pytest.TempPathFactory) -> Iterator[App]:
    """Two agencies: both of 2015, each of one year more, and a fee that only one of them takes."""
    files = {
        "zsj/2015.md": report(2015, items=133), "jyj/2015.md": report(2015, "jyj", 60),
        "zsj/2017.md": report(2017, items=144), "jyj/2016.md": report(2016, "jyj", 66),
        "items/parking.md": FILES["items/parking.md"].replace("aliases", "agency: zsj\naliases"),
    }  # fmt: skip
    with publish(tmp_path_factory.mktemp("two"), TWO | files) as app:
        yield app


@pytest.mark.parametrize(
    ("question", "figure", "agency"),
    [
        ("招商局2015年主动公开了多少条", "133条", "zsj"),
        ("随州市招商局2015年主动公开了多少条", "133条", "zsj"),
        ("教育局2015年主动公开了多少条", "60条", "jyj"),
        ("2015年教育局主动公开了多少条", "60条", "jyj"),
        ("教育局2016年主动公开了多少条", "66条", "jyj"),
    ],
)
def test_the_named_agencys_own_figure_is_the_answer(two: App, question: str, figure: str, agency: str) -> None:
    """And it is the one to ask further."""
    answered = ask(two, question)
    assert answered.decision.verdict is Verdict.ANSWER
    assert figure in answered.decision.focus
    assert answered.agency == agency
    assert answered.reply.contact is not None
    assert answered.reply.contact.name.endswith("教育局" if agency == "jyj" else "招商局")


@pytest.mark.parametrize(
    "question",
    [
        "武汉市招商局2015年主动公开了多少条",
        "武汉教育局主动公开了多少条",
        "财政局2015年主动公开了多少条",
        "荆州市教育局停车怎么收费",
    ],
)
def test_another_citys_bureau_is_not_answered_for(two: App, question: str) -> None:
    answered = ask(two, question)
    assert answered.decision.verdict is Verdict.NONE
    assert answered.decision.missing_agency in question
    assert answered.decision.missing_agency in plain_text(answered.reply)
    assert answered.reply.quote is None


def test_what_only_the_other_agency_has_published_is_not_the_answer(two: App) -> None:
    answered = ask(two, "教育局停车怎么收费")
    assert answered.decision.verdict is Verdict.NONE
    assert answered.agency == "jyj"


def test_an_agency_that_has_published_something_else_is_not_said_to_have_published_nothing(tmp_path: Path) -> None:
    owned = {name: FILES[f"items/{name}.md"].replace("date:", "agency: {}\ndate:") for name in ("parking", "canteen")}
    files = {"parking.md": owned["parking"].format("zsj"), "canteen.md": owned["canteen"].format("jyj")}
    with publish(tmp_path, TWO | files) as app:
        assert offered(ask(app, "教育局食堂几点开门")) == ["canteen"]
        assert "这里没有" not in ask(app, "教育局停车怎么收费").reply.lead


@pytest.mark.parametrize(
    "question",
    [
        "教育局2017年主动公开了多少条",
        "招商局2016年主动公开了多少条",
        "教育局最新的主动公开数量",
        "教育局2016年和2017年主动公开了多少条",
    ],
)
def test_the_other_agencys_year_does_not_stand_in(two: App, question: str) -> None:
    decision = ask(two, question).decision
    asked = "jyj" if "教育局" in question else "zsj"
    assert {match.document.agency for match in decision.matches[: decision.offered]} <= {asked}


def test_two_agencies_same_year_are_choices_where_both_are_named(two: App) -> None:
    answered = ask(two, "教育局和招商局2015年主动公开了多少条")
    assert answered.decision.verdict is Verdict.CHOICES
    assert {"zsj/2015", "jyj/2015"} <= set(offered(answered))


@pytest.mark.parametrize("question", ["2015年主动公开了多少条", "2016年主动公开了多少条"])
def test_without_a_name_the_default_agency_is_meant(two: App, question: str) -> None:
    """As agencies.toml says of `default`; 2016 was published by the other one only."""
    decision = ask(two, question).decision
    assert {match.document.agency for match in decision.matches[: decision.offered]} <= {"zsj"}


def test_what_only_another_agency_has_published_is_offered_beside_much_that_is_alike(tmp_path: Path) -> None:
    """The default agency's own passages, each with a word of the question, must not hide the one that answers it."""
    own = {
        f"zsj/{number}.md": f"---\ntitle: 第{number}号项目票据\nagency: zsj\n---\n\n第{number}号项目公交车位多少，价格另定。\n"
        for number in range(20)
    }
    fare = "---\ntitle: 关于调整城区公交票价的通知\nagency: jyj\n---\n\n城区公交票价由1元调整为2元。\n"
    with publish(tmp_path, TWO | own | {"fare.md": fare}) as app:
        answered = ask(app, "城区公交票价多少")
        assert answered.decision.verdict is Verdict.CHOICES
        assert offered(answered)[0] == "fare"


def test_the_same_words_of_two_agencies_are_two_passages(tmp_path: Path) -> None:
    same = "---\ntitle: 查阅收费标准\ndate: 2018-03-01\nagency: {}\n---\n\n查阅每次收费3元。\n"
    files = {"a.md": same.format("zsj"), "b.md": same.format("jyj")}
    without_default = TWO["agencies.toml"].replace("default = true\n", "")
    with publish(tmp_path, files | {"agencies.toml": without_default}) as app:
        answered = ask(app, "查阅怎么收费")
        assert answered.decision.verdict is Verdict.CHOICES
        assert sorted(offered(answered)) == ["a", "b"]


def test_an_alias_of_two_agencies_is_not_silently_one_of_them(tmp_path: Path) -> None:
    shared = AGENCIES.replace("default = true\n", "") + DISTRICT
    files = {
        "agencies.toml": shared,
        "zsj/2017.md": report(2017, items=133),
        "zdq/2017.md": report(2017, "zdq", 60).replace("（一）主动公开的数量", "（一）数目"),
    }
    with publish(tmp_path, files) as app:
        decision = ask(app, "招商局2017年主动公开了多少条").decision
        assert {match.document.agency for match in decision.matches[: decision.offered]} == {"zsj", "zdq"}


def test_the_figure_of_the_asked_unit_is_quoted_from_the_middle_of_a_long_passage(tmp_path: Path) -> None:
    filler = "工作依照《条例》第三十条有序开展，群众满意度有所提高。" * 15
    text = report(2017).replace("2017年主动公开政府信息", f"{filler}2017年主动公开政府信息")
    with publish(tmp_path, {"agencies.toml": AGENCIES, "reports/2017.md": text}) as app:
        answered = ask(app, "2017年主动公开政府信息多少条")
        assert answered.reply.quote is not None
        assert f"{FIGURES[2017]}条" in answered.reply.quote.text
        assert answered.reply.quote.before
        assert answered.reply.full_text


def test_every_inquiry_is_committed_before_the_reply(app: App) -> None:
    """Another process that opens the database the moment the reply is there finds the record."""
    answered = ask(app, ASK_PARKING, record=True)
    with open_store(app.settings.database_url.reveal()) as other:
        record = other.records.find(answered.reference or "")
    assert record is not None
    assert record.question == ASK_PARKING
    assert record.decision is Verdict.ANSWER
    assert record.kind is RequestKind.INQUIRY
    assert record.asked_at == NOW
    assert record.reply == plain_text(answered.reply)
    assert record.matches[0][:2] == ("items/parking", "1")
    assert record.reference == "ZX-2019-000001"


def test_what_cannot_be_recorded_is_not_answered(app: App, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(**_: object) -> None:
        raise OSError("disk full")

    monkeypatch.setattr(app.store.records, "add", full)
    with pytest.raises(OSError, match="disk full"):
        ask(app, ASK_PARKING, record=True)


def test_unanswered_inquiries_are_recorded_too(app: App) -> None:
    ask(app, UNPUBLISHED, record=True)
    (record,) = app.store.records.latest()
    assert record.decision is Verdict.NONE


def test_an_answer_closes_the_inquiry_with_who_answered_and_of_what_category(app: App) -> None:
    ask(app, ASK_PARKING, record=True)
    ask(app, UNPUBLISHED, record=True)
    ask(app, "谢谢", record=True)
    thanks, open_, answered = app.store.records.latest()
    assert (answered.outcome, answered.agency) == (Resolution.ANSWERED, "zsj")
    assert (open_.outcome, open_.agency, open_.category) == (Resolution.OPEN, "zsj", "")
    assert thanks.outcome is Resolution.ANSWERED


def test_telling_the_contact_that_was_asked_for_closes_the_inquiry(app: App) -> None:
    """What nobody stated stays open, and shows staff what to state."""
    ask(app, "你们电话多少", record=True)
    ask(app, "你们地址在哪", record=True)
    address, phone = app.store.records.latest()
    assert (phone.outcome, phone.decision, phone.agency) == (Resolution.ANSWERED, Verdict.NONE, "zsj")
    assert address.outcome is Resolution.OPEN


def test_personal_data_is_masked_before_it_is_kept_and_the_citizen_is_told(app: App) -> None:
    answered = ask(app, f"{ASK_PARKING} 11010519491231002X 139 1234 5678", record=True)
    (record,) = app.store.records.latest()
    assert record.question == f"{ASK_PARKING} 110*************2X 139********78"
    assert answered.decision.verdict is Verdict.ANSWER
    assert answered.reply.lead == "您写的个人信息（证件号、卡号、电话、住址等）已经隐去，没有保存。"
    put_aside = app.answering.put_aside(Question("回电13912345678", Channel.TELEGRAM, NOW, "7"), "请慢一点")
    kept = app.store.records.find(put_aside.reference or "")
    assert kept
    assert kept.question == "回电139******78"


def test_an_offices_number_and_a_reference_are_no_personal_data(app: App) -> None:
    for text in ("0722-3312345是你们的电话吗", "ZX-2019-000001办得怎样了"):
        assert not ask(app, text, record=True).reply.lead.startswith("您写的个人信息")
        assert app.store.records.latest()[0].question == text


def test_a_redelivered_message_is_answered_again_and_recorded_once(app: App) -> None:
    first, second = (ask(app, ASK_PARKING, record=True, origin="telegram:4711") for _ in range(2))
    assert first.reply == second.reply
    assert first.reference == second.reference is not None
    assert len(app.store.records.latest()) == 1


def test_two_messages_of_the_same_words_are_two_inquiries(app: App) -> None:
    for origin in ("telegram:1", "telegram:2", "", ""):
        ask(app, ASK_PARKING, record=True, origin=origin)
    assert [record.reference[-1] for record in app.store.records.latest()] == ["4", "3", "2", "1"]


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("你好", RequestKind.GREETING),
        ("谢谢", RequestKind.THANKS),
        ("再见", RequestKind.GOODBYE),
        ("你是机器人吗", RequestKind.IDENTITY),
        ("😀", RequestKind.NOTHING),
        ("", RequestKind.NOTHING),
        ("傻逼", RequestKind.ABUSE),
    ],
)
def test_small_talk_is_recorded_with_its_kind(app: App, text: str, kind: RequestKind) -> None:
    answered = ask(app, text, record=True)
    (record,) = app.store.records.latest()
    assert answered.kind is record.kind is kind
    assert record.decision is Verdict.NONE
    assert record.matches == ()
    assert record.reply


GUIDE = """---
title: 投诉举报和更正本人信息
kind: guide
---

## 信访、投诉、举报走什么渠道

信访、投诉、举报请向监察室反映。

## 工作人员违规违纪的投诉举报

违规违纪的投诉举报请打纪委电话。

## 怎么更正本人信息

更正本人信息请带证据到档案室。
"""


@pytest.fixture(scope="module")
def guided(tmp_path_factory: pytest.TempPathFactory) -> Iterator[App]:
    """Two agencies, a fee, opening hours, one year's report, and a guide to what is done elsewhere."""
    files = dict(FILES) | TWO | {"guide.md": GUIDE, "reports/2017.md": report(2017)}
    with publish(tmp_path_factory.mktemp("guided"), files) as app:
        yield app


@pytest.mark.parametrize(
    ("text", "kind", "lead", "quoted"),
    [
        ("我要申请公开停车场收费标准的文件", "application", "不是依申请公开的申请", PARKING_PASSAGE),
        ("我要举报某局长收钱", "petition", "第三十九条", "违规违纪的投诉举报请打纪委电话。"),
        ("我要信访", "petition", "第三十九条", "信访、投诉、举报请向监察室反映。"),
        ("我的名字登记错了，请改过来", "correction", "第四十一条", "更正本人信息请带证据到档案室。"),
    ],
)
def test_what_is_done_elsewhere_is_told_how_with_what_is_published(
    guided: App, text: str, kind: str, lead: str, quoted: str
) -> None:
    """The passage is the one that a question for it would get, and the record keeps the kind."""
    answered = ask(guided, text, record=True)
    record = guided.store.records.latest(limit=1)[0]
    assert answered.kind.value == record.kind.value == kind
    assert answered.decision.verdict is record.decision is Verdict.ANSWER
    assert lead in answered.reply.lead
    assert answered.reply.quote is not None
    assert answered.reply.quote.text == quoted
    assert answered.reply.contact is not None
    assert record.question == text
    assert record.reply == plain_text(answered.reply)


def test_a_wish_for_what_several_passages_are_about_offers_them(kept: App) -> None:
    answered = ask(kept, "我要申请公开主动公开数量的材料")
    assert answered.kind is RequestKind.APPLICATION
    assert answered.decision.verdict is Verdict.CHOICES
    assert len(answered.reply.choices) == answered.decision.offered
    assert "不是依申请公开的申请" in answered.reply.lead


@pytest.mark.parametrize(
    ("text", "kind"),
    [("我要申请公开游泳馆的水温记录", "application"), ("我要投诉", "petition"), ("请更正我的身份证号", "correction")],
)
def test_what_is_done_elsewhere_gets_lead_and_contact_where_nothing_is_published(
    app: App, text: str, kind: str
) -> None:
    answered = ask(app, text)
    assert answered.kind.value == kind
    assert answered.decision.verdict is Verdict.NONE
    assert answered.reply.quote is None
    assert answered.agency == "zsj"
    assert "0722-3312345" in plain_text(answered.reply)


def test_a_wish_for_a_year_that_nobody_published_names_those_that_are(kept: App) -> None:
    answered = ask(kept, "我要申请公开2011年主动公开数量的材料")
    assert answered.decision.missing_years == (2011,)
    assert "2017年" in answered.reply.lead
    assert "不是依申请公开的申请" in answered.reply.lead


def test_the_agency_that_is_addressed_is_the_one_to_turn_to(guided: App) -> None:
    for text in ("我要投诉教育局的工作人员", "我要向教育局申请公开游泳馆的水温记录"):
        answered = ask(guided, text)
        assert answered.agency == "jyj", text
        assert "0722-1111111" in plain_text(answered.reply)


def test_who_is_complained_of_is_not_searched_for(guided: App) -> None:
    """Else a complaint about parking would be told the fee."""
    answered = ask(guided, "我要投诉停车场乱收费")
    assert answered.decision.matches[0].document.id == "guide"


def test_abuse_is_not_searched_and_gets_no_contact(app: App) -> None:
    answered = ask(app, "你们都是傻逼", record=True)
    assert answered.kind is app.store.records.latest(limit=1)[0].kind is RequestKind.ABUSE
    assert answered.decision.matches == ()
    assert answered.reply.contact is None
    assert answered.agency == ""


@pytest.mark.parametrize(
    "question", ["傻逼，停车怎么收费", "停车怎么收费啊你个sb", "fuck you, parking fee", "滚！停车怎么收费"]
)
def test_a_question_with_an_insult_is_answered(kept: App, question: str) -> None:
    answered = ask(kept, question)
    assert answered.kind is RequestKind.INQUIRY
    assert answered.decision.verdict is Verdict.ANSWER
    assert answered.decision.matches[0].document.id == "items/parking"


def test_a_citizen_is_known_by_a_pseudonym_of_one_channel(app: App) -> None:
    for channel, citizen in (
        (Channel.TELEGRAM, "4711"),
        (Channel.TELEGRAM, "4711"),
        (Channel.CONSOLE, "4711"),
        (Channel.TELEGRAM, ""),
    ):
        app.answering.answer(Question(ASK_PARKING, channel, NOW, citizen))
    nobody, console, again, first = (record.citizen_key for record in app.store.records.latest())
    assert first == again != console
    assert nobody == ""
    assert "4711" not in first + console


def test_a_pseudonym_needs_the_secret() -> None:
    asker = Channel.TELEGRAM, "4711"
    assert citizen_key(b"one", *asker) != citizen_key(b"two", *asker)
    assert citizen_key(b"one", *asker) == citizen_key(b"one", *asker)


GARBAGE = [
    "停车" * 5000, "a" * 10_000, "不知所云" * 2500, "xianshi" * 1500, "xi an " * 1500, "2017年" * 2500, "省市县局" * 2500,
    "有没有" * 3000, "主动公开、" * 2000, "fee cost " * 1200, "9" * 10_000, "政，府 " * 2500, "😀" * 1000, "👩‍👧" * 500,
    "\x00\x01\x02\x1b[31m" * 300, "\u202e\u200f\u2066" * 300, "ﷺ" * 1000, "\n" * 10_000, "𠀀" * 3000, "e\u0301" * 3000,
    "'; DROP TABLE records; --", "AND OR NOT * ? ~ : ( [", "%s %d {0} {name}", "<b>停车</b>&amp;",
]  # fmt: skip


@pytest.mark.parametrize("garbage", GARBAGE, ids=range(len(GARBAGE)))
def test_garbage_of_any_length_is_answered_within_bounds(kept: App, garbage: str) -> None:
    """In about the time and the length of any other reply."""
    started = time.perf_counter()
    answered = ask(kept, garbage)
    assert time.perf_counter() - started < 2
    assert 0 < len(plain_text(answered.reply)) < 1500
    assert len(answered.decision.matches) <= 10


def test_a_question_among_marks_that_nobody_sees_is_answered(kept: App) -> None:
    assert ask(kept, "\u202e\u200f停\u200b车怎么\u2066收费\x00").reply.quote is not None


def test_a_long_message_is_recorded_whole(app: App) -> None:
    """What stands behind the first 500 characters is not read, but it was said."""
    ask(app, ASK_PARKING + "。" * 10_000 + "完", record=True)
    (record,) = app.store.records.latest()
    assert len(record.question) == len(ASK_PARKING) + 10_001
    assert record.decision is Verdict.ANSWER


def test_half_an_emoji_does_not_keep_a_question_from_being_answered(kept: App) -> None:
    """A client that cuts a text in the middle of a pair sends one."""
    assert ask(kept, "停车怎么收费\ud83d").reply.quote == ask(kept, "停车怎么收费").reply.quote


@settings(max_examples=60)
@given(texts, texts)
def test_whatever_is_asked_only_published_words_are_quoted(kept: App, before: str, after: str) -> None:
    """The focus stands in its section, the quote too, and no more is offered than was found."""
    for question in (before, before + "停车收费" + after, before + "2017年主动公开多少条" + after):
        answered = ask(kept, question)
        decision = answered.decision
        assert decision.offered <= min(5, len(decision.matches))
        assert all(0.0 <= match.score <= 1.0 for match in decision.matches)
        assert (answered.reply.quote is not None) == (decision.verdict is Verdict.ANSWER)
        if decision.verdict is Verdict.ANSWER:
            text = decision.matches[0].section.text
            assert decision.focus
            assert decision.focus in text
            if answered.reply.quote and answered.reply.language is not Language.HANT:
                assert answered.reply.quote.text in text
        else:
            assert decision.focus == ""


def test_a_picked_section_is_quoted_and_a_withdrawn_one_is_said_to_be(kept: App) -> None:
    shown = kept.answering.show(handle_of("items/parking"), "1", Language.HANS)
    assert shown.quote is not None
    assert shown.quote.text == PARKING_PASSAGE
    for handle, number in ((handle_of("items/parking"), "9"), (handle_of("items/gone"), "1"), ("", "")):
        gone = kept.answering.show(handle, number, Language.HANS)
        assert gone.quote is None
        assert "撤下" in gone.lead
        assert gone.contact is not None


def test_the_full_text_is_the_whole_section(kept: App) -> None:
    reply = kept.answering.full_text(handle_of("items/canteen"), "1", Language.HANT)
    assert reply.quote is not None
    assert reply.quote.text == "食堂每天7點開門，19點關門。"
    assert not reply.quote.before
    assert not reply.quote.after


def test_an_empty_house_answers_that_nothing_is_published(tmp_path: Path) -> None:
    with publish(tmp_path, {"agencies.toml": AGENCIES}) as app:
        for question in (ASK_PARKING, "2017年主动公开多少条", "tingche shoufei", "parking fee"):
            answered = ask(app, question)
            assert answered.decision.verdict is Verdict.NONE
            assert answered.decision.matches == ()
            assert "0722-3312345" in plain_text(answered.reply)


def test_a_house_without_agencies_answers_without_a_contact(tmp_path: Path) -> None:
    files = {name: text for name, text in FILES.items() if name != "agencies.toml"}
    with publish(tmp_path, files) as app:
        answered = ask(app, ASK_PARKING)
        assert answered.decision.verdict is Verdict.ANSWER
        assert answered.reply.contact is None
        assert answered.agency == ""


def test_the_index_is_brought_up_to_date_before_each_answer(app: App) -> None:
    """Small talk and questions alike."""
    calls: list[str] = []

    def keep_current() -> int:
        calls.append("called")
        return app.store.disclosures.generation()

    answering = Answering(app.store, app.index, app.secret, lambda: NOW, keep_current, load_policy())
    for text in (ASK_PARKING, "你好"):
        answering.answer(Question(text, Channel.COMMAND, answering.now()), record=False)
    assert calls == ["called", "called"]


def test_the_language_that_was_chosen_goes_before_that_of_the_words(kept: App) -> None:
    question = Question(ASK_PARKING, Channel.COMMAND, NOW, "li", language=Language.ENGLISH)
    reply = kept.answering.answer(question, record=False).reply
    assert reply.language is Language.ENGLISH
    assert "Contact: " in plain_text(reply)


def test_a_follow_up_is_answered_as_what_it_was_taken_for(app: App) -> None:
    question = Question("那停车呢", Channel.COMMAND, NOW, "li", understood=ASK_PARKING)
    answered = app.answering.answer(question)
    assert answered.reply.lead == f"按“{ASK_PARKING}”理解："
    record = app.store.records.find(answered.reference or "")
    assert record
    assert (record.question, record.understood) == ("那停车呢", ASK_PARKING)


def test_related_passages_are_the_neighbours_and_the_same_of_the_other_year(kept: App) -> None:
    handle = handle_of("reports/2017")
    reply = kept.answering.related(handle, "2.1", Language.HANS)
    places = [(choice.document, choice.section) for choice in reply.choices]
    assert places[-1] == ("reports/2014", "2.1")
    assert {section for document, section in places if document == "reports/2017"} == {"2", "2.2"}
    assert "已经撤下" in kept.answering.related(handle, "99", Language.HANS).lead
    assert "已经撤下" in kept.answering.related(handle_of("nothing"), "1", Language.HANS).lead


def test_a_link_opens_a_document_at_its_beginning(kept: App) -> None:
    opened = kept.answering.open(handle_of("reports/2017"), Language.HANS)
    assert opened.citation
    assert (opened.citation.document, opened.citation.section) == ("reports/2017", "0")
    assert "已经撤下" in kept.answering.open(handle_of("nothing"), Language.HANS).lead


def test_browsing_pages_the_documents_of_a_shelf(kept: App) -> None:
    shelf = kept.answering.browse("item", 99, Language.HANS)
    assert [choice.document for choice in shelf.choices] or shelf.entries
    assert (shelf.page, shelf.pages) == (0, 1)
    assert kept.answering.browse("nothing/at/all", 0, Language.HANS).path == "."
