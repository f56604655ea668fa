"""Table 3 read back from a section's text, for whoever has the published lines and no longer the table."""

from __future__ import annotations

import re

from bot.knowledge.form_layouts import TABLE_3_COLUMNS, TABLE_3_ROWS, key_of
from bot.knowledge.forms import Cell, FormRow, FormTable

# ，自然人：3 or （商业企业：3
_CELL = re.compile(r"[，（]([^，（）：]+)：([^，（）：]*)(?=[，）]|$)")


def table_3_in(text: str) -> FormTable | None:
    """Table 3 as the lines of a section have it; None where they have none.

    Returns:
        The rows that the form has, without the groups of their columns; `place` counts the text's lines from 0.
    """
    rows = []
    for place, line in enumerate(text.split("\n")):
        found = list(_CELL.finditer(line))
        label = line[: found[0].start()] if found else ""
        cells = [Cell(key_of(cell[1], TABLE_3_COLUMNS), cell[1], "", cell[2]) for cell in found]
        if (key := key_of(label, TABLE_3_ROWS)) and any(cell.column == "总计" for cell in cells):
            rows.append(FormRow(key, label, tuple(cell for cell in cells if cell.column), place))
    return FormTable(3, tuple(rows)) if len({row.row for row in rows}) >= 3 else None
