"""What holds of every reader of texts: whatever befalls a file, it is read or refused, and nothing else."""

from __future__ import annotations

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from bot.knowledge.decoding import decode
from bot.knowledge.readers import UnreadableFile, read_bytes
from tests.knowledge.made_up import REPORT
from tests.knowledge.workbooks import as_csv

ITEMS = [["索引号", "名称", "生成日期", "内容概述"], ["011-1", "停车收费", "2017年12月31日", '每次"5"元,\n包月300元']]
FRONT = "---\ntitle: 报告\ndate: 2018-02-05\naliases: [甲, 乙]\nexceptions: {mobile: 值班}\n---\n"
TEXTS = {
    ".md": [FRONT + REPORT, "<!-- 注 -->\n| 甲 | 乙 |\n| --- | --- |\n| **1** | [2](a.md) |\n"],
    ".txt": [REPORT, "一、总体情况\n（一）数量\n1.全年共3条。\n\n示例市粮食局\n2018年2月5日"],
    ".csv": [as_csv(ITEMS).decode(), as_csv([["目录"], [], *ITEMS]).decode()],
}
ENCODINGS = ("utf-8", "utf-8-sig", "gb18030", "utf-16")
SPLINTERS = st.binary(max_size=6) | st.sampled_from(
    [b"---\n", b'"', b"\n", b"\r", b"\t", b",", b"|", b"[", b"(", b"#", b": ", b"- ", b"\xff", "一、".encode()]
)


@settings(max_examples=300)
@given(
    st.sampled_from([(suffix, text) for suffix, texts in TEXTS.items() for text in texts]),
    st.sampled_from(ENCODINGS),
    st.lists(st.tuples(st.floats(0, 1), SPLINTERS, st.integers(0, 40)), max_size=8),
)
@example((".csv", "索引号,名称,生成日期\r\n"), "gb18030", [])
def test_a_damaged_text_is_read_or_refused_and_nothing_else(
    sample: tuple[str, str], encoding: str, damages: list[tuple[float, bytes, int]]
) -> None:
    suffix, text = sample
    data = text.encode(encoding)
    for place, written, length in damages:
        at = int(place * len(data))
        data = data[:at] + written + data[at + length :]
    try:
        reading = read_bytes(suffix, data)
    except UnreadableFile:
        return
    # All rows of a catalogue may be refused, each by its line.
    assert reading.manuscripts or reading.findings
    assert all(section.text for manuscript in reading.manuscripts for section in manuscript.sections)


@pytest.mark.parametrize("encoding", ["utf-8", "gb18030", "big5hkscs", "utf-16"])
def test_a_text_is_read_in_the_encoding_that_makes_sense(encoding: str) -> None:
    """Most of Big5 can be read as GB 18030, and means nothing then."""
    text = "關於開展政府信息公開工作的通知\n\n各單位：本年度報告請於一月三十一日前公開。"
    assert decode(text.encode(encoding)) == text


@pytest.mark.parametrize("text", ["张三", "甲、乙", "镕镛", "工作人员名单：赵钱孙李"])
def test_a_short_text_in_gbk_is_no_big5(text: str) -> None:
    assert decode(text.encode("gbk")) == text
