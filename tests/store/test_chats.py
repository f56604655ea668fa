"""What is remembered of a chat."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from bot.model import Language
from bot.store import Store

NOW = datetime(2026, 3, 2, 9, tzinfo=UTC)


def test_a_new_chat_has_nothing(store: Store) -> None:
    assert store.chats.language(1) is None
    assert store.chats.topic(1, NOW) is None
    assert not store.chats.is_unreachable(1)
    assert not store.chats.is_introduced(1)


def test_a_language_is_chosen_and_let_go(store: Store) -> None:
    store.chats.choose_language(1, Language.ENGLISH)
    assert store.chats.language(1) is Language.ENGLISH
    store.chats.choose_language(1, None)
    assert store.chats.language(1) is None


def test_a_topic_holds_for_its_time(store: Store) -> None:
    store.chats.keep_topic(1, {"document": "reports/2017"}, NOW)
    store.chats.keep_topic(1, {"document": "reports/2018"}, NOW)
    assert store.chats.topic(1, NOW - timedelta(minutes=5)) == {"document": "reports/2018"}
    assert store.chats.topic(1, NOW + timedelta(seconds=1)) is None
    store.chats.forget_topics(NOW + timedelta(seconds=1))
    assert store.chats.topic(1, NOW - timedelta(minutes=5)) is None


def test_marks_come_and_go_and_move_with_a_group(store: Store) -> None:
    store.chats.mark_unreachable(-1, NOW)
    store.chats.mark_introduced(-1, NOW)
    # Telegram tells it in both groups.
    store.chats.move(-1, -1001)
    store.chats.move(-1, -1001)
    assert store.chats.is_introduced(-1001)
    assert not store.chats.is_introduced(-1)
    assert store.chats.is_unreachable(-1001)
    store.chats.mark_unreachable(-1001, None)
    assert not store.chats.is_unreachable(-1001)


def test_forgetting_a_chat_keeps_nothing(store: Store) -> None:
    store.chats.choose_language(1, Language.HANT)
    store.chats.keep_topic(1, {"document": "a"}, NOW)
    store.chats.forget(1)
    assert store.chats.language(1) is None
    assert store.chats.topic(1, NOW - timedelta(minutes=5)) is None
