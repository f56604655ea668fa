"""A press is believed where we wrote it for the chat in which it stands, and nowhere else."""

from __future__ import annotations

from typing import Any

from hypothesis import assume, given, settings
from hypothesis import strategies as st

from bot.channels.telegram.buttons import CALLBACK_BYTES, PRESS_BYTES, Action, Button, Press, read_press
from bot.channels.telegram.render import Message, letters
from bot.channels.telegram.seals import Signer
from bot.model import Language, handle_of
from tests.channels.telegram.fakes import SECRET

CITIZEN, OTHER = 70012345, 70012346
CHATS = st.integers(-(2**52), 2**52)
PRESSES = st.builds(
    Press,
    st.sampled_from(Action) | st.sampled_from(["a", "zz"]),
    st.text().map(handle_of) | st.just("ZX-2026-000001") | st.just("report/2017/0a1b2c3d"),
    st.lists(st.integers(0, 99), min_size=1, max_size=8).map(lambda path: ".".join(map(str, path))),
    st.sampled_from(Language),
    st.integers(0, 999),
)


def carried(press: str, chat: int, signer: Signer | None = None) -> str:
    """What a button with this press carries when it goes out to a chat."""
    (letter,) = letters(chat, (Message("字", ((Button("钮", press),),)),))
    parameters: Any = (signer or Signer(SECRET)).sealed(letter)
    data: str = parameters["reply_markup"]["inline_keyboard"][0][0]["callback_data"]
    return data


@settings(deadline=None)
@given(PRESSES, CHATS, CHATS)
def test_press_is_opened_in_its_own_chat_alone(press: Press, chat: int, other: int) -> None:
    assume(chat != other)
    data = carried(str(press), chat)
    assert Signer(SECRET).opened(data, chat) == press
    assert Signer(SECRET).opened(data, other) is None
    assert Signer(b"1" * 32).opened(data, chat) is None


@settings(deadline=None)
@given(PRESSES, CHATS, st.data())
def test_press_that_was_changed_anywhere_is_refused(press: Press, chat: int, data: st.DataObject) -> None:
    sealed = carried(str(press), chat)
    place = data.draw(st.integers(0, len(sealed) - 1))
    changed = sealed[:place] + data.draw(st.characters(exclude_characters=sealed[place])) + sealed[place + 1 :]
    assert Signer(SECRET).opened(changed, chat) is None


@settings(deadline=None)
@given(st.text(st.characters(exclude_categories=()), max_size=64))
def test_whatever_else_comes_is_refused(data: str) -> None:
    assert Signer(SECRET).opened(data, CITIZEN) is None


def test_longest_press_is_as_long_as_telegram_takes_and_not_a_byte_longer() -> None:
    press = Press(Action.PAGE, "x" * 12, "9" * (PRESS_BYTES - len("p:xxxxxxxxxxxx::s:999")), Language.HANS, 999)
    assert len(str(press)) == PRESS_BYTES
    data = carried(str(press), -(2**52))
    assert len(data.encode()) == CALLBACK_BYTES
    assert Signer(SECRET).opened(data, -(2**52)) == press


def test_addresses_are_left_as_they_are() -> None:
    (letter,) = letters(CITIZEN, (Message("字", ((Button("源", url="https://example.org"),),)),))
    assert Signer(SECRET).sealed(letter) == letter.parameters
    (plain,) = letters(CITIZEN, (Message("字"),))
    assert Signer(SECRET).sealed(plain) == plain.parameters


def test_unsealed_press_is_readable_and_still_refused() -> None:
    written = str(Press(Action.FORGET, "y", "-", Language.HANS))
    assert read_press(written)
    assert Signer(SECRET).opened(written, CITIZEN) is None
