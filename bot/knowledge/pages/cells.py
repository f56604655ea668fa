"""A page's tables: which hold data, which only lay the page out, and what heads their columns."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from bot.knowledge.form_layouts import recognise
from bot.knowledge.grids import Grid
from bot.knowledge.manuscript import UnreadableFile
from bot.knowledge.pages.tree import Node

_MOST_CELLS = 200_000
_WIDEST = 200
_LONGEST_LABEL = 25
# What stands beside or above several rows or columns may explain itself at length.
_LONGEST_SPANNING = 60
_LONGEST_NAME = 12
_MOST_HEADERS = 5
_VALUE = re.compile(r"^[\s\d.,，%％‰+\-—–/／:：()（）年月日元万亿件条次个名]*$|[。；！？]$")
# What offices put before a value of its own, and what heads a column of such.
_NAME = re.compile(
    r"(?:名称|全称|地址|电话|热线|传真|邮编|编码|邮箱|邮件|网址|网站|时间|日期|负责人|联系人|部门|单位|机构|主体|职责|职能|依据|条件|材料|流程|程序"
    r"|期限|时限|收费|标准|对象|方式|地点|形式|范围|号码|结果|数量|性质|级别|类型|姓名|职务|分工)[：:]?$"
)
_PARTS = frozenset(("thead", "tbody", "tfoot"))
_BLOCKS = frozenset(("h1", "h2", "h3", "h4", "h5", "h6", "ul", "ol", "dl", "blockquote"))


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell, in every place that it covers."""

    node: Node
    text: str
    heads: bool
    rows: int = 1
    columns: int = 1


Row = tuple[Cell, ...]


def read_rows(table: Node) -> tuple[tuple[Row, ...], int]:
    """The rows of a table, each cell repeated where it is merged, and how many of them a <thead> holds.

    Raises:
        UnreadableFile: more cells than tables that people write have.
    """
    rows: list[Row] = []
    below: dict[int, tuple[Cell, int]] = {}
    cells = headers = 0
    for source, in_head in _table_rows(table):
        row, below = _place(source, below)
        cells += len(row)
        if cells > _MOST_CELLS:
            raise UnreadableFile(f"a table has more than {_MOST_CELLS:,} cells", "save its parts as pages of their own")
        if row:
            rows.append(row)
            headers += in_head and headers == len(rows) - 1
    return tuple(rows), headers


def _table_rows(table: Node) -> Iterator[tuple[Node, bool]]:
    for part in table.elements:
        if part.tag == "tr":
            yield part, False
        elif part.tag in _PARTS:
            for row in part.elements:
                if row.tag == "tr":
                    yield row, part.tag == "thead"


def _place(source: Node, below: dict[int, tuple[Cell, int]]) -> tuple[Row, dict[int, tuple[Cell, int]]]:
    """One row with what reaches down into it, and what reaches from it into the rows below."""
    placed: dict[int, Cell] = {column: cell for column, (cell, _) in below.items()}
    reaching = {column: (cell, left - 1) for column, (cell, left) in below.items() if left > 1}
    column = 0
    for node in source.elements:
        if node.tag not in ("td", "th"):
            continue
        while column in placed:
            column += 1
        rows, columns = _span(node, "rowspan"), _span(node, "colspan")
        cell = Cell(node, node.words(), node.tag == "th", rows, columns)
        for covered in range(column, min(column + columns, _WIDEST)):
            placed[covered] = cell
            if rows > 1:
                reaching[covered] = (cell, rows - 1)
        column += columns
    return tuple(placed[place] for place in sorted(placed)), reaching


def _span(node: Node, name: str) -> int:
    written = node.attributes.get(name, "").strip()
    return min(max(int(written), 1), _WIDEST) if re.fullmatch("[0-9]{1,6}", written) else 1


def holds_data(table: Node, rows: Sequence[Row]) -> bool:
    """Whether a table is read row by row; one that lays a page out is read cell by cell."""
    if table.attributes.get("role") == "presentation":
        return False
    distinct = list({id(cell): cell for row in rows for cell in row}.values())
    filled = [cell for cell in distinct if cell.text]
    if len(rows) < 2 or len(filled) < 2 or max(len(row) for row in rows) < 2:
        return False
    if all(len({id(cell) for cell in row if cell.text}) < 2 for row in rows):
        return False
    if any(part.tag == "table" or part.tag in _BLOCKS for cell in filled for part in cell.node.walk()):
        return False
    longest = max(filled, key=lambda cell: len(cell.text))
    most = 2 * len(longest.text) > sum(len(cell.text) for cell in filled)
    return not (most and _paragraphs(longest.node) > 2)


def _paragraphs(cell: Node) -> int:
    return sum(part.tag in ("p", "br", "div") for part in cell.walk())


