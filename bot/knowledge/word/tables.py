"""Word's tables into grids: merged cells, rows of headers, captions, and tables that are only layout."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from bot.knowledge.blocks import Block, Entry, Heading, Paragraph
from bot.knowledge.form_layouts import recognise
from bot.knowledge.grids import Grid, row_lines
from bot.knowledge.manuscript import UnreadableFile
from bot.knowledge.masthead import LABELS

WIDEST = 63
_MOST_PLACES = 500_000
_LARGEST_TEXT = 10_000_000
_SHORT = 60
_VALUE = re.compile(r"[-+±约]?[0-9０-９][0-9０-９,，.．\s/-]*(?:%|％|‰|[\u4e00-\u9fff]{0,2})|[0-9]+年[0-9]+月[0-9]*日?")
_CONTACT = re.compile("(?:电话|传真|地址|邮编|邮政编码|邮箱|电子邮件|网址|时间|联系人|负责人|机构名称|单位名称)$")
_LONGEST_LABEL = 10
_YEAR = re.compile(r"(?:19|20)[0-9]{2}(?:年度?)?")


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell as written; `continues` where it is the lower part of a cell merged downwards."""

    blocks: tuple[Block, ...]
    span: int = 1
    continues: bool = False


@dataclass(frozen=True, slots=True)
class Row:
    """One row; `before` counts the columns that it leaves free, `is_header` is Word's own mark."""

    cells: tuple[Cell, ...]
    before: int = 0
    is_header: bool = False


@dataclass(frozen=True, slots=True)
class _Place:
    """A place in the grid: its text, and which cell covers it."""

    text: str
    cell: int


_FREE = _Place("", 0)
_Places = tuple[_Place, ...]


def table_blocks(rows: Sequence[Row]) -> Iterator[Block]:
    """What a table says, in reading order.

    Raises:
        UnreadableFile: it is too large, or its merged cells repeat too much text.
    """
    if _is_layout(rows):
        for row in rows:
            for cell in row.cells:
                yield from () if cell.continues else cell.blocks
        return
    places = [(row, line) for row, line in zip(rows, _lay_out(rows), strict=True) if any(place.text for place in line)]
    whole = _grid([line for _, line in places], 1)
    if recognise(whole.rows):
        # A form's labels tell more than rows that one cell fills.
        yield whole
        return
    while places and _spans_all(places[0][1]):
        yield Paragraph(places.pop(0)[1][0].text)
    lines = [line for _, line in places]
    marked = _leading(row.is_header for row, _ in places)
    yield from (not marked and _pairs(lines)) or _bands(lines, marked)


def _bands(lines: list[_Places], marked: int) -> Iterator[Block]:
    """The rows between those that one cell fills; each such row heads what follows it, often with headers of its own."""
    headers: list[_Places] = []
    band: list[_Places] = []

    def written(*, more: bool) -> Iterator[Block]:
        nonlocal headers, marked
        count = _header_count(band, marked, has_headers=bool(headers), more=more)
        headers = band[:count] or headers
        marked = 0
        if body := band[count:]:
            yield _grid([*headers, *body], len(headers))
        band.clear()

    for line in lines:
        if _spans_all(line):
            yield from written(more=True)
            text = line[0].text
            yield Paragraph(text) if len(text) > _SHORT or text.endswith("。") else Grid(((text,),), 0)
        else:
            band.append(line)
    yield from written(more=False)


def _grid(lines: Sequence[_Places], headers: int) -> Grid:
    return Grid(tuple(tuple(place.text for place in line) for line in lines), headers)


def _header_count(band: Sequence[_Places], marked: int, *, has_headers: bool, more: bool) -> int:
    """How many of the rows are headers: those that Word marks, else the first one and what its merged cells reach into.

    Args:
        band: rows without one that a single cell fills.
        marked: how many of them Word marks.
        has_headers: whether the table has headers further up.
        more: whether rows of the table follow, for which headers without rows of their own may be meant.
    """
    if 0 < marked < len(band) + more:
        return marked
    if len(band) < 2:
        is_header = band and more and not has_headers and not any(_is_value(place.text) for place in band[0])
        return int(bool(is_header))
    # A header names every column but, at times, the first; forms have labels here and room for answers there.
    if any(_is_value(place.text) for place in band[0]) or any(not place.text for place in band[0][1:]):
        return 0
    if has_headers and not any(_is_value(place.text) for line in band[1:] for place in line):
        return 0
    count = 1
    while count < len(band) and (reached := _reach(band, count)) > count:
        count = reached
    return count if count < len(band) else 1


