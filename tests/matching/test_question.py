"""A citizen's words are read for what they ask: topic, years, agency, figure."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given

from bot.language.tokens import bigrams
from bot.matching.glossary import Glossary
from bot.matching.question import Analysis, analyse
from bot.matching.usage import Usage
from bot.model import RequestKind, Term
from tests.language.strategies import texts
from tests.matching.published import AGENCIES, GLOSSARY, PUBLISHED, Published, ask, document, section

NOTHING = Glossary(())


def concepts(analysis: Analysis) -> list[str]:
    return [concept.text for concept in analysis.concepts]


def meant(analysis: Analysis) -> set[str]:
    """Everything that the glossary says for the question's words, and the words."""
    return {meaning for concept in analysis.concepts for meaning in (concept.text, *concept.meanings)}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("行政复议", ["行政复议"]),
        ("你好,请问行政复议怎么办呢?谢谢!", ["行政复议"]),
        ("我想了解一下收费", ["收费"]),
        ("麻烦问一下,主动公开了多少条", ["主动公开"]),
        ("2017年主动公开了多少条", ["主动公开"]),
        ("去年招商局主动公开了几条", ["主动公开"]),
        ("最新的收费", ["收费"]),
        ("請問行政複議怎麼辦", ["行政复议"]),
        ("收費", ["收费"]),
        ("ＦＥＥ", ["fee"]),
        ("多少条", []),
        ("2017年呢", []),
    ],
)
def test_only_what_is_asked_about_is_left(text: str, expected: list[str]) -> None:
    """Chatter, asking words, years and our own name are no part of the topic."""
    assert concepts(ask(text)) == expected


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("你好", RequestKind.GREETING),
        ("谢谢", RequestKind.THANKS),
        ("😀", RequestKind.NOTHING),
        ("", RequestKind.NOTHING),
    ],
)
def test_small_talk_asks_for_nothing(text: str, kind: RequestKind) -> None:
    analysis = ask(text)
    assert analysis.kind is kind
    assert analysis.concepts == ()


@pytest.mark.parametrize(
    ("text", "years"),
    [
        ("2017年收费", (2017,)),
        ("2017收费", (2017,)),
        ("二〇一七年收费", (2017,)),
        ("二零一七年度收费", (2017,)),
        ("17年收费", (2017,)),
        ("２０１７年收费", (2017,)),
        ("去年收费", (2018,)),
        ("前年收费", (2017,)),
        ("今年收费", (2019,)),
        ("last year fee", (2018,)),
        ("2017nian shoufei", (2017,)),
        ("2015年和2017年收费", (2015, 2017)),
        ("2015至2017年收费", (2015, 2016, 2017)),
        ("2017年、2017年收费", (2017,)),
        ("2017年3月收费", (2017,)),
        ("收费", ()),
        ("第2017号收费", ()),
        ("2017条收费", ()),
    ],
)
def test_the_years_that_bind_an_answer_are_read(text: str, years: tuple[int, ...]) -> None:
    """去年 is told from the day of the question, 1 March 2019."""
    assert ask(text).years == years


@pytest.mark.parametrize(
    ("today", "year"), [(date(2018, 1, 1), 2017), (date(2018, 12, 31), 2017), (date(2025, 6, 1), 2024)]
)
def test_last_year_depends_on_the_day_of_the_question(today: date, year: int) -> None:
    assert analyse("去年收费", GLOSSARY, AGENCIES, today, Usage(PUBLISHED, GLOSSARY.pairs)).years == (year,)


@pytest.mark.parametrize(
    ("text", "latest"),
    [("最新的收费", True), ("latest fee", True), ("近期收费", True), ("收费", False), ("2017年收费", False)],
)
def test_the_newest_is_asked_for_in_so_many_words(text: str, latest: bool) -> None:
    assert ask(text).latest is latest


@pytest.mark.parametrize(
    ("text", "keys", "unknown"),
    [
        ("招商局收费", ["zsj"], ""),
        ("随州市招商局收费", ["zsj"], ""),
        ("教育局收费", ["jyj"], ""),
        ("教育局和招商局收费", ["jyj", "zsj"], ""),
        ("招商局,随州市招商局收费", ["zsj"], ""),
        ("武汉市招商局收费", [], "武汉市招商局"),
        ("武汉招商局收费", [], "武汉招商局"),
        ("财政局收费", [], "财政局"),
        ("收费", [], ""),
    ],
)
def test_the_agency_that_is_named_is_read(text: str, keys: list[str], unknown: str) -> None:
    analysis = ask(text)
    assert [agency.key for agency in analysis.agencies] == keys
    assert analysis.unknown_agency == unknown


def test_another_agencys_name_stays_in_the_topic() -> None:
    """A passage may be about it: 财政局 as the one that collects."""
    assert any("财政" in text for text in concepts(ask("财政局收费")))


def test_without_a_list_of_agencies_a_published_name_is_ours() -> None:
    """Nobody said who we are, but the documents do."""
    assert ask("随州市招商局收费", agencies=()).unknown_agency == ""
    assert ask("武汉市教育局收费", agencies=()).unknown_agency == "武汉市教育局"


@pytest.mark.parametrize(
    ("text", "unit"),
    [
        ("主动公开多少条", "条"),
        ("接待多少人次", "人次"),
        ("zhudong gongkai duoshao tiao", "条"),
        ("主动公开数量", ""),
        ("how many disclosures", ""),
        ("主动公开形式", None),
    ],
)
def test_the_figure_that_is_asked_for_is_read(text: str, unit: str | None) -> None:
    assert ask(text).unit == unit


