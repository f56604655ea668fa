"""A drafted report as Markdown for the knowledge folder; notes to staff are comments, which nobody publishes by mistake."""

from __future__ import annotations

from collections.abc import Iterator

from bot.desk.annual.draft import Draft, Part, Picture, Table, Text


def to_markdown(draft: Draft) -> str:
    """Write a draft; a table's merged cells are left empty at every further place that they cover."""
    return (
        "\n".join(
            (
                *_front(draft),
                *(line for block in draft.blocks if not isinstance(block, Picture) for line in (*_block(block), "")),
            )
        ).rstrip()
        + "\n"
    )


def _front(draft: Draft) -> Iterator[str]:
    yield "---"
    yield from (f"{key}: {value}" for key, value in draft.front.items())
    yield from ("---", "", f"# {draft.title}", "")


def _block(block: Part | Text | Table) -> Iterator[str]:
    match block:
        case Part(text, level):
            yield f"{'#' * (level + 1)} {text}"
        case Text(text, note):
            yield text
            yield from _note(note)
        case Table():
            yield from _table(block)
            yield from _note(block.note)


def _table(table: Table) -> Iterator[str]:
    for number, row in enumerate(table.grid()):
        yield f"| {' | '.join(box.text if box else '' for box in row)} |"
        if number == 0:
            yield f"| {' | '.join('---' for _ in row)} |"


def _note(note: str) -> Iterator[str]:
    if note:
        yield from ("", f"<!-- {note} -->")