def _reach(band: Sequence[_Places], count: int) -> int:
    """How far the first rows of a header say that it goes: to where their cells reach, and to the names below a wide one."""
    reached = max(_end(band, place.cell, count) for line in band[:count] for place in line)
    if reached > count or count + 1 >= len(band):
        return reached
    above = {place.cell for place in band[count - 2]} if count > 1 else set()
    last = [place.cell for place in band[count - 1] if place.cell not in above]
    names_follow = len(set(last)) < len(last) and not any(_is_value(place.text) for place in band[count])
    return count + 1 if names_follow else count


def _end(band: Sequence[_Places], cell: int, count: int) -> int:
    """The row below the last one that a cell of the header covers."""
    return count + _leading(cell != 0 and any(place.cell == cell for place in line) for line in band[count:])


def _leading(marks: Iterator[bool]) -> int:
    count = 0
    for mark in marks:
        if not mark:
            break
        count += 1
    return count


def _pairs(lines: Sequence[_Places]) -> list[Block]:
    """Rows of a table that has no headers but a label before each value: 索引号 | 011/2024 | 文号 | 示粮〔2024〕2号."""
    rows = [[cells[0].text for cells in _cells(line)] for line in lines]
    if not rows or any(len(row) % 2 or len(row) > 4 for row in rows):
        return []
    labels = [row[place] for row in rows for place in range(0, len(row), 2) if row[place]]
    labelled = all(label.endswith(("：", ":")) for label in labels)
    known = 2 * sum(_is_label(_bare(label)) for label in labels) > len(labels)
    plain = all(len(row) == 2 for row in rows) and _is_value(rows[0][1]) and not any(map(_is_value, labels))
    if not (labelled or known or plain):
        return []
    return [Grid((tuple(map(_bare, row[::2])), tuple(row[1::2])), 1) for row in rows]


def _cells(line: _Places) -> Iterator[list[_Place]]:
    """The places of one row by the cell that covers them."""
    cell: list[_Place] = []
    for place in line:
        if cell and place.cell != cell[-1].cell:
            yield cell
            cell = []
        cell.append(place)
    if cell:
        yield cell


def _bare(label: str) -> str:
    return label.rstrip(":： ")


def _is_label(text: str) -> bool:
    return text in LABELS or (len(text) <= _LONGEST_LABEL and _CONTACT.search(text) is not None)


def _is_value(text: str) -> bool:
    return _VALUE.fullmatch(text) is not None and _YEAR.fullmatch(text) is None


def _spans_all(line: _Places) -> bool:
    return bool(line[0].text) and len({place.cell for place in line}) == 1


def _is_layout(rows: Sequence[Row]) -> bool:
    """Whether a table only places text on the page: in one column, or with headings in its cells."""
    one_column = all(len(row.cells) <= 1 for row in rows)
    return one_column or any(isinstance(block, Heading) for row in rows for cell in row.cells for block in cell.blocks)


def _lay_out(rows: Sequence[Row]) -> list[_Places]:
    width = max(row.before + sum(cell.span for cell in row.cells) for row in rows)
    if width * len(rows) > _MOST_PLACES:
        raise UnreadableFile("a table has too many cells", "split it, or publish it as a spreadsheet")
    lines: list[_Places] = []
    cells = characters = 0
    for row in rows:
        line = [_FREE] * row.before
        for cell in row.cells:
            above = lines[-1][len(line)] if cell.continues and lines else _FREE
            cells += 1
            place = above if above.cell else _Place(_text(cell.blocks), cells)
            line.extend([place] * cell.span)
        line += [_FREE] * (width - len(line))
        characters += sum(len(place.text) for place in line)
        if characters > _LARGEST_TEXT:
            raise UnreadableFile("a table repeats too much text in merged cells", "undo the merging, or split the file")
        lines.append(tuple(line))
    return lines


def _text(blocks: Sequence[Block]) -> str:
    """A cell's text on one line; lines broken to fit a narrow column are put together without a gap."""
    pieces = [piece for block in blocks for piece in _pieces(block) if piece]
    narrow = (
        len(pieces) > 1 and sum(map(len, pieces)) <= 20 and not any(re.search("[，。；：]", piece) for piece in pieces)
    )
    return ("" if narrow and not any(piece.isascii() for piece in pieces) else " ").join(pieces)


def _pieces(block: Block) -> Iterator[str]:
    match block:
        case Heading(text) | Paragraph(text):
            yield " ".join(text.split())
        case Entry(label, text):
            yield " ".join(f"{label}{text}".split())
        case Grid():
            yield from (line.text for line in row_lines(block))
