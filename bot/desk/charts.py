"""Charts of counts, as SVG for the web and PNG for documents; neither asks anything of a network."""

from __future__ import annotations

import sys
from collections.abc import Mapping, Sequence
from math import ceil
from pathlib import Path
from xml.etree import ElementTree

from bot.desk.statistics import CHRONOLOGICAL, TITLES, Statistics
from bot.language.widths import columns

BARS = 31
"""The most bars of a chart: a month of days. Of more, the most frequent are shown; of days, the last."""
SVG = "http://www.w3.org/2000/svg"
TICKS = 5
MARGIN = 20
LABEL_SIZE = 10
LONGEST_LABEL = 25
"""Characters of a name."""
FONTS = "Noto Sans CJK SC, Source Han Sans SC, Microsoft YaHei, WenQuanYi Micro Hei, sans-serif"


def chart(title: str, counted: Mapping[str, int]) -> str:
    """A bar chart as SVG without script, comments and links; its text is text, so that it can be read out."""
    import pygal
    from pygal.style import Style

    # It looks for pygal's plugins at every import of anything, in a way that Python has given up.
    sys.meta_path[:] = [finder for finder in sys.meta_path if not isinstance(finder, pygal.PluginImportFixer)]

    style = Style(
        font_family=FONTS, background="white", plot_background="white", colors=("#2f6690",), value_font_size=11,
        label_font_size=LABEL_SIZE,
    )  # fmt: skip
    # The first entry stands at the bottom.
    labels = [_shown(name) for name in list(counted)[::-1]]
    bars = pygal.HorizontalBar(
        style=style, js=(), title=title, show_legend=False, print_values=True, explicit_size=True, width=680,
        height=90 + 24 * len(counted), margin_left=MARGIN + _missing(labels),
        include_x_axis=True, value_formatter=lambda value: f"{value:.0f}",
    )  # fmt: skip
    bars.x_labels = labels
    # Contacts are whole; left to itself, the scale of a small count shows halves as the same number twice.
    most = max(counted.values())
    step = max(1, ceil(most / TICKS))
    bars.y_labels = list(range(0, most + step, step))
    bars.add("", list(counted.values())[::-1])
    # Reading drops the comments, which link to pygal's site.
    tree = ElementTree.fromstring(bars.render())  # noqa: S314 - drawn here
    for parent in list(tree.iter()):
        for script in parent.findall(f"{{{SVG}}}script"):
            parent.remove(script)
    ElementTree.register_namespace("", SVG)
    return ElementTree.tostring(tree, encoding="unicode")


def _shown(name: str) -> str:
    return name if len(name) <= LONGEST_LABEL else f"{name[: LONGEST_LABEL - 1]}…"


def _missing(labels: Sequence[str]) -> int:
    """How much more room labels take than pygal leaves for them, which takes every character for a Latin one."""
    left = 0.6 * max(map(len, labels))
    return max(0, ceil(LABEL_SIZE * (max(map(columns, labels)) / 2 - left)))


def picture(svg: str) -> bytes:
    """A chart as PNG, twice as many dots as it is wide.

    Text is drawn by the machine's fonts, and left out where they lack it: what stands in a document beside the
    picture has to name its bars.
    """
    import resvg_py

    return bytes(resvg_py.svg_to_bytes(svg_string=svg, background="white", zoom=2))


def charts(found: Statistics) -> dict[str, str]:
    """A chart of each list, by the name of what it counts by; lists with nothing in them have none."""
    drawn = {}
    for name, title in TITLES.items():
        entries = list(found.listed(name).items())
        shown = dict(entries[-BARS:] if name in CHRONOLOGICAL else entries[:BARS])
        if shown:
            drawn[name] = chart(f"{found.span.name}：按{title}", shown)
    return drawn


def write_charts(found: Statistics, folder: Path) -> tuple[Path, ...]:
    """Write each chart as SVG and PNG.

    Raises:
        OSError: the folder cannot be written.
    """
    folder.mkdir(parents=True, exist_ok=True)
    written = []
    for name, svg in charts(found).items():
        for suffix, data in (("svg", svg.encode()), ("png", picture(svg))):
            written.append(folder / f"{name}.{suffix}")
            written[-1].write_bytes(data)
    return tuple(written)
