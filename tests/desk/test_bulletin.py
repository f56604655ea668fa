"""The monthly bulletin."""

from __future__ import annotations

import io
from collections import Counter
from dataclasses import replace
from datetime import UTC, date, datetime, time

import docx
import pytest

from bot.desk import spans
from bot.desk.annual.markdown import to_markdown
from bot.desk.annual.word import to_word
from bot.desk.bulletin import draft_bulletin, due_bulletin
from bot.desk.spans import Span
from bot.desk.statistics import count
from bot.desk.unanswered import Asked, Want
from bot.knowledge.readers.docx import read_docx
from bot.model import Agency, AgencyContact, Rating
from bot.workdays import DayKind, Workdays
from tests.desk.test_statistics import ANSWERED, CALL, NOTHING, of

AGENCY = Agency("zsj", AgencyContact("随州市招商局"))
WANTING = [
    Asked("ZX-2026-000001", "游泳馆|水温", Counter({Want.NOTHING: 3})),
    Asked("ZX-2026-000002", "我家的门牌", Counter({Want.NOTHING: 1})),
]
DRAFT = draft_bulletin(
    of(replace(ANSWERED, rating=Rating(True)), NOTHING, CALL),
    count([ANSWERED], spans.month(2026, 2)),
    WANTING,
    AGENCY,
    date(2026, 4, 1),
)


def test_bulletin_tells_the_months_figures_in_its_parts() -> None:
    text = to_markdown(DRAFT)
    assert "# 随州市招商局2026年3月公众咨询情况通报\n" in text
    assert "status: draft" in text
    assert "2026年3月，随州市招商局登记公众来询3件，其中咨询3件，比2026年2月增加2件。" in text
    assert "| Telegram | 2 |" in text
    assert (
        "机器人受理2件，给出答案或选项1件，独立答复1件，独立答复率50.0%；答复用时中位数15毫秒，九成在20毫秒以内。"
        in text
    )
    assert "公众评价1件，有帮助1件，满意率100.0%。" in text
    assert "目前还有1件没有办结。" in text


def test_question_that_one_person_asked_is_not_told() -> None:
    text = to_markdown(DRAFT)
    assert "| 游泳馆｜水温 | 3 |" in text
    assert "门牌" not in text


def test_month_without_contacts_has_a_bulletin_too() -> None:
    text = to_markdown(draft_bulletin(of(), of(), [], None, date(2026, 4, 1)))
    assert "2026年3月，登记公众来询0件，其中咨询0件，与2026年3月持平。" in text
    assert "没有由机器人受理的咨询。" in text
    assert "没有被多次提出的问题。" in text


def test_word_file_has_a_chart_before_each_list_and_reads_as_the_text_does() -> None:
    data = to_word(DRAFT)
    document = docx.Document(io.BytesIO(data))
    assert len(document.inline_shapes) == 3
    assert len(document.tables) == 4
    for table in document.tables:
        kept = [row.cells[0].paragraphs[0].paragraph_format.keep_with_next for row in table.rows]
        assert kept == [True] * (len(kept) - 1) + [None], "a table stands on one page"
    (manuscript,) = read_docx(data).manuscripts
    words = "\n".join(section.text for section in manuscript.sections)
    assert "登记公众来询3件" in words


@pytest.mark.parametrize(
    ("now", "last_sent", "due"),
    [
        (datetime(2025, 10, 1, 10, tzinfo=UTC), None, None),
        (datetime(2025, 10, 8, 10, tzinfo=UTC), None, None),
        (datetime(2025, 10, 9, 8, 59, tzinfo=UTC), None, None),
        (datetime(2025, 10, 9, 9, tzinfo=UTC), None, spans.month(2025, 9)),
        (datetime(2025, 10, 20, 15, tzinfo=UTC), date(2025, 8, 1), spans.month(2025, 9)),
        (datetime(2025, 10, 9, 9, tzinfo=UTC), date(2025, 9, 1), None),
        (datetime(2099, 3, 1, 12, tzinfo=UTC), None, None),
        (datetime(2099, 3, 2, 12, tzinfo=UTC), None, spans.month(2099, 2)),
    ],
)
def test_bulletin_is_due_from_the_first_working_day_until_it_was_sent(
    now: datetime, last_sent: date | None, due: Span | None
) -> None:
    """2025-10-01 to 08 are off; 2099 has no calendar yet, and its first of March is a Sunday."""
    assert due_bulletin(now, Workdays(), time(9), last_sent) == due


def test_day_that_staff_made_a_working_day_counts() -> None:
    workdays = Workdays({date(2025, 10, 1): DayKind.MAKE_UP})
    assert due_bulletin(datetime(2025, 10, 1, 9, tzinfo=UTC), workdays, time(9), None) == Span(
        date(2025, 9, 1), date(2025, 9, 30)
    )
