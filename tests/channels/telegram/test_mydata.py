"""/mydata over real HTTP with the real house behind it: one's own, all of it, and nobody else's."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from bot.channels.telegram.words import words
from bot.model import Channel, Language, Resolution
from bot.own_data import outcomes, phrases
from tests.botapi import BOT_NAME, BotApi
from tests.channels.telegram.house import House, house
from tests.store.test_records import add

CITIZEN, OTHER, GROUP = 70012345, 70099999, -1009876
SAID = phrases(Language.HANS)
ASKED, OTHERS = "停车怎么收费", "游泳馆的水温记录"


@pytest.fixture
def at(api: BotApi, tmp_path: Path) -> Iterator[House]:
    with house(api, tmp_path) as running:
        yield running


def key_of(at: House, citizen: int) -> str:
    return at.app.answering.citizen_key(Channel.TELEGRAM, str(citizen))


def test_it_shows_what_is_kept_of_who_asks_and_nothing_of_another(at: House) -> None:
    at.says(OTHER, OTHERS)
    assert at.says(CITIZEN, "/mydata").text.startswith(SAID.no_records)
    at.says(CITIZEN, ASKED)
    (theirs,) = [record for record in at.records() if record.question == OTHERS]
    (own,) = [record for record in at.records() if record.question == ASKED]
    shown = at.says(CITIZEN, "/mydata").text
    until = (own.asked_at.astimezone() + timedelta(days=365)).date()
    assert own.reference in shown
    assert ASKED in shown
    assert outcomes(Language.HANS)[Resolution.ANSWERED] in shown
    assert any(str(until + timedelta(days=day)) in shown for day in (0, 1))
    assert SAID.erasing in shown
    assert theirs.reference not in shown
    assert OTHERS not in shown


def test_of_many_records_the_newest_twenty_are_shown_and_all_are_counted(at: House) -> None:
    key = key_of(at, CITIZEN)
    written = [add(at.store, citizen_key=key, question=f"第{number}问\n" + "长" * 500) for number in range(25)]
    shown = at.says(CITIZEN, "/mydata").text
    assert "25" in shown.splitlines()[0]
    assert [record.reference for record in reversed(written) if record.reference in shown] == [
        record.reference for record in reversed(written[5:])
    ]
    assert len(at.api.sent(CITIZEN)) == 1


def test_applications_drafts_and_the_language_are_among_it_until_they_are_erased(at: House) -> None:
    at.store.application_drafts.put(key_of(at, CITIZEN), {"sought": "x"}, datetime.now(UTC))
    at.store.chats.choose_language(CITIZEN, Language.ENGLISH)
    english = phrases(Language.ENGLISH)
    shown = at.says(CITIZEN, "/mydata").text
    assert english.draft in shown
    assert words(Language.ENGLISH).my_language.format(language="English") in shown
    at.turns(at.says(CITIZEN, "/forget"), english.erase)
    left = at.says(CITIZEN, "/mydata").text
    assert left == f"{SAID.no_records}\n{SAID.erasing}"


def test_in_a_group_it_says_nothing_of_anybody(at: House) -> None:
    at.settle(at.api.user_sends(GROUP, f"/mydata@{BOT_NAME}", user_id=CITIZEN))
    assert [message.text for message in at.api.wait_for_sent(GROUP)] == [words(Language.HANS).only_in_private]