def grids_of(rows: Sequence[Row], in_head: int) -> Iterator[Grid]:
    """Write a data table as grids: a row that is one cell across parts the table, and what it parts has headers of its own.

    A table of names beside values (电话 | 0700-1234567) has no header above; there each name heads its value.
    """
    whole = _grid(rows, in_head)
    if recognise(whole.rows):
        # A form's labels tell more than rows that cross it.
        yield whole
        return
    if not in_head and (pairs := _pairs(rows)):
        yield from pairs
        return
    heading: tuple[Row, ...] = tuple(rows[:in_head])
    rest = rows[in_head:]
    while rest:
        crossing = next((place for place, row in enumerate(rest) if _crosses(row)), len(rest))
        part, rest = rest[:crossing], rest[crossing:]
        if part:
            own = _headers(part, bool(rest)) if not heading or _is_headed_anew(part[0], heading[0]) else 0
            # Headers above a part stay those of the next, until it brings its own.
            heading = tuple(part[:own]) if own else heading
            if own < len(part):
                yield _grid((*heading, *part[own:]), len(heading))
        if rest:
            yield _grid(rest[:1], 0)
            rest = rest[1:]


def _grid(rows: Sequence[Row], headers: int) -> Grid:
    return Grid(tuple(tuple(cell.text for cell in row) for row in rows), headers, lines=tuple(map(_line, rows)))


def _line(row: Row) -> int:
    """Where a row begins; what reaches down into it began before."""
    return max((cell.node.parent.line for cell in row if cell.node.parent), default=0)


def _crosses(row: Row) -> bool:
    return len(row) > 1 and len({id(cell) for cell in row}) == 1


def _headers(rows: Sequence[Row], more: bool) -> int:
    """How many rows head the others: rows of <th>, else what is labels alone, as deep as its merged cells reach.

    `more` says that below these rows, and below one that crosses the table, there are others to be headed.
    """
    if len(rows) == 1 and more:
        return int(_labels(rows[0]))
    marked = 0
    while marked < len(rows) and all(cell.heads for cell in rows[marked]):
        marked += 1
    if marked == len(rows):
        return min(1, len(rows) - 1)
    if marked:
        return marked
    if len(rows) < 2 or not _labels(rows[0]):
        return 0
    # A label beside all rows says nothing of how deep the header is.
    depth = max((cell.rows for cell in rows[0] if cell.rows < len(rows)), default=1)
    if depth == 1 and any(cell.columns > 1 for cell in rows[0]) and len(rows) > 2 and _labels(rows[1]):
        depth = 2
    return depth if depth < len(rows) and depth <= _MOST_HEADERS and all(map(_labels, rows[:depth])) else 0


def _labels(row: Row) -> bool:
    return all(_is_label(cell) for cell in row) and any(cell.text for cell in row)


def _is_label(cell: Cell) -> bool:
    if not cell.text:
        return True
    longest = _LONGEST_SPANNING if cell.rows > 1 or cell.columns > 1 else _LONGEST_LABEL
    return len(cell.text) <= longest and not _VALUE.search(cell.text)


def _is_headed_anew(row: Row, heading: Row) -> bool:
    return _labels(row) and (
        row[0].text == heading[0].text or all(cell.heads or _is_bold(cell.node) for cell in row if cell.text)
    )


def _is_bold(node: Node) -> bool:
    bold = sum(part.prose for part in node.walk() if part.tag in ("b", "strong") and not _inside_bold(part))
    return bool(node.prose) and bold == node.prose


def _inside_bold(node: Node) -> bool:
    return node.parent is not None and node.parent.tag in ("b", "strong")


def _pairs(rows: Sequence[Row]) -> list[Grid]:
    """Each row of names and values as a grid with the names above; empty where the table is none of such rows."""
    if any(len(row) % 2 or _crosses(row) for row in rows):
        return []
    names = [cell for row in rows for cell in row[::2] if cell.text]
    values = [cell for row in rows for cell in row[1::2] if cell.text]
    if not names or not _are_names(names) or any(cell.heads or _is_bold(cell.node) for cell in values):
        return []
    # 材料名称 beside 数量 heads two columns.
    if values and _NAME.search(values[0].text):
        return []
    return [_grid_of_pairs(row) for row in rows]


def _are_names(cells: Sequence[Cell]) -> bool:
    """Whether cells name what stands beside them: marked as such, or nearly all by words that no column of entries is made of."""
    if all(cell.heads or cell.text.endswith(("：", ":")) for cell in cells):
        return True
    named = sum(_NAME.search(cell.text) is not None and len(cell.text) <= _LONGEST_NAME for cell in cells)
    return len(cells) > 1 and 4 * named >= 3 * len(cells)


def _grid_of_pairs(row: Row) -> Grid:
    names = tuple(cell.text.rstrip("：: ") for cell in row[::2])
    return Grid((names, tuple(cell.text for cell in row[1::2])), 1, lines=(_line(row), _line(row)))
