"""Questions for the office itself, told from questions about what is published."""

from __future__ import annotations

import time

import pytest
from hypothesis import given

from bot.language.contacts import Detail, details_asked
from bot.language.normalise import fold
from tests.language.strategies import texts


@pytest.mark.parametrize(
    ("asked", "details"),
    [
        ("电话", {Detail.PHONE}),
        ("你们电话是多少", {Detail.PHONE}),
        ("有没有联系电话", {Detail.PHONE}),
        ("你們的電話號碼是多少？", {Detail.PHONE}),
        ("给我一个电话", {Detail.PHONE}),
        ("热线是多少", {Detail.PHONE}),
        ("what is your phone number", {Detail.PHONE}),
        ("dianhua duoshao", {Detail.PHONE}),
        ("你们的地址在哪", {Detail.ADDRESS}),
        ("你们在哪里", {Detail.ADDRESS}),
        ("你们局在哪儿办公呢", {Detail.ADDRESS}),
        ("怎么去你们单位", {Detail.ADDRESS}),
        ("where is your office?", {Detail.ADDRESS}),
        ("nimen zai nali", {Detail.ADDRESS}),
        ("你们几点上班", {Detail.HOURS}),
        ("贵局的办公时间", {Detail.HOURS}),
        ("你们周末上班吗", {Detail.HOURS}),
        ("几点下班", {Detail.HOURS}),
        ("opening hours", {Detail.HOURS}),
        ("传真号", {Detail.FAX}),
        ("邮箱是什么", {Detail.EMAIL}),
        ("你们官网是什么", {Detail.SITE}),
        ("怎么联系你们", {Detail.ANY}),
        ("联系方式", {Detail.ANY}),
        ("how can I contact you", {Detail.ANY}),
        ("lianxi fangshi", {Detail.ANY}),
        ("电话和地址", {Detail.PHONE, Detail.ADDRESS}),
        ("你们的地址、电话、邮箱是什么", {Detail.PHONE, Detail.ADDRESS, Detail.EMAIL}),
    ],
)
def test_what_is_asked_of_an_office_is_told(asked: str, details: set[Detail]) -> None:
    assert details_asked(fold(asked)) == details


@pytest.mark.parametrize(
    "asked",
    [
        "",
        "举报电话是多少",
        "投诉电话",
        "监督电话",
        "食堂几点开门",
        "公园几点关门",
        "今晚的球赛几点开始",
        "公交车几点末班",
        "来电来信多少次",
        "2017年接到电话多少个",
        "电话咨询有多少人次",
        "网站访问量",
        "网站公开了多少条",
        "通过网站公开",
        "怎么联系代办员",
        "申请书交到什么地址",
        "工作时间安排的通知",
        "联系企业多少家",
        "在哪里",
        "怎么走",
        "公开查阅点在哪里",
        "地址变更登记怎么办",
        "有多少",
        "dianhua zixun duoshao",
    ],
)
def test_a_question_about_what_is_published_is_none(asked: str) -> None:
    """A telephone of something, a figure of calls, an opening time of something else."""
    assert not details_asked(fold(asked))


@given(texts)
def test_any_text_is_read(text: str) -> None:
    details_asked(fold(text))


def test_no_text_takes_long() -> None:
    """Patterns that can be cut up in many ways must not try them all."""
    started = time.process_time()
    for piece in ("有没有", "电话和", "你们的", "电话、地址,", "what is the ", "在哪里"):
        details_asked(piece * 200)
    assert time.process_time() - started < 1.0
