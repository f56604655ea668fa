"""Words that only make sense after what was said before, and those that are a question of their own."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given, settings

from bot.language.follow_up import LONGEST, FollowUp, Wish, completed, read_follow_up
from bot.language.normalise import fold
from bot.language.periods import periods_in
from bot.model import Agency, AgencyContact
from tests.language.strategies import texts

TODAY = date(2018, 3, 1)
AGENCIES = (
    Agency("zsj", AgencyContact("随州市招商局"), aliases=("招商局",), default=True),
    Agency("jyj", AgencyContact("随州市教育局"), aliases=("教育局",)),
)
ITEMS = "2017年主动公开多少条"


@pytest.mark.parametrize(
    ("last", "words", "question"),
    [
        (ITEMS, "那2016年呢", "2016年主动公开多少条"),
        (ITEMS, "2016", "2016年主动公开多少条"),
        (ITEMS, "2016年多少条？", "2016年主动公开多少条"),
        (ITEMS, "去年的呢", "去年主动公开多少条"),
        (ITEMS, "2016年3月呢", "2016年3月主动公开多少条"),
        (ITEMS, "2015年和2016年呢", "2015年和2016年主动公开多少条"),
        ("2017年主動公開多少條", "那2016年呢", "2016年主动公开多少条"),
        ("请问2017年主动公开多少条信息？谢谢", "那16年呢", "16年主动公开多少条信息"),
        ("主动公开多少条", "那去年呢", "去年主动公开多少条"),
        ("2015年和2016年公开多少", "那2017年呢", "2017年公开多少"),
        ("2017年教育局公开多少条", "那招商局呢", "2017年招商局公开多少条"),
        ("公开多少条", "教育局呢", "教育局公开多少条"),
        ("how many items in 2017", "what about 2016?", "how many items in 2016"),
        ("how many items in 2017", "and last year?", "how many items in last year"),
        ("2017nian gongkai duoshao", "na 2016 nian ne", "2016 nian gongkai duoshao"),
    ],
)
def test_a_year_or_an_agency_takes_the_place_of_the_last_ones(last: str, words: str, question: str) -> None:
    assert completed(last, words, AGENCIES, TODAY) == question


@pytest.mark.parametrize(
    ("last", "words", "question"),
    [
        ("停车怎么收费", "电话多少", "停车收费电话"),
        ("怎么申请公开", "它的地址", "申请公开地址"),
        ("停车收费电话", "地址呢", "停车收费地址"),
        ("教育局怎么申请公开", "联系电话是多少？", "教育局申请公开联系电话"),
        ("停车怎么收费", "座机多少", "停车收费座机"),
        ("怎么申请公开", "工作时间呢", "申请公开工作时间"),
        ("停车怎么收费", "负责人是谁", "停车收费负责人"),
        ("parking fees", "phone number?", "parking fees phone number"),
        ("parking fees", "and the working hours?", "parking fees working hours"),
    ],
)
def test_what_belongs_to_something_is_asked_of_what_was_asked_about(last: str, words: str, question: str) -> None:
    assert completed(last, words, AGENCIES, TODAY) == question


@pytest.mark.parametrize("words", ["电话多少", "你们单位的电话", "你们的电话是多少", "贵局电话", "这个单位的电话"])
def test_a_figure_has_no_telephone_so_the_agencys_is_meant(words: str) -> None:
    assert completed(ITEMS, words, AGENCIES, TODAY) == "随州市招商局电话"


@pytest.mark.parametrize(
    ("last", "words", "question"),
    [
        (ITEMS, "那收费呢", "2017年收费"),
        (ITEMS, "收费情况呢？", None),
        ("教育局2017年公开多少条", "那收费呢", "教育局2017年收费"),
        ("食堂几点开门", "那停车呢", None),
        (ITEMS, "那怎么申请呢", None),
    ],
)
def test_another_matter_is_asked_of_the_same_year_and_agency(last: str, words: str, question: str | None) -> None:
    """Where nothing bound the last question, or the words ask by themselves, they are a question of their own."""
    assert completed(last, words, AGENCIES, TODAY) == question


@pytest.mark.parametrize(
    "words",
    [
        "信息公开收费吗",
        "2016年收费情况",
        "2016年多少钱",
        "谢谢",
        "你好",
        "我要申请公开2016年的招商合同",
        "",
        "？",
        "那呢",
        "呢",
    ],
)
def test_a_question_of_its_own_is_not_completed(words: str) -> None:
    assert completed(ITEMS, words, AGENCIES, TODAY) is None


def test_nothing_is_completed_where_nothing_was_asked() -> None:
    assert completed("", "那2016年呢", AGENCIES, TODAY) is None


@pytest.mark.parametrize("words", ["2", " 2 ", "２", "第2条", "第二个", "2。"])
def test_a_number_picks_a_choice(words: str) -> None:
    assert read_follow_up(words, ITEMS, 3, AGENCIES, TODAY) == FollowUp(Wish.PICK, number=2)


@pytest.mark.parametrize(("words", "number"), [("4", 4), ("0", 0), ("第九条", 9)])
def test_a_number_beyond_the_choices_picks_what_is_not_there(words: str, number: int) -> None:
    assert read_follow_up(words, ITEMS, 3, AGENCIES, TODAY) == FollowUp(Wish.MISSING, number=number)
    assert read_follow_up(words, ITEMS, 0, AGENCIES, TODAY) is None


def test_a_year_is_no_number_of_a_choice() -> None:
    found = read_follow_up("2017", ITEMS, 3, AGENCIES, TODAY)
    assert found is None or found.wish is Wish.ANSWER


@pytest.mark.parametrize("words", ["全文", "看全文", "原文", "/full", "Full text", "quanwen"])
def test_the_whole_of_what_was_quoted_is_asked_for(words: str) -> None:
    assert read_follow_up(words, ITEMS, 0, AGENCIES, TODAY, quoted=True) == FollowUp(Wish.WHOLE)
    assert read_follow_up(words, ITEMS, 3, AGENCIES, TODAY) == FollowUp(Wish.MISSING)
    assert read_follow_up(words, "", 0, AGENCIES, TODAY) == FollowUp(Wish.MISSING)


@pytest.mark.parametrize("words", ["还有呢", "还有吗？", "還有別的嗎", "其他的呢", "更多", "more", "anything else?"])
def test_more_is_asked_for(words: str) -> None:
    assert read_follow_up(words, ITEMS, 0, AGENCIES, TODAY, quoted=True) == FollowUp(Wish.MORE)
    assert read_follow_up(words, ITEMS, 2, AGENCIES, TODAY) == FollowUp(Wish.MORE)
    assert read_follow_up(words, ITEMS, 0, AGENCIES, TODAY) == FollowUp(Wish.MISSING)


def test_who_writes_at_length_says_what_is_meant() -> None:
    assert read_follow_up("2" + " " * LONGEST, ITEMS, 3, AGENCIES, TODAY) is None


@settings(deadline=None, max_examples=200)
@given(texts, texts)
def test_any_words_after_any_question_are_read_and_what_is_completed_says_something(last: str, words: str) -> None:
    found = read_follow_up(words, last, 3, AGENCIES, TODAY, quoted=True)
    if found and found.wish is Wish.ANSWER:
        assert found.question.strip()
        named = {period.text for period in periods_in(fold(words), TODAY)}
        assert all(name in found.question for name in named)
