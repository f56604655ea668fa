"""From the coordinates of a PDF's objects and pages to those of the page as it is shown."""

from __future__ import annotations

from typing import Any

import pypdfium2 as pdfium
import pypdfium2.raw as raw

Matrix = tuple[float, float, float, float, float, float]
IDENTITY: Matrix = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)


def matrix_of(shape: Any) -> Matrix:
    """A page object's own matrix."""
    matrix = raw.FS_MATRIX()
    raw.FPDFPageObj_GetMatrix(shape, matrix)
    return (matrix.a, matrix.b, matrix.c, matrix.d, matrix.e, matrix.f)


def times(one: Matrix, other: Matrix) -> Matrix:
    """The matrix that does first the one, then the other."""
    a, b, c, d, e, f = one
    p, q, r, s, t, u = other
    return (a * p + b * r, a * q + b * s, c * p + d * r, c * q + d * s, e * p + f * r + t, e * q + f * s + u)


def applied(matrix: Matrix, x: float, y: float) -> tuple[float, float]:
    """Where a matrix puts a point."""
    a, b, c, d, e, f = matrix
    return a * x + c * y + e, b * x + d * y + f


class Upright:
    """From a page's own coordinates to points from the upper left corner of the page as it is shown.

    Args:
        page: whose coordinates.
        turn: degrees by which a reader turns the page besides, for text that stands sideways on it.
    """

    def __init__(self, page: pdfium.PdfPage, turn: int = 0) -> None:
        left, bottom, right, top = page.get_bbox()
        self.turned: int = (page.get_rotation() + turn) % 360
        self.left, self.top, self.right, self.bottom = left, top, right, bottom
        wide, high = right - left, top - bottom
        self.width, self.height = (high, wide) if self.turned in (90, 270) else (wide, high)

    def point(self, x: float, y: float) -> tuple[float, float]:
        """(distance from the left, distance from the top) of a point in the page's own coordinates."""
        match self.turned:
            case 90:
                return y - self.bottom, x - self.left
            case 180:
                return self.right - x, y - self.bottom
            case 270:
                return self.top - y, self.right - x
            case _:
                return x - self.left, self.top - y
