"""A citizen's application, its process killed after every input: the next one goes on where it was."""

from __future__ import annotations

import os
import signal
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

import pytest

from bot.app import App
from bot.applying.dialogue import Move
from bot.model import Channel, Language
from bot.settings import Settings
from tests.crash.children import result_of, run, sync
from tests.houses import ASK_PARKING, write_house

pytestmark = pytest.mark.e2e

INPUTS = (ASK_PARKING, "2", Move.SKIP, Move.BACK, "收费标准", "随招〔2018〕1号", "1", "张三", "1", "zhang@example.org")


def say_and_die(settings: Settings, said: str | Move) -> None:
    with App(settings) as app:
        app.intake.begin("me", Channel.CONSOLE, Language.HANS)
        app.intake.hear("me", said)
        os.kill(os.getpid(), signal.SIGKILL)


def look(pipe: Connection[Any, Any], settings: Settings) -> None:
    with App(settings) as app:
        prompt = app.intake.begin("me", Channel.CONSOLE, Language.HANS)
        pipe.send((prompt.text, [each.number for each in app.store.applications.all()]))


def test_a_draft_survives_sigkill_after_every_input_and_is_sent_once(tmp_path: Path) -> None:
    settings = write_house(tmp_path)
    assert run(sync, settings) == 0
    asked = []
    for said in INPUTS:
        assert run(say_and_die, settings, said) == -signal.SIGKILL
        text, numbers = result_of(look, settings)
        assert text.startswith("接着上次")
        assert numbers == []
        asked.append(text.partition("（")[2][:3])
    assert asked == ["2/9", "3/9", "4/9", "3/9", "4/9", "5/9", "6/9", "7/9", "8/9", "9/9"]
    for answer in ("收费标准", "随招〔2018〕1号", "自然人", "张三", "电子邮件", "zhang@example.org"):
        assert answer in text
    assert run(say_and_die, settings, "1") == -signal.SIGKILL
    text, numbers = result_of(look, settings)
    assert not text.startswith("接着上次")
    assert [number[-6:] for number in numbers] == ["000001"]
