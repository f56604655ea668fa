"""Applications as citizens send them in: on disk at every step, registered once, with a receipt."""

from __future__ import annotations

import threading
from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from bot.app import App
from bot.applying.dialogue import Ending, Move
from bot.applying.draft import Stage
from bot.intake import Heard
from bot.model import Arrival, Channel, Language, Step
from bot.settings import Secret
from tests.houses import ASK_PARKING, FILES, PARKING_PASSAGE, UNPUBLISHED, settings_in, write_house

INPUTS = (UNPUBLISHED, Move.SKIP, Move.SKIP, "1", "张三", "1", "zhang@example.org")
ME = "me"


@pytest.fixture
def house(tmp_path: Path) -> Iterator[App]:
    with App(write_house(tmp_path)) as app:
        app.sync()
        yield app


def fill_in(house: App, *inputs: str | Move, arrival: Arrival = Arrival.ONLINE) -> None:
    house.intake.begin(ME, Channel.CONSOLE, Language.HANS, arrival)
    for each in inputs:
        assert house.intake.hear(ME, each)


def test_a_whole_application_is_registered_with_a_receipt(house: App) -> None:
    fill_in(house, *INPUTS)
    heard = house.intake.hear(ME, "1")
    assert heard
    assert heard.application
    assert heard.ending is Ending.SENT
    assert heard.application.number in heard.prompt.text
    assert "随州市招商局" in heard.prompt.text
    assert house.store.applications.find(heard.application.number) == heard.application
    assert heard.application.state is Step.REGISTERED
    assert house.intake.draft(ME) is None
    assert house.intake.hear(ME, "1") is None


def test_of_two_workers_that_hear_the_confirmation_at_once_one_registers(
    tmp_path: Path, database_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Both have read the draft; one number is given, and one receipt is told."""
    settings = replace(write_house(tmp_path), database_url=Secret(database_url))
    with App(settings) as first, App(settings) as second:
        first.sync()
        fill_in(first, *INPUTS)
        receipts: list[Heard | None] = []
        has_read, read = threading.Event(), second.store.application_drafts.of

        def of(citizen_key: str) -> Mapping[str, Any] | None:
            draft = read(citizen_key)
            has_read.set()
            return draft

        monkeypatch.setattr(second.store.application_drafts, "of", of)
        late = threading.Thread(target=lambda: receipts.append(second.intake.hear(ME, "1", origin="telegram:2")))

        def wait(heard: Heard) -> None:
            late.start()
            assert has_read.wait(20)

        receipts.append(first.intake.hear(ME, "1", origin="telegram:1", along=wait))
        late.join(20)
        (application,) = first.store.applications.all()
    assert [heard.application if heard else None for heard in receipts] == [application, None]


def test_what_is_handed_in_is_received_that_day(house: App) -> None:
    fill_in(house, *INPUTS, arrival=Arrival.HANDED_IN)
    heard = house.intake.hear(ME, "1")
    assert heard
    assert heard.application
    assert heard.application.received_on == house.answering.now().date()
    assert "收到日期" in heard.prompt.text


def test_what_is_published_is_shown_first_and_ends_it_without_an_application_or_a_record(house: App) -> None:
    house.intake.begin(ME, Channel.CONSOLE, Language.HANS)
    shown = house.intake.hear(ME, ASK_PARKING)
    assert shown
    assert PARKING_PASSAGE in shown.prompt.text
    assert "停车场收费标准" in shown.prompt.text
    ended = house.intake.hear(ME, "1")
    assert ended
    assert ended.ending is Ending.PUBLISHED
    assert house.intake.draft(ME) is None
    assert list(house.store.applications.all()) == []
    assert list(house.store.records.all()) == []


def test_a_complaint_is_told_its_own_way_before_it_becomes_an_application(house: App) -> None:
    house.intake.begin(ME, Channel.CONSOLE, Language.HANS)
    shown = house.intake.hear(ME, "我要举报招商局的人乱收费")
    assert shown
    assert "第三十九条" in shown.prompt.text


def test_a_draft_that_was_left_off_is_gone_on_with(house: App) -> None:
    fill_in(house, *INPUTS[:4])
    prompt = house.intake.begin(ME, Channel.CONSOLE, Language.HANS)
    assert prompt.text.startswith("接着上次没有填完的申请。")
    assert "申请人的姓名" in prompt.text


def test_what_was_begun_at_home_and_is_gone_on_with_at_the_office_is_handed_in(house: App) -> None:
    fill_in(house, *INPUTS[:4])
    fill_in(house, *INPUTS[4:], "1", arrival=Arrival.HANDED_IN)
    (application,) = house.store.applications.all()
    assert application.arrival is Arrival.HANDED_IN


def test_a_cancelled_draft_leaves_nothing(house: App) -> None:
    fill_in(house, *INPUTS)
    heard = house.intake.hear(ME, Move.CANCEL)
    assert heard
    assert heard.ending is Ending.CANCELLED
    assert house.store.application_drafts.of(ME) is None


def test_an_answer_that_does_not_fit_is_asked_for_again(house: App) -> None:
    fill_in(house, *INPUTS[:3])
    heard = house.intake.hear(ME, "九")
    assert heard
    assert heard.prompt.text.startswith("请从列出的选项里选一个。\n")
    assert len(heard.prompt.options) == 6


def test_identity_is_collected_where_the_folder_says_so(tmp_path: Path) -> None:
    write_house(tmp_path, FILES | {"settings.toml": "[applications]\nidentity = true\n"})
    with App(settings_in(tmp_path)) as app:
        app.sync()
        fill_in(app, *INPUTS[:5])
        draft = app.intake.draft(ME)
    assert draft
    assert draft.stage is Stage.IDENTITY


def test_the_state_is_told_by_number_in_any_spelling(house: App) -> None:
    fill_in(house, *INPUTS, "1")
    number = next(house.store.applications.all()).number
    told = house.intake.state(f" {number.lower()} ", Language.HANS)
    assert told
    assert told.startswith(f"申请{number}：已登记")
    assert "张三" not in told
    assert house.intake.state("SQ-1999-000001", Language.HANS) is None


def test_a_redelivered_confirmation_registers_nothing_twice(house: App) -> None:
    fill_in(house, *INPUTS)
    first = house.intake.hear(ME, "1", origin="telegram:7")
    fill_in(house, *INPUTS)
    again = house.intake.hear(ME, "1", origin="telegram:7")
    assert first
    assert again
    assert again.application == first.application
