"""Inline mode over real HTTP with the real house: published passages with their source, and no trace of who looked."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import func, select

from bot.channels.telegram import inline, limits
from bot.channels.telegram.words import words
from bot.model import Language
from bot.store.tables import inbox
from tests.botapi import BotApi
from tests.channels.telegram.fakes import FakeAnswering, channel
from tests.channels.telegram.house import House, house

CITIZEN = 70012345


@pytest.fixture
def at(api: BotApi, tmp_path: Path) -> Iterator[House]:
    with house(api, tmp_path) as running:
        yield running


def searched(at: House, text: str, offset: str = "", **more: Any) -> dict[str, Any]:
    """What somebody is offered for some words."""
    query = at.api.user_searches(CITIZEN, text, offset, **more)
    at.api.wait_for(lambda: query in at.api.state.inline_answers)
    return at.api.state.inline_answers[query]


def titles(answer: dict[str, Any]) -> list[str]:
    return [result["title"] for result in answer["results"]]


def test_passage_is_offered_with_year_excerpt_source_and_its_words_as_published(at: House) -> None:
    answer = searched(at, "2017年主动公开多少条")
    first = answer["results"][0]
    assert first["title"].startswith("随州市招商局2017年政府信息公开年度报告")
    assert "133条" in first["description"]
    assert len(first["description"]) <= 100
    assert first["url"] == "http://zsj.example.org/2017"
    assert "133条" in first["text"]
    assert "出处：随州市招商局2017年政府信息公开年度报告" in first["text"]
    assert "http://zsj.example.org/2017" in first["text"]
    assert "reply_markup" not in first
    assert (answer["is_personal"], answer["cache_time"]) == ("false", str(inline.CACHE_SECONDS))
    assert "button" not in answer


def test_year_that_was_asked_for_binds(at: House) -> None:
    assert all("2017年" in title for title in titles(searched(at, "2017年收费和减免情况")))
    assert searched(at, "1999年主动公开多少条")["results"] == []


def test_without_words_the_newest_are_offered_page_by_page(at: House, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(inline, "PAGE", 3)
    first = searched(at, " ")
    assert titles(first)[0].startswith("2019年停车场收费标准")
    assert first["next_offset"] == "3"
    second = searched(at, "", first["next_offset"])
    assert len(titles(first) + titles(second)) == len(set(titles(first) + titles(second))) == 4
    assert second["next_offset"] == ""


def test_offset_that_is_not_ours_does_no_harm(at: House) -> None:
    for offset in ("x", "-1", "１", "9" * 64, "1.5"):
        assert searched(at, "", offset)["next_offset"] == "", offset


def test_what_nothing_published_answers_leads_to_the_bot(at: House) -> None:
    for text in ("游泳馆的水温", "你好", "<b>&", "？", "😀" * 128, "\u202e\u200b", "收" * 256):
        answer = searched(at, text)
        assert bool(answer["results"]) != ("button" in answer), text
        if not answer["results"]:
            assert answer["button"]["start_parameter"] == "ask"
            assert answer["button"]["text"] in {words(language).ask_the_bot for language in Language}
    assert at.says(CITIZEN, "/start ask").text.startswith("您好")


def test_what_is_offered_is_in_the_words_own_language_whoever_asks(at: House) -> None:
    """Telegram shows others the same cards."""
    assert "出处：" in searched(at, "2017年主动公开多少条", language="en")["results"][0]["text"]
    assert "出處：" in searched(at, "2017年主動公開多少條", language="zh-hans")["results"][0]["text"]
    assert searched(at, "swimming pool water", language="zh-hans")["button"]["text"] == "Ask the bot"


def test_nothing_is_kept_of_what_was_looked_up(at: House) -> None:
    searched(at, "2017年主动公开多少条")
    searched(at, "游泳馆的水温")
    assert at.records() == ()
    with at.store._database.read() as connection:
        assert connection.execute(select(func.count()).select_from(inbox)).scalar_one() == 0
    assert words(Language.HANS).keeps_no_search in at.says(CITIZEN, "/privacy").text


def test_withdrawn_passage_is_offered_no_more(at: House) -> None:
    assert searched(at, "停车每小时几元")["results"]
    (at.app.settings.knowledge / "items/parking.md").unlink()
    at.app.sync()
    assert not any("停车" in title for title in titles(searched(at, "停车每小时几元")))
    assert not any("停车" in title for title in titles(searched(at, "")))


def test_who_searches_without_end_or_is_blocked_gets_no_answer(
    api: BotApi, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(limits, "MOST_SEARCHES", 2)
    with house(api, tmp_path) as at:
        searched(at, "收费")
        at.says(CITIZEN, "你好")
        (record,) = at.records()
        at.store.blocks.add(record.citizen_key, record.reference, datetime.now(UTC))
        blocked = api.user_searches(CITIZEN, "收费")
        # One person's updates are dealt with in order: what comes behind tells that this one was.
        at.says(CITIZEN, "你好")
        at.store.blocks.lift(record.citizen_key)
        beyond = api.user_searches(CITIZEN, "收费")
        at.says(CITIZEN, "你好")
        assert not {blocked, beyond} & set(api.state.inline_answers)
        other = api.user_searches(CITIZEN + 1, "收费")
        api.wait_for(lambda: other in api.state.inline_answers)


def test_failure_is_nobody_elses_trouble(api: BotApi) -> None:
    with channel(api, FakeAnswering(broken=frozenset({"坏"}))) as running:
        failed = api.user_searches(CITIZEN, "坏")
        answered = api.user_searches(CITIZEN, "好")
        api.wait_for(lambda: answered in api.state.inline_answers)
        assert failed not in api.state.inline_answers
        assert running.inbox.states == {}
