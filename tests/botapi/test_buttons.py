"""Keyboards: what Telegram refuses of them is refused, and their rows are kept."""

from __future__ import annotations

import pytest

from tests.botapi.buttons import check_button, keyboard_json
from tests.botapi.errors import RefusalError
from tests.botapi.state import Button


@pytest.mark.parametrize(
    ("button", "reason"),
    [
        (Button(" ", "x"), "non-empty text"),
        (Button("a"), "exactly one optional field"),
        (Button("a", "x", "https://example.org"), "exactly one optional field"),
        (Button("a", "公" * 22), "BUTTON_DATA_INVALID"),
        (Button("a", url="example.org"), "Wrong HTTP URL"),
        (Button("a", url="http://localhost"), "Wrong HTTP URL"),
        (Button("a", url="http://exa mple.org"), "Wrong HTTP URL"),
        (Button("a", url="http://[::1"), "Wrong HTTP URL"),
    ],
)
def test_a_button_that_telegram_refuses_is_refused(button: Button, reason: str) -> None:
    with pytest.raises(RefusalError) as refused:
        check_button(button)
    assert reason in refused.value.description


def test_rows_are_stated_as_they_were_given() -> None:
    buttons = (Button("a", "1"), Button("b", url="https://example.org"), Button("c", "3", row=1))
    for button in buttons:
        check_button(button)
    assert keyboard_json(buttons) == [
        [{"text": "a", "callback_data": "1"}, {"text": "b", "url": "https://example.org"}],
        [{"text": "c", "callback_data": "3"}],
    ]