@pytest.mark.parametrize(("text", "wants"), [("什么时候答复", True), ("when", True), ("怎么答复", False)])
def test_a_question_for_a_time_is_read(text: str, wants: bool) -> None:
    assert ask(text).wants_time is wants


def test_a_question_for_a_documents_date_looks_for_the_sign_off() -> None:
    assert "发布日期" in meant(ask("报告什么时候发布的"))
    assert "发布日期" not in meant(ask("行政复议什么时候答复"))


@pytest.mark.parametrize(
    "text",
    ["zhudong gongkai", "zhudonggongkai", "zhu dong gong kai", "ZHUDONG GONGKAI", "zhu dong gongkai duoshao tiao"],
)
def test_pinyin_is_cut_as_the_published_text_reads(text: str) -> None:
    """With spaces or without, it is the same topic, and the glossary knows it."""
    analysis = ask(text)
    assert analysis.spelled
    assert concepts(analysis) == ["zhu dong gong kai"]
    assert "主动公开" in meant(analysis)


@pytest.mark.parametrize("text", ["zdgk", "zdgk shoufei", "shoufei zdgk", "ZDGK 收费"])
def test_first_letters_of_a_term_stand_for_it(text: str) -> None:
    """By themselves, and beside pinyin or Chinese."""
    assert "主动公开" in meant(ask(text))


def test_pinyin_of_unpublished_words_is_a_topic_too() -> None:
    assert concepts(ask("youyongguan shuiwen"))


@pytest.mark.parametrize("text", ["fee", "how much are the fees", "what charges", "administrative review of charges"])
def test_english_is_led_to_chinese_by_the_glossary(text: str) -> None:
    analysis = ask(text)
    assert not analysis.spelled
    assert "收费" in meant(analysis)


@pytest.mark.parametrize("text", ["2017年fee", "fee怎么算", "行政复议 fee", "shoufei 行政复议", "主动公开 fees 2017"])
def test_mixed_scripts_are_read_together(text: str) -> None:
    assert meant(ask(text)) & {"收费", "shou fei"}


@pytest.mark.parametrize("text", ["行政附议", "形政复议", "行政议复", "行正复义"])
def test_mistyped_words_lead_to_the_glossarys_term(text: str) -> None:
    """Wrong characters of the right sound, and one swapped pair."""
    assert "行政复议" in meant(ask(text))


def test_a_dropped_character_leads_to_the_glossarys_term() -> None:
    assert "来电来信来访" in meant(ask("来电来信访情况"))


def test_a_swapped_pair_is_turned_back_where_only_that_is_published() -> None:
    """机构况概 is no published word, 机构概况 is."""
    assert concepts(ask("机构况概", glossary=NOTHING)) == ["机构概况"]
    assert concepts(ask("游泳水馆", glossary=NOTHING)) == ["游泳水馆"]


@pytest.mark.parametrize("text", ["行 政复议", "行政，复议", "行.政.复.议", "行政\n复议", "行\u200b政复议"])
def test_a_stray_mark_inside_a_published_word_is_left_out(text: str) -> None:
    assert concepts(ask(text)) == ["行政复议"]


def test_published_words_are_not_traded_for_the_glossarys() -> None:
    """The documents say 开门 as the citizen does; 办公时间 stands in none."""
    house = Published((document("a", section("1", "", "食堂每天7点开门。")),))
    glossary = Glossary((Term("办公时间", ("几点开门",)),))
    assert any("开门" in text for text in concepts(ask("食堂几点开门", house, glossary)))


def test_who_asks_and_why_is_said_aside() -> None:
    analysis = ask("我是大学生,主动公开了多少条")
    assert [concept.text for concept in analysis.concepts if not concept.aside] == ["主动公开"]
    assert not any(concept.aside for concept in ask("大学生,行政复议").concepts)


@given(texts)
def test_any_text_is_read(text: str) -> None:
    """Whatever somebody sends has a kind, and concepts whose tokens and sounds lie side by side."""
    analysis = ask(text)
    assert analysis.kind in RequestKind
    assert analysis.years == tuple(sorted(set(analysis.years)))
    for concept in analysis.concepts:
        assert concept.text
        assert concept.tokens or concept.sounds
        if concept.tokens and concept.sounds:
            assert len(concept.tokens) == len(concept.sounds) == len(concept.text) - 1
            assert list(concept.tokens) == bigrams([concept.text])
        assert len(concept.syllables) <= len(concept.text)


@pytest.mark.parametrize(
    ("question", "keywords"), [("能查什么", ()), ("怎么要改", ()), ("游泳馆的水温", ("游泳馆", "水温"))]
)
def test_what_is_left_of_an_asking_word_names_nothing(question: str, keywords: tuple[str, ...]) -> None:
    assert ask(question).keywords == keywords


@given(texts)
def test_any_text_is_read_where_nothing_is_known(text: str) -> None:
    """No glossary, no agency, nothing published: the first minute of a new house."""
    analyse(text, NOTHING, (), date(2019, 3, 1), Usage(Published(), NOTHING.pairs))


@given(texts, texts)
def test_any_text_is_read_whatever_is_published(text: str, published: str) -> None:
    house = Published((document("a", section("1", "", published), title=published),))
    ask(text + published, house)
