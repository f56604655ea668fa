"""What people say is led to what documents say: by word, by sound, in English."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.language.normalise import fold
from bot.language.pinyin import syllable
from bot.language.tokens import runs
from bot.matching.glossary import Glossary, Hit
from bot.model import Term
from tests.language.strategies import texts

GLOSSARY = Glossary(
    (
        Term("收费", ("要钱", "费用", "Fee", "processing fees")),
        Term("依申请公开", ("申请公开", "disclosure on request")),
        Term("公开", ("disclosure",)),
        Term("行政复议", ("復議",)),
    )
)


def sounds(text: str) -> list[str]:
    return [syllable(character) for character in text]


def found(hits: list[Hit]) -> list[tuple[int, int, str]]:
    """Each hit's place with the first thing that is meant."""
    return [(hit.start, hit.end, hit.meanings[0] if hit.meanings else "") for hit in hits]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("要钱", [(0, 2, "收费")]),
        ("为何要钱呢", [(2, 4, "收费")]),
        ("申请公开要钱", [(0, 4, "依申请公开"), (4, 6, "收费")]),
        ("复议", [(0, 2, "行政复议")]),
        ("钱", []),
        ("没有的", []),
        ("", []),
    ],
)
def test_said_words_lead_to_the_glossarys_term(text: str, expected: list[tuple[int, int, str]]) -> None:
    assert found(GLOSSARY.in_characters(text)) == expected


def test_the_longest_word_at_a_place_is_taken() -> None:
    (hit,) = GLOSSARY.in_characters("依申请公开")
    assert (hit.start, hit.end) == (0, 5)


def test_a_term_means_its_synonyms_and_not_itself() -> None:
    (hit,) = GLOSSARY.in_characters("收费")
    assert hit.meanings == ("要钱", "费用")


def test_meanings_are_chinese_only() -> None:
    """Documents are; an English word would be looked for in vain."""
    for hits in (GLOSSARY.in_characters("收费"), GLOSSARY.in_english(["fee"]), GLOSSARY.in_syllables(["shou", "fei"])):
        assert all(meaning.isalpha() and not meaning.isascii() for hit in hits for meaning in hit.meanings)


@pytest.mark.parametrize(
    ("text", "term"), [("收废", "收费"), ("药钱", "收费"), ("行政附议", "行政复议"), ("依神情公开", "依申请公开")]
)
def test_a_wrong_character_of_the_right_sound_leads_to_the_term(text: str, term: str) -> None:
    (hit,) = GLOSSARY.in_syllables(sounds(text))
    assert (hit.start, hit.end) == (0, len(text))
    assert term in hit.meanings


def test_by_sound_the_word_itself_is_among_the_meanings() -> None:
    """Who spells it has not written it yet."""
    (hit,) = GLOSSARY.in_syllables(["yao", "qian"])
    assert hit.meanings[:2] == ("收费", "要钱")


@pytest.mark.parametrize("text", ["依申公开", "依申请开公", "依申请会公开", "依申报公开", "行政议复"])
def test_a_long_word_with_one_syllable_amiss_leads_to_the_term(text: str) -> None:
    (hit,) = GLOSSARY.nearly_in_syllables(sounds(text), range(len(text)))
    assert {"依申请公开", "行政复议"} & set(hit.meanings)


@pytest.mark.parametrize("text", ["依公开", "依次请客公开", "复行议政", "收税", "公告"])
def test_a_word_with_more_amiss_leads_nowhere(text: str) -> None:
    assert GLOSSARY.nearly_in_syllables(sounds(text), range(len(text))) == []


@pytest.mark.parametrize("text", ["fee", "fees", "FEE", "processing fee", "processing fees"])
def test_english_words_lead_to_the_term_in_either_number(text: str) -> None:
    words = runs(fold(text))
    (hit,) = GLOSSARY.in_english(words)
    assert (hit.start, hit.end, hit.meanings[0]) == (0, len(words), "收费")


def test_the_longest_english_phrase_is_taken() -> None:
    assert found(GLOSSARY.in_english(["disclosure", "on", "request"])) == [(0, 3, "依申请公开")]


@pytest.mark.parametrize(("words", "term"), [(["xzfy"], "行政复议"), (["xzfy", "fees"], "收费"), (["xzfj"], "")])
def test_first_letters_lead_to_the_term_where_no_english_word_does(words: list[str], term: str) -> None:
    assert [hit.meanings[0] for hit in GLOSSARY.in_english(words)] == ([term] if term else [])


@pytest.mark.parametrize("words", [["coffee"], ["feed"], ["f"], [], ["on", "request"]])
def test_other_english_words_lead_nowhere(words: list[str]) -> None:
    assert GLOSSARY.in_english(words) == []


def test_a_word_of_two_terms_means_both() -> None:
    glossary = Glossary((Term("收费", ("fee",)), Term("信息处理费", ("fee",))))
    (hit,) = glossary.in_english(["fee"])
    assert hit.meanings == ("收费", "信息处理费")


def test_an_empty_glossary_knows_nothing() -> None:
    empty = Glossary(())
    assert empty.in_characters("收费") == empty.in_english(["fee"]) == empty.in_syllables(["shou", "fei"]) == []
    assert empty.nearly_in_syllables(["yi", "shen", "qing", "gong", "kai"], range(4)) == []


def test_synonyms_without_a_letter_are_no_words() -> None:
    assert Glossary((Term("收费", ("", " ", "！")),)).in_characters("！ ") == []


@given(st.lists(st.tuples(texts, st.lists(texts, max_size=3)), max_size=3), texts)
def test_hits_lie_in_the_text_apart_and_in_order(terms: list[tuple[str, list[str]]], text: str) -> None:
    glossary = Glossary([Term(term, tuple(said)) for term, said in terms])
    folded = fold(text)
    for parts, hits in (
        (folded, glossary.in_characters(folded)),
        (sounds(folded), glossary.in_syllables(sounds(folded))),
        (sounds(folded), glossary.nearly_in_syllables(sounds(folded), range(len(folded)))),
        (runs(folded), glossary.in_english(runs(folded))),
    ):
        reached = 0
        for hit in hits:
            assert reached <= hit.start < hit.end <= len(parts)
            reached = hit.end
