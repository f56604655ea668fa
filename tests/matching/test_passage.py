"""The sentence of a passage that answers stands as published, and holds the figure that is asked for."""

from __future__ import annotations

import pytest
from hypothesis import given

from bot.matching.passage import find_focus
from tests.language.strategies import texts
from tests.matching.published import ask, probe_of

PASSAGE = (
    "全市高度重视主动公开工作。\n主动公开政府信息133条；接待客商来电来信来访510余人次。"
    "答复期限为20个工作日!  依照《条例》第三十条,收费5元。"
)


def focus(question: str, text: str = PASSAGE) -> str:
    analysis = ask(question)
    return find_focus(analysis, probe_of(analysis), text)


@pytest.mark.parametrize(
    ("question", "sentence"),
    [
        ("主动公开了多少条", "主动公开政府信息133条；"),
        ("接待客商多少人次", "接待客商来电来信来访510余人次。"),
        ("来电来信来访多少人次", "接待客商来电来信来访510余人次。"),
        ("收费几元", "依照《条例》第三十条,收费5元。"),
        ("要钱吗", "依照《条例》第三十条,收费5元。"),
        ("fee", "依照《条例》第三十条,收费5元。"),
        ("shoufei", "依照《条例》第三十条,收费5元。"),
        ("答复期限多久", "答复期限为20个工作日!"),
    ],
)
def test_the_sentence_that_holds_what_is_asked_is_found(question: str, sentence: str) -> None:
    assert focus(question) == sentence


def test_the_figure_of_the_asked_unit_stands_before_more_words() -> None:
    """An article's number is no figure, and a promise is none."""
    text = "主动公开政府信息的工作依照第三十条开展。主动公开133条。"
    assert focus("主动公开政府信息多少条", text) == "主动公开133条。"


def test_the_first_of_equal_sentences_is_taken() -> None:
    assert focus("收费", "收费甲。收费乙。") == "收费甲。"


def test_of_equal_sentences_the_one_that_begins_with_what_is_asked_for_is_taken() -> None:
    """Each row of a table has a column 总计, and one row is the 总计."""
    text = "办理结果予以公开,自然人:1,总计:2\n办理结果总计,自然人:3,总计:4"
    assert focus("办理结果总计多少件", text) == "办理结果总计,自然人:3,总计:4"


@pytest.mark.parametrize("question", ["2017年主动公开多少条", "17年主动公开多少条", "前年主动公开多少条"])
def test_the_figure_of_the_asked_year_is_taken(question: str) -> None:
    """A report compares with the year before; that year's figure is not the answer."""
    text = "2016年主动公开政府信息98条。2017年主动公开政府信息133条。"
    assert focus(question, text) == "2017年主动公开政府信息133条。"


@pytest.mark.parametrize("text", ["", " \n "])
def test_an_empty_passage_has_no_sentence(text: str) -> None:
    assert focus("主动公开多少条", text) == ""


def test_a_passage_of_one_sentence_is_it() -> None:
    assert focus("游泳馆的水温", "没有句号") == "没有句号"


@given(texts, texts)
def test_the_sentence_stands_in_the_passage_as_published(question: str, passage: str) -> None:
    found = focus(question, passage)
    assert found in passage
    assert found == found.strip()
    assert bool(found) == bool(passage.strip())
