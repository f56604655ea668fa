"""``python -m tests.bench [SECTIONS]``: measure, and print a small table."""

from __future__ import annotations

import sys

from rich.console import Console
from rich.table import Table

from tests.bench.indexing import make_documents, measure_build

SECTIONS, ROUNDS = 20_000, 3


def main(sections: int) -> None:
    """Build the same index a few times; the first round also warms the tables of readings."""
    documents = make_documents(sections)
    table = Table("round", "sections", "seconds", "CPU seconds", "sections/s", "bytes/section", title="index build")
    for column in table.columns:
        column.justify = "right"
    for number in range(1, ROUNDS + 1):
        build = measure_build(documents)
        figures = f"{build.sections_per_second:,.0f}", f"{build.bytes_per_section:,.0f}"
        table.add_row(str(number), f"{build.sections:,}", f"{build.seconds:.2f}", f"{build.cpu_seconds:.2f}", *figures)
    Console().print(table)


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else SECTIONS)
