"""Charts of counts."""

from __future__ import annotations

import re
import sys
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from bot.desk.charts import BARS, LABEL_SIZE, chart, charts, picture, write_charts
from bot.desk.statistics import count
from bot.language.widths import columns
from tests.desk.test_statistics import ANSWERED, CALL, MARCH, of


def test_svg_runs_nothing_and_asks_nothing_of_a_network() -> None:
    svg = chart("按渠道 <b>&", {"电话": 3, "<script>alert(1)</script>": 1})
    assert "<script" not in svg
    assert "href" not in svg
    assert "<!--" not in svg
    assert {re.sub("[\"'].*", "", url) for url in re.findall(r"https?://\S+", svg)} <= {
        "http://www.w3.org/2000/svg", "http://www.w3.org/1999/xlink",
    }  # fmt: skip


def test_names_and_figures_stand_in_the_svg_as_text() -> None:
    words = re.findall(r">([^<>]+)<", chart("按渠道", {"电话": 3, "信函": 1}))
    assert {"按渠道", "电话", "信函", "3", "1"} <= set(words)


@pytest.mark.parametrize(
    ("most", "scale"), [(1, "0 1"), (3, "0 1 2 3"), (40, "0 8 16 24 32 40"), (41, "0 9 18 27 36 45")]
)
def test_scale_is_of_whole_numbers_each_once(most: int, scale: str) -> None:
    # The scale's figures have an empty class or "major"; the bar's own has "value".
    told = re.findall(r'<text[^>]* class="(?:major)?">([0-9]+)<', chart("按渠道", {"电话": most}))
    assert told == scale.split()


@pytest.mark.parametrize("name", ["电话", "随州市招商局政府信息公开年度报告", "随" * 40, "a" * 40])
def test_names_stand_whole_beside_their_bars(name: str) -> None:
    """A Chinese character is as wide as it is high; a name ends where the bars begin."""
    svg = chart("按机关", {name: 3})
    (left,) = set(re.findall(r'translate\((\d+), \d+\)" class="plot', svg))
    labels = re.findall(r'<text x="-(\d+)" [^>]*class="">([^<0-9]+)<', svg)
    assert labels
    for gap, shown in labels:
        assert int(left) >= int(gap) + LABEL_SIZE * columns(shown) / 2


def test_drawing_leaves_nothing_behind_that_looks_at_every_import() -> None:
    chart("按渠道", {"电话": 3})
    assert "PluginImportFixer" not in {type(finder).__name__ for finder in sys.meta_path}


def test_picture_is_a_png() -> None:
    assert picture(chart("按渠道", {"电话": 3})).startswith(b"\x89PNG\r\n")


def test_chart_of_many_days_shows_the_last() -> None:
    days = [replace(ANSWERED, asked_at=ANSWERED.asked_at + timedelta(number)) for number in range(BARS + 5)]
    svg = charts(count(days, MARCH))["day"]
    assert "2026-03-06" not in svg
    assert "2026-03-07" in svg
    assert f"{days[-1].asked_at:%Y-%m-%d}" in svg


def test_a_chart_of_each_list_is_written_in_both_forms(tmp_path: Path) -> None:
    written = write_charts(of(ANSWERED, CALL), tmp_path / "charts")
    assert {path.name for path in written} >= {"channel.svg", "channel.png", "hour.svg", "outcome.png"}
    assert all(path.stat().st_size for path in written)
    assert write_charts(of(), tmp_path / "none") == ()
