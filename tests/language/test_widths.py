"""How wide a text is, and how it is shortened to a width."""

from __future__ import annotations

import pytest

from bot.language.widths import trim


@pytest.mark.parametrize(
    ("text", "columns", "expected"),
    [
        ("1 年报", 6, "1 年报"),
        ("1 年度报告", 9, "1 年度报…"),
        ("annual report", 8, "annual…"),
        ("", 5, ""),
    ],
)
def test_trims_to_columns(text: str, columns: int, expected: str) -> None:
    assert trim(text, columns) == expected
