"""What a button carries comes back as it was, and nothing else is taken for it."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.channels.telegram.buttons import PRESS_BYTES, Action, Press, read_press
from bot.model import Language, handle_of


@settings(deadline=None)
@given(
    st.sampled_from(Action),
    st.text(),
    st.lists(st.integers(0, 99), min_size=1, max_size=8),
    st.sampled_from(Language),
    st.integers(0, 999),
)
def test_press_is_read_as_it_was_written(
    action: Action, document: str, path: list[int], language: Language, page: int
) -> None:
    press = Press(action, handle_of(document), ".".join(map(str, path)), language, page)
    assert read_press(str(press)) == press
    assert len(str(press).encode()) <= PRESS_BYTES


@pytest.mark.parametrize(
    "data",
    [
        "",
        "s",
        "s:abc:1",
        "S:abc:1:s",
        "abc:abc:1:s",
        "s:abc:1:q",
        "s::1:s",
        "s:abc::s",
        "s:a:b:c:s",
        "s:a:b:s:",
        "s:a:b:s:-1",
        "s:a:b:s:１",
        "s:a:b:s:1:2",
    ],
)
def test_other_data_is_no_press(data: str) -> None:
    assert read_press(data) is None
