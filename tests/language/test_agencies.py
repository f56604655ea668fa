"""Whose agency a question names: ours, another one's, or none."""

from __future__ import annotations

import pytest
from hypothesis import given

from bot.language.agencies import agencies_named
from bot.language.normalise import fold
from bot.language.places import CITIES, EVERYDAY, PROVINCES
from bot.model import Agency, AgencyContact
from tests.language.strategies import texts

COMMERCE = Agency("zsj", AgencyContact("随州市招商局"), ("招商局", "市招商局"), default=True)
EDUCATION = Agency("jyj", AgencyContact("随州市教育局"), ("教育局",))
DISTRICT = Agency("zdq", AgencyContact("曾都区招商局"), ("招商局",))
CITY = (COMMERCE, EDUCATION)


def named(text: str, agencies: tuple[Agency, ...] = CITY) -> list[tuple[str, list[str]]]:
    """Each name with the keys of those it may mean."""
    mentions = agencies_named(fold(text), agencies)
    return [(mention.name, [agency.key for agency in mention.agencies]) for mention in mentions]


@pytest.mark.parametrize(
    "text",
    [
        "随州市招商局", "招商局有多少人", "市招商局的电话", "随州招商局", "湖北省随州市招商局", "请问随州市招商局",
        "关于随州市招商局的报告", "我市招商局", "我们市招商局", "本市招商局", "随州市的招商局", "隨州市招商局",
        "你好,招商局在哪里",
    ],
)  # fmt: skip
def test_our_agency_is_known_by_its_names(text: str) -> None:
    assert [keys for _, keys in named(text)] == [["zsj"]]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("武汉市招商局的年报", "武汉市招商局"), ("武汉招商局", "武汉招商局"), ("荆门教育局", "荆门教育局"),
        ("广水市招商局", "广水市招商局"), ("随县招商局", "随县招商局"), ("曾都区招商局", "曾都区招商局"),
        ("朝阳市教育局", "朝阳市教育局"), ("在云岭县教育局", "云岭县教育局"),
    ],
)  # fmt: skip
def test_another_places_bureau_of_the_same_name_is_unknown(text: str, name: str) -> None:
    assert named(text) == [(name, [])]


@pytest.mark.parametrize(
    "text",
    [
        "财政局电话", "随州市财政局", "公安局在哪里", "市场监管局", "人社局", "市住建局", "云岭县财政局", "省教育厅",
        "发改委", "政务服务中心", "交通运输局", "随州市中级人民法院", "随州市人民检察院", "国家税务总局随州市税务局",
    ],
)  # fmt: skip
def test_another_bureau_is_unknown(text: str) -> None:
    assert [keys for _, keys in named(text)] == [[]]


@pytest.mark.parametrize(
    "text",
    [
        "我市", "全市", "贵局", "我局", "你们局", "本局", "布局", "产业布局", "结局", "局长", "邮局", "全市招商引资",
        "我县", "各县市区", "两县", "行政审批办理流程", "行政审批办法", "信访办法", "政务服务办事指南", "教育办学",
        "建设委托", "规划局部调整", "建设中心城区", "财政局面", "主动公开", "2017年", "安康的生活", "保定期限", "随州",
        "随州市", "",
    ],
)  # fmt: skip
def test_pointing_and_everyday_words_are_no_agencies(text: str) -> None:
    assert [name for name, _ in named(text) if "局" in name or "办" in name or "委" in name or "中心" in name] == []
    assert [keys for _, keys in named(text) if keys] == []


@pytest.mark.parametrize("text", ["我市", "全市", "贵局", "布局", "随州", "随州市", "安康的生活", "全县"])
def test_where_we_are_is_no_mention(text: str) -> None:
    assert named(text) == []


@pytest.mark.parametrize("text", ["武汉", "湖北省", "北京", "荆门市"])
def test_another_place_is_a_mention_of_none_of_ours(text: str) -> None:
    assert named(text + "的招商政策") == [(text, [])]


def test_several_agencies_are_named_in_order() -> None:
    assert named("教育局和招商局还有财政局") == [("教育局", ["jyj"]), ("招商局", ["zsj"]), ("财政局", [])]


@pytest.mark.parametrize(
    ("text", "keys"),
    [
        ("招商局", ["zsj", "zdq"]),
        ("曾都区招商局", ["zdq"]),
        ("曾都招商局", ["zdq"]),
        ("随州市招商局", ["zsj"]),
        ("随州招商局", ["zsj"]),
        ("武汉市招商局", []),
    ],
)
def test_a_place_tells_agencies_of_one_alias_apart(text: str, keys: list[str]) -> None:
    assert [found for _, found in named(text, (COMMERCE, DISTRICT))] == [keys]


def test_without_agencies_every_bureau_is_unknown() -> None:
    assert named("招商局和教育局", ()) == [("招商局", []), ("教育局", [])]


def test_an_alias_of_no_letters_names_nobody() -> None:
    assert named("你好", (Agency("x", AgencyContact("某局"), ("", " ")),)) == []


@given(texts)
def test_mentions_lie_in_the_text_apart_and_in_order(text: str) -> None:
    folded = fold(text) + "武汉市招商局和教育局"
    place = 0
    for mention in agencies_named(folded, (COMMERCE, DISTRICT, EDUCATION)):
        assert place <= mention.start < mention.end
        assert folded[mention.start : mention.end] == mention.name
        place = mention.end


def test_places_are_short_names() -> None:
    assert EVERYDAY <= CITIES
    assert all(len(place) >= 2 and not place.endswith("市") for place in PROVINCES | CITIES)
