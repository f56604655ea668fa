"""What is to be sent is sent once, in order, and not lost."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from sqlalchemy import select

from bot.model import Letter, Priority
from bot.store import Store, open_store
from bot.store.tables import outbox

NOW = datetime(2026, 3, 2, 9, tzinfo=UTC)


def letter(chat: int, text: str, priority: Priority = Priority.CITIZEN) -> Letter:
    return Letter(chat, "sendMessage", {"text": text}, f"ZX-2026-{chat:06}", priority)


def texts(store: Store, now: datetime = NOW, limit: int = 10) -> list[str]:
    return [queued.letter.parameters["text"] for queued in store.outbox.due(now, limit)]


def test_what_an_origin_put_in_is_not_put_in_again(store: Store) -> None:
    assert store.outbox.put([letter(1, "甲"), letter(1, "乙")], "telegram:7", NOW) == 2
    assert store.outbox.put([letter(1, "甲"), letter(1, "乙"), letter(1, "丙")], "telegram:7", NOW) == 1
    assert store.outbox.backlog().waiting == 3


def test_each_chats_first_is_due_citizens_before_staff(store: Store) -> None:
    store.outbox.put([letter(-5, "职员", Priority.STAFF), letter(1, "甲"), letter(1, "乙"), letter(2, "丙")], "a", NOW)
    assert texts(store) == ["甲", "丙", "职员"]
    first = store.outbox.due(NOW, 1)[0]
    store.outbox.sent(first.id, 70, NOW)
    assert texts(store) == ["乙", "丙", "职员"]
    assert store.outbox.due(NOW, 5, busy={1, 2})[0].letter.chat == -5


def test_what_is_held_back_holds_back_what_stands_behind_it(store: Store) -> None:
    store.outbox.put([letter(1, "甲"), letter(1, "乙"), letter(2, "丙")], "a", NOW)
    store.outbox.postpone(store.outbox.due(NOW, 1)[0].id, NOW + timedelta(seconds=9))
    assert texts(store) == ["丙"]
    assert store.outbox.next_due() == NOW
    assert [
        (one.letter.parameters["text"], one.attempts) for one in store.outbox.due(NOW + timedelta(minutes=1), 1)
    ] == [("甲", 1)]


def test_sent_letters_lose_their_words_and_keep_their_number(store: Store) -> None:
    store.outbox.put([letter(1, "甲")], "a", NOW)
    (queued,) = store.outbox.due(NOW, 5)
    store.outbox.sent(queued.id, 70, NOW)
    assert texts(store) == []
    assert store.outbox.reference_of(1, 70) == "ZX-2026-000001"
    assert store.outbox.reference_of(1, 71) == ""
    assert store.outbox.backlog().waiting == 0
    with store._database.read() as connection:
        assert connection.scalar(select(outbox.c.parameters)) == {}


def test_a_chat_that_cannot_be_reached_gets_nothing_more(store: Store) -> None:
    store.outbox.put([letter(1, "甲"), letter(1, "乙"), letter(2, "丙")], "a", NOW)
    assert [lost.letter.parameters["text"] for lost in store.outbox.give_up(1, "Forbidden", NOW)] == ["甲", "乙"]
    assert texts(store) == ["丙"]
    backlog = store.outbox.backlog()
    assert (backlog.waiting, backlog.oldest, backlog.failed) == (1, NOW, 2)


def test_a_group_that_became_another_is_written_to_there(store: Store) -> None:
    store.outbox.put([letter(-1, "甲")], "a", NOW)
    store.outbox.move(-1, -1001)
    assert store.outbox.due(NOW, 1)[0].letter.chat == -1001


def test_only_what_is_settled_is_forgotten(store: Store) -> None:
    store.outbox.put([letter(1, "甲"), letter(2, "乙")], "a", NOW)
    store.outbox.sent(store.outbox.due(NOW, 1)[0].id, 70, NOW)
    assert store.outbox.forget(NOW + timedelta(days=1)) == 1
    assert texts(store) == ["乙"]


def test_together_all_is_written_or_nothing(store: Store) -> None:
    store.inbox.put(7, "{}", NOW)
    try:
        with store.together():
            store.outbox.put([letter(1, "甲")], "telegram:7", NOW)
            store.inbox.finish(7)
            assert texts(store) == ["甲"]
            raise KeyError
    except KeyError:
        pass
    assert texts(store) == []
    assert [update_id for update_id, _ in store.inbox.pending()] == [7]
    with store.together():
        store.outbox.put([letter(1, "甲")], "telegram:7", NOW)
        store.inbox.finish(7)
    assert texts(store) == ["甲"]
    assert store.inbox.pending() == ()


def test_one_process_at_a_time_holds_a_task(database_url: str) -> None:
    with open_store(database_url) as store, open_store(database_url) as other:
        held = store.take_hold("sending")
        assert held
        assert held.stands()
        assert other.take_hold("sending") is None
        another = other.take_hold("receiving")
        assert another
        another.release()
        held.release()
        taken = other.take_hold("sending")
        assert taken
        assert taken.stands()
        taken.release()


def test_what_was_sent_to_an_erased_chat_is_blank_and_not_put_in_again(store: Store) -> None:
    store.outbox.put([letter(1, "甲"), letter(1, "乙"), letter(2, "丙")], "telegram:7", NOW)
    sent, other = store.outbox.due(NOW, 2)
    store.outbox.sent(sent.id, 70, NOW)
    store.outbox.sent(other.id, 71, NOW)
    store.outbox.erase(1)
    assert store.outbox.reference_of(1, 70) == ""
    assert store.outbox.reference_of(2, 71) == "ZX-2026-000002"
    # What waits is sent all the same.
    assert texts(store) == ["乙"]
    assert store.outbox.put([letter(1, "甲")], "telegram:7", NOW) == 0
