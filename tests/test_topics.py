"""What a conversation is about, kept and read back."""

from __future__ import annotations

import json
from datetime import UTC, datetime

from bot.model import Channel, Choice, Citation, Language, Question, Reply, Topic, handle_of

QUESTION = Question("那2016年呢", Channel.TELEGRAM, datetime(2026, 3, 1, tzinfo=UTC), understood="2016年公开多少条")
OFFER = Reply(Language.HANT, choices=(Choice("a", "1", "甲"), Choice("b", "2.1", "乙")))
QUOTE = Reply(Language.HANS, citation=Citation("c", "3", "丙", ()))


def test_a_topic_is_read_as_it_was_kept() -> None:
    for reply in (OFFER, QUOTE, Reply(Language.ENGLISH, "none")):
        topic = Topic.of(QUESTION, reply)
        assert Topic.read(json.loads(json.dumps(topic.stored()))) == topic
    assert Topic.of(QUESTION, OFFER).question == "2016年公开多少条"


def test_what_was_shown_stands_until_something_else_is_or_another_question_comes() -> None:
    offered = Topic.of(QUESTION, OFFER)
    assert offered.choices == ((handle_of("a"), "1"), (handle_of("b"), "2.1"))
    assert offered.nearest == offered.choices[0]
    quoted = offered.after(QUOTE)
    assert quoted.nearest == (handle_of("c"), "3")
    assert quoted.choices == offered.choices
    assert Topic.of(QUESTION, QUOTE).choices == ()


def test_a_reply_that_shows_nothing_leaves_nothing_to_see_the_whole_of() -> None:
    nothing = Topic.of(QUESTION, Reply(Language.HANS, "none"))
    assert (nothing.passage, nothing.choices) == (None, ())
