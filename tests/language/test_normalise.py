"""Texts that look alike become the same, and nothing else does."""

from __future__ import annotations

import pytest
from hypothesis import example, given

from bot.language.normalise import fold, remove_stray_pinyin, simplify, strip_invisible, traditionalise
from tests.language.strategies import texts


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("政府信息公开", "政府信息公开"),
        ("２０１７年", "2017年"),
        ("ＰＤＦ文件", "pdf文件"),
        ("PDF", "pdf"),
        ("主動公開", "主动公开"),
        ("臺灣", "台湾"),
        ("衞生", "卫生"),
        ("看著", "看着"),
        ("裏面和裡面", "里面和里面"),
        ("公\u200b开\ufeff", "公开"),
        ("公\u00ad开", "公开"),
        ("\u202e公开\u202c", "公开"),
        ("㈠概述", "(一)概述"),
        ("100㎡", "100m2"),
        ("①", "1"),
        ("（一）", "(一)"),
        ("  公开 \t\n 目录\u3000", "公开 目录"),
        ("公开\u00a0目录", "公开 目录"),
        ("ﬁle", "file"),
        ("Straße", "strasse"),
        ("e\u0301", "é"),
        ("", ""),
        (" \u200b ", ""),
        ("😀公开", "😀公开"),
    ],
)
def test_fold_makes_what_looks_alike_the_same(text: str, folded: str) -> None:
    assert fold(text) == folded


@given(texts)
@example("薴")
@example("苧")
@example("乾隆後著")
def test_folding_twice_changes_nothing_more(text: str) -> None:
    assert fold(fold(text)) == fold(text)


@given(texts)
def test_traditional_text_folds_as_its_simplified_form(text: str) -> None:
    assert fold(simplify(text)) == fold(text)


@given(texts)
def test_folded_text_has_no_loose_or_invisible_characters(text: str) -> None:
    folded = fold(text)
    assert folded == " ".join(folded.split())
    assert strip_invisible(folded) == folded


@pytest.mark.parametrize("text", ["著作权", "显著成效", "著名企业", "信息公开", "", "2017年a"])
def test_simplified_text_stays_as_published(text: str) -> None:
    assert simplify(text) == text


@given(texts)
def test_simplifying_twice_changes_nothing_more(text: str) -> None:
    assert simplify(simplify(text)) == simplify(text)


@pytest.mark.parametrize(
    ("simplified", "traditional"),
    [
        ("信息公开", "信息公開"),
        ("头发", "頭髮"),
        ("干部", "幹部"),
        ("皇后", "皇后"),
        ("以后", "以後"),
    ],
)
def test_traditional_characters_are_chosen_by_phrase(simplified: str, traditional: str) -> None:
    assert traditionalise(simplified) == traditional


@pytest.mark.parametrize(
    ("text", "cleaned"),
    [
        ("繼續(xù)推進", "繼續推進"),
        ("继续（xù）推进", "继续推进"),
        ("继续(xu)推进", "继续推进"),
        ("行(háng)业的行(xíng)政", "行业的行政"),
        ("重(chóng)庆", "重庆"),
        ("长（Zhǎng）", "长"),
        ("绿(lǜ)色", "绿色"),
        ("绿(lv)色", "绿色"),
        ("绿(lü)色", "绿色"),
        ("行(háng)(xíng)业", "行业"),
        ("公司(abc)", "公司(abc)"),
        ("系统(OA)", "系统(OA)"),
        ("继续(gong)", "继续(gong)"),
        ("继续(xū)", "继续(xū)"),
        ("网站(www)", "网站(www)"),
        ("(xu)继续", "(xu)继续"),
        ("续 (xù)", "续 (xù)"),
        ("a(a)", "a(a)"),
        ("一(1)", "一(1)"),
        ("", ""),
    ],
)
def test_a_bracket_goes_only_where_it_reads_the_character_before_it(text: str, cleaned: str) -> None:
    assert remove_stray_pinyin(text) == cleaned


@given(texts)
def test_removing_readings_twice_removes_nothing_more(text: str) -> None:
    assert remove_stray_pinyin(remove_stray_pinyin(text)) == remove_stray_pinyin(text)


def test_a_thousand_brackets_are_no_matter() -> None:
    assert remove_stray_pinyin("续" + "(xù)" * 2000) == "续"
