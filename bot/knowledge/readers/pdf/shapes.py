"""The lines and pictures that are drawn on a page."""

from __future__ import annotations

import ctypes
import math
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import pypdfium2 as pdfium
import pypdfium2.raw as raw

from bot.knowledge.readers.pdf.coordinates import IDENTITY, Matrix, Upright, applied, matrix_of, times

_MOST_SHAPES = 20_000
_DEEPEST_FORM = 5
_THICKEST_RULE = 3.0


@dataclass(frozen=True, slots=True)
class Rule:
    """A straight line along or across the page, at a distance from its top (`level`) or left edge, from `start` to `end`."""

    level: bool
    at: float
    start: float
    end: float


def read_shapes(page: pdfium.PdfPage, upright: Upright) -> tuple[tuple[Rule, ...], float]:
    """The straight lines of a page, none of one that is a large drawing, and the area of its pictures in square points."""
    shapes = _Shapes(upright)
    shapes.walk(page.raw, raw.FPDFPage_CountObjects, raw.FPDFPage_GetObject, IDENTITY, 0)
    return (tuple(shapes.rules) if shapes.left > 0 else (), shapes.pictured)


class _Shapes:
    """The ruled lines and the area of images on a page, those inside of forms as well."""

    def __init__(self, upright: Upright) -> None:
        self.rules: list[Rule] = []
        self.pictured = 0.0
        self.left = _MOST_SHAPES
        self._upright = upright

    def walk(self, holder: Any, count: Any, get: Any, outer: Matrix, depth: int) -> None:
        """Add the shapes of a page or a form."""
        for index in range(max(0, count(holder))):
            self.left -= 1
            if self.left <= 0:
                return
            shape = get(holder, index)
            kind = raw.FPDFPageObj_GetType(shape)
            if kind == raw.FPDF_PAGEOBJ_PATH:
                self._add_path(shape, times(matrix_of(shape), outer))
            elif kind == raw.FPDF_PAGEOBJ_IMAGE:
                a, b, c, d, _, _ = times(matrix_of(shape), outer)
                self.pictured += abs(a * d - b * c)
            elif kind == raw.FPDF_PAGEOBJ_FORM and depth < _DEEPEST_FORM:
                inner = times(matrix_of(shape), outer)
                self.walk(shape, raw.FPDFFormObj_CountObjects, raw.FPDFFormObj_GetObject, inner, depth + 1)

    def _add_path(self, path: Any, matrix: Matrix) -> None:
        fill, stroke = ctypes.c_int(), ctypes.c_int()
        raw.FPDFPath_GetDrawMode(path, fill, stroke)
        if not fill.value and not stroke.value:
            return
        points: list[tuple[float, float]] = []
        count = raw.FPDFPath_CountSegments(path)
        if count > 500:
            return
        x, y = ctypes.c_float(), ctypes.c_float()
        for place in range(max(0, count)):
            segment = raw.FPDFPath_GetPathSegment(path, place)
            kind = raw.FPDFPathSegment_GetType(segment)
            raw.FPDFPathSegment_GetPoint(segment, x, y)
            if kind == raw.FPDF_SEGMENT_MOVETO:
                self._add_stretch(points, bool(stroke.value))
                points = []
            points.append(self._upright.point(*applied(matrix, x.value, y.value)))
            if raw.FPDFPathSegment_GetClose(segment):
                points.append(points[0])
        self._add_stretch(points, bool(stroke.value))

    def _add_stretch(self, points: list[tuple[float, float]], stroked: bool) -> None:
        """The lines of one stretch of a path; many programs draw a line as a thin filled box."""
        if len(points) < 2 or not all(math.isfinite(x + y) for x, y in points):
            return
        lefts, tops = [x for x, _ in points], [y for _, y in points]
        left, right, top, bottom = min(lefts), max(lefts), min(tops), max(tops)
        if bottom - top <= _THICKEST_RULE or right - left <= _THICKEST_RULE:
            self._add(left, top, right, bottom)
        elif stroked:
            for (x0, y0), (x1, y1) in pairwise(points):
                self._add(min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1))

    def _add(self, left: float, top: float, right: float, bottom: float) -> None:
        if bottom - top <= _THICKEST_RULE and right - left > _THICKEST_RULE:
            self.rules.append(Rule(True, (top + bottom) / 2, left, right))
        elif right - left <= _THICKEST_RULE and bottom - top > _THICKEST_RULE:
            self.rules.append(Rule(False, (left + right) / 2, top, bottom))
