"""Which block is a text's title: the one in the style for titles, else the heading or the centred line above all others."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from bot.knowledge.blocks import DEEPEST, Block, Heading, Paragraph
from bot.knowledge.grids import Grid
from bot.knowledge.markers import begins_block, marker_of
from bot.knowledge.masthead import is_letterhead
from bot.knowledge.titles import ends_as_title
from bot.knowledge.word.body import Look, Piece

_WITHIN = 12
_MOST_LINES = 4
_NO_TITLES = frozenset(("目录", "目次", "前言"))


def set_title(pieces: Sequence[Piece]) -> tuple[Block, ...]:
    """The blocks, the title as the only heading of level 1; where none is found, as they are."""
    first = _first(pieces)
    last = _last_of_title(pieces, first) if first is not None else None
    if first is None or last is None:
        return tuple(piece.block for piece in pieces)
    title = "".join(_text(piece) for piece in pieces[first : last + 1])
    blocks: list[Block] = [piece.block for piece in pieces[:first]]
    blocks.append(Heading(title, 1))
    rest = [piece.block for piece in pieces[last + 1 :]]
    # What the file has on the title's level stands below it.
    shift = int(any(isinstance(block, Heading) and block.level == 1 for block in rest))
    blocks.extend(_lowered(block, shift) for block in rest)
    return tuple(blocks)


def _lowered(block: Block, levels: int) -> Block:
    return replace(block, level=min(block.level + levels, DEEPEST)) if isinstance(block, Heading) else block


def _first(pieces: Sequence[Piece]) -> int | None:
    """Where the text begins: below tables of metadata and the letterhead, if a title follows."""
    for place, piece in enumerate(pieces[:_WITHIN]):
        if piece.look is Look.TITLE or not (isinstance(piece.block, Grid) or is_letterhead(_text(piece))):
            return place
    return None


def _last_of_title(pieces: Sequence[Piece], first: int) -> int | None:
    """The last of the blocks that make the title; None where the text has no title there."""
    piece = pieces[first]
    if piece.look is Look.TITLE:
        return _while_same(pieces, first, Look.TITLE)
    if isinstance(piece.block, Heading):
        return first if _heads_all(pieces, first) else None
    if piece.look is not Look.CENTRED or not isinstance(piece.block, Paragraph) or begins_block(piece.block.text):
        return None
    if (last := _end_of_centred(pieces, first)) is not None:
        return last
    is_title = first + 1 < len(pieces) and not piece.block.text.endswith(("。", "；"))
    return first if is_title and "".join(piece.block.text.split()) not in _NO_TITLES else None


def _end_of_centred(pieces: Sequence[Piece], first: int) -> int | None:
    """Where centred lines (示例市粮食局 / 关于印发2023年度 / 工作报告的通知) end as a title does; None where they do not."""
    title = ""
    for place, piece in enumerate(pieces[first : first + _MOST_LINES], first):
        if piece.look is not Look.CENTRED or not isinstance(piece.block, Paragraph):
            return None
        title += piece.block.text
        if ends_as_title(title):
            return place
    return None


def _while_same(pieces: Sequence[Piece], first: int, look: Look) -> int:
    last = first
    while last + 1 < len(pieces) and pieces[last + 1].look is look:
        last += 1
    return last


def _heads_all(pieces: Sequence[Piece], first: int) -> bool:
    """Whether a first heading is the title: alone on its level, or without a number where all others there have one."""
    heading = pieces[first].block
    if not isinstance(heading, Heading) or marker_of(heading.text):
        return False
    others = [piece.block for piece in pieces[first + 1 :] if isinstance(piece.block, Heading)]
    same = [other for other in others if other.level <= heading.level]
    return bool(others) and all(other.level == heading.level and marker_of(other.text) for other in same)


def _text(piece: Piece) -> str:
    return piece.block.text if isinstance(piece.block, Heading | Paragraph) else ""
