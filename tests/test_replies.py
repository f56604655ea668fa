"""Replies: the agency's words first, then where they stand, then whom to ask, in the language of the question."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot import replies
from bot.language.sentences import sentences
from bot.model import (
    Agency,
    AgencyContact,
    Decision,
    Document,
    Kind,
    Language,
    Match,
    Section,
    Verdict,
)

CONTACT = AgencyContact("随州市招商局", site="随州招商网", hotline="12345")
WHOLE_CONTACT = AgencyContact(
    "随州市招商局",
    department="办公室",
    address="沿河大道1号",
    hours="周一至周五8:30-17:00",
    phone="0722-3312345",
    fax="0722-3312346",
    email="zsj@example.org",
    site="随州招商网",
    portal="随州市人民政府门户网站",
    hotline="12345",
)
AGENCY = Agency("zsj", CONTACT, default=True)
SECTION = Section("2.1", ("二、主动公开情况", "（一）数量"), "2017年，主动公开信息133条。")
REPORT = Document(
    "reports/2017",
    "2017年政府信息公开年度报告",
    Kind.REPORT,
    "zsj",
    (SECTION,),
    year=2017,
    published_on=date(2018, 2, 5),
)
ANSWER = Decision(Verdict.ANSWER, (Match(REPORT, SECTION, 0.9),), offered=1, focus="2017年，主动公开信息133条。")


def reply_text(decision: Decision, language: Language = Language.HANS, *asked_for: str) -> str:
    """What a citizen would see of a decision."""
    return replies.plain_text(replies.compose_reply(decision, language, CONTACT, asked_for))


def item(number: int, title: str = "招商项目", year: int | None = None) -> Match:
    """A match of a document of its own."""
    section = Section("1", (), f"第{number}个项目的内容。\n其余内容。")
    return Match(Document(f"items/{number}", title, Kind.ITEM, "zsj", (section,), year=year), section, 0.5)


@pytest.mark.parametrize(
    ("language", "text"),
    [
        (
            Language.HANS,
            "2017年，主动公开信息133条。\n\n"
            "出处：2017年政府信息公开年度报告 › 二、主动公开情况 › （一）数量，2018-02-05发布\n"
            "联系：随州市招商局，随州招商网，热线12345",
        ),
        (
            Language.HANT,
            "2017年，主動公開信息133條。\n\n"
            "出處：2017年政府信息公開年度報告 › 二、主動公開情況 › （一）數量，2018-02-05發布\n"
            "聯絡：隨州市招商局，隨州招商網，熱線12345",
        ),
        (
            Language.ENGLISH,
            "2017年，主动公开信息133条。\n\n"
            "Source: 2017年政府信息公开年度报告 › 二、主动公开情况 › （一）数量, published 2018-02-05\n"
            "Contact: 随州市招商局, 随州招商网, hotline 12345",
        ),
    ],
)
def test_an_answer_reads_as_designed_in_every_language(language: Language, text: str) -> None:
    """The passage, its source, the contact; in an English reply the passage stays as published."""
    assert reply_text(ANSWER, language) == text


def test_a_whole_short_passage_has_no_full_text_to_show() -> None:
    reply = replies.compose_reply(ANSWER, Language.HANS, CONTACT, ())
    assert not reply.full_text
    assert reply.citation is not None
    assert (reply.citation.document, reply.citation.section) == ("reports/2017", "2.1")


def test_a_long_passage_is_cut_and_offers_its_full_text() -> None:
    section = replace(SECTION, text="前情。" * 200 + "主动公开信息133条。" + "后话。" * 200)
    decision = replace(ANSWER, matches=(Match(REPORT, section, 0.9),), focus="主动公开信息133条。")
    reply = replies.compose_reply(decision, Language.HANS, CONTACT, ())
    assert reply.full_text
    assert reply.quote is not None
    assert reply.quote.focus in reply.quote.text
    shown = replies.plain_text(reply).split("\n\n")[0]
    assert shown == f"…{reply.quote.text}…"
    assert len(shown) <= replies.QUOTE_CHARACTERS + 2


def test_the_full_text_is_quoted_whole() -> None:
    section = replace(SECTION, text="前情。" * 500)
    reply = replies.quote_section(Match(REPORT, section, 1.0), Language.HANS, CONTACT, whole=True)
    assert reply.quote is not None
    assert reply.quote.text == section.text
    assert not reply.full_text


SENTENCES = st.tuples(
    st.text("公开信息1a，（", min_size=1, max_size=30),
    st.sampled_from(["。", "！", "；", "？”", "\n", "。\n\n", ";", ""]),
)
PASSAGES = st.lists(SENTENCES.map("".join), min_size=1, max_size=12).map(lambda parts: "".join(parts).strip())


@given(st.data(), PASSAGES, st.integers(5, 80))
def test_a_cut_quote_is_whole_sentences_around_the_focus(data: st.DataObject, text: str, most: int) -> None:
    """Contiguous, never cut within a sentence, within the limit unless one sentence is longer; the dots are true."""
    focus = data.draw(st.sampled_from([part.strip() for part in sentences(text) if part.strip()]))
    quote = replies.cut_quote(text, focus, most)
    parts = sentences(text)
    places = [(first, last) for first in range(len(parts)) for last in range(first + 1, len(parts) + 1)]
    fitting = [
        (first > 0, last < len(parts)) for first, last in places if "".join(parts[first:last]).strip() == quote.text
    ]
    assert (quote.before, quote.after) in fitting
    assert focus in quote.text
    assert len(quote.text) <= most or quote.text in [part.strip() for part in parts]


def test_without_a_focus_the_quote_begins_at_the_beginning() -> None:
    quote = replies.cut_quote("甲句。乙句。丙句。", "", most=6)
    assert (quote.text, quote.before, quote.after) == ("甲句。乙句。", False, True)


def test_what_follows_the_focus_is_taken_before_what_precedes_it() -> None:
    """It explains more."""
    quote = replies.cut_quote("甲句。乙句。丙句。丁句。", "乙句。", most=6)
    assert (quote.text, quote.before, quote.after) == ("乙句。丙句。", True, True)


def test_a_sentence_longer_than_the_limit_stays_whole() -> None:
    quote = replies.cut_quote(f"甲句。{'长' * 50}。丙句。", "长" * 50, most=20)
    assert quote.text == f"{'长' * 50}。"


def test_the_citation_names_a_web_address_on_a_line_of_its_own() -> None:
    document = replace(REPORT, source="https://zsj.example.org/2017.html")
    assert reply_text(replace(ANSWER, matches=(Match(document, SECTION, 0.9),))).split("\n")[2:4] == [
        "出处：2017年政府信息公开年度报告 › 二、主动公开情况 › （一）数量，2018-02-05发布",
        "https://zsj.example.org/2017.html",
    ]


def test_the_citation_leaves_out_what_nobody_stated() -> None:
    """No date, no headings, and a source that is no address."""
    section = Section("1", (), "内容。")
    document = replace(REPORT, published_on=None, source="随州市人民政府门户网站", sections=(section,))
    text = reply_text(replace(ANSWER, matches=(Match(document, section, 0.9),), focus=""))
    assert text.split("\n\n")[1].split("\n")[0] == "出处：2017年政府信息公开年度报告"


@pytest.mark.parametrize(
    ("language", "line"),
    [
        (
            Language.HANS,
            "联系：随州市招商局，办公室，地址：沿河大道1号，周一至周五8:30-17:00，电话0722-3312345，传真0722-3312346，"
            "zsj@example.org，随州招商网，随州市人民政府门户网站，热线12345",
        ),
        (
            Language.HANT,
            "聯絡：隨州市招商局，辦公室，地址：沿河大道1號，週一至週五8:30-17:00，電話0722-3312345，傳真0722-3312346，"
            "zsj@example.org，隨州招商網，隨州市人民政府門戶網站，熱線12345",
        ),
        (
            Language.ENGLISH,
            "Contact: 随州市招商局, 办公室, address: 沿河大道1号, 周一至周五8:30-17:00, phone 0722-3312345, "
            "fax 0722-3312346, zsj@example.org, 随州招商网, 随州市人民政府门户网站, hotline 12345",
        ),
    ],
)
def test_the_contact_line_has_all_that_is_known(language: Language, line: str) -> None:
    assert replies.contact_line(WHOLE_CONTACT, language) == line


@pytest.mark.parametrize("language", Language)
def test_the_contact_line_leaves_out_what_is_unknown(language: Language) -> None:
    """No empty label, no doubled comma."""
    line = replies.contact_line(AgencyContact("随州市招商局", phone="0722-3312345"), language)
    assert line.count("，") + line.count(", ") == 1
    assert line.endswith("0722-3312345")


def test_braces_in_what_staff_wrote_are_only_text() -> None:
    contact = AgencyContact("局{name}", department="{0}", site="{site}")
    assert replies.contact_line(contact, Language.HANS) == "联系：局{name}，{0}，{site}"


def test_choices_are_numbered_and_name_their_year() -> None:
    decision = Decision(Verdict.CHOICES, (item(1, year=2016), item(2, "2017年招商项目", 2017), item(3)), offered=2)
    assert reply_text(decision) == (
        "不能确定您要找的是哪一条，请选一条：\n\n"
        "1. 2016年招商项目 › 第1个项目的内容。\n"
        "2. 2017年招商项目 › 第2个项目的内容。\n\n"
        "联系：随州市招商局，随州招商网，热线12345"
    )


def test_a_single_choice_is_not_called_several() -> None:
    decision = Decision(Verdict.CHOICES, (item(1),), offered=1)
    assert reply_text(decision).startswith("您要找的可能是这一条：\n\n1. 招商项目")
    assert reply_text(decision, Language.ENGLISH).startswith("This may be what you are looking for:\n\n1. ")


def test_a_long_choice_is_cut_to_what_a_button_holds() -> None:
    decision = Decision(Verdict.CHOICES, (item(1, "招" * 100),), offered=1)
    (choice,) = replies.compose_reply(decision, Language.HANS, CONTACT, ()).choices
    assert choice.label == "招" * (replies.CHOICE_CHARACTERS - 1) + "…"


def test_choices_of_several_years_say_which_year_is_missing() -> None:
    decision = Decision(Verdict.CHOICES, (item(1, year=2016), item(2, year=2017)), offered=2, missing_years=(2030,))
    assert reply_text(decision).startswith("这里没有2030年的公开信息。\n不能确定您要找的是哪一条")


@pytest.mark.parametrize(
    ("language", "text"),
    [
        (Language.HANS, "这里没有2015年、2016年的公开信息，不能用别的年份代替。已公开的年份：2018年、2017年。"),
        (Language.HANT, "這裡沒有2015年、2016年的公開資訊，不能用別的年份代替。已公開的年份：2018年、2017年。"),
        (
            Language.ENGLISH,
            "Nothing has been published here for 2015, 2016, and another year cannot stand in for it. "
            "Years published: 2018, 2017.",
        ),
    ],
)
def test_a_missing_year_is_named_beside_the_published_ones(language: Language, text: str) -> None:
    decision = Decision(Verdict.NONE, missing_years=(2015, 2016), published_years=(2018, 2017))
    assert reply_text(decision, language).split("\n\n")[0] == text


def test_at_most_ten_published_years_are_named() -> None:
    decision = Decision(Verdict.NONE, missing_years=(1990,), published_years=tuple(range(2020, 2000, -1)))
    named = reply_text(decision).split("已公开的年份：")[1]
    assert "2011年" in named
    assert "2010年" not in named


def test_without_any_published_year_none_is_promised() -> None:
    decision = Decision(Verdict.NONE, missing_years=(2015,))
    assert reply_text(decision).startswith("这里没有2015年的公开信息。\n\n联系：")


def test_another_agency_is_not_answered_for() -> None:
    decision = Decision(Verdict.NONE, missing_agency="随州市教育局")
    assert reply_text(decision).startswith("这里没有“随州市教育局”公开的信息，不能用别的机关的内容代替。")
    assert reply_text(decision, Language.HANT).startswith("這裡沒有「隨州市教育局」公開的資訊")


def test_none_says_what_was_understood_and_what_is_nearest() -> None:
    """Without repeating a title, and without what is far off."""
    far = replace(item(9, "无关的通知"), score=0.05)
    decision = Decision(Verdict.NONE, (item(1), item(2), item(3, "招商政策"), far))
    assert reply_text(decision, Language.HANS, "游泳馆", "水温") == (
        "已公开的信息里没有找到“游泳馆、水温”的答案。\n"
        "内容相近的公开信息：招商项目；招商政策。\n\n"
        "联系：随州市招商局，随州招商网，热线12345"
    )
    assert reply_text(decision, Language.ENGLISH, "pool", "temperature").startswith(
        "Nothing published here answers your question about “pool, temperature”.\n"
        "The closest published information: 招商项目; 招商政策.\n\n"
    )


def test_an_unreadable_question_is_said_to_be_one() -> None:
    assert reply_text(Decision(Verdict.NONE)).startswith("没有看懂您的问题，请换一种说法。")


def test_braces_in_a_question_are_only_text() -> None:
    """A citizen may type {0} or {keywords}."""
    assert "“{0}、{keywords}”" in reply_text(Decision(Verdict.NONE), Language.HANS, "{0}", "{keywords}")


@given(st.text(alphabet="公开。；\n 1", max_size=3000))
def test_pages_end_between_sentences_and_lose_nothing(text: str) -> None:
    cut = replies.pages(text, 100)
    assert "".join("".join(cut).split()) == "".join(text.split())
    whole = {sentence.strip() for sentence in sentences(text)}
    assert all(
        page.strip() in whole or len(page) <= 100 or len(page) == replies.LONGEST_PAGE
        for page in cut
        if len(page) > 100
    )


def test_a_sentence_that_no_message_could_hold_is_cut_all_the_same() -> None:
    assert [len(page) for page in replies.pages("公" * 4000)] == [1500, 1500, 1000]


def test_a_reply_says_first_what_a_follow_up_was_taken_for() -> None:
    reply = replies.understood_as("2016年公开多少条", replies.compose_reply(ANSWER, Language.HANT, CONTACT, ()))
    assert replies.plain_text(reply).startswith("按「2016年公開多少條」理解：\n\n2017年")


def test_what_was_understood_of_a_page_of_words_is_told_in_a_line() -> None:
    decision = Decision(Verdict.NONE)
    (told,) = replies.compose_reply(decision, Language.HANS, None, ["x" * 400, *map(str, range(100))]).lead.splitlines()
    assert told == f"已公开的信息里没有找到“{'x' * 19}…、0、1、2、3、4…”的答案。"
