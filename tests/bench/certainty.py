"""``python -m tests.bench.certainty FILE [FOLDER:FILE …]``: what each thing counts in evidence and lead, by logistic regression.

Evidence is fitted to tell right first matches from those of questions that nothing answers, a lead to tell them from wrong
ones; each also without one set after the other. A weight that another set turns over is not worth keeping.
"""

from __future__ import annotations

import math
import sys
from collections.abc import Iterable, Sequence
from datetime import datetime
from pathlib import Path
from typing import NamedTuple

from bot.desk.fitting import Sample, sample
from bot.desk.floors import load_policy
from bot.desk.questions import question_sets
from bot.desk.rehearsal import rehearsal
from bot.matching.certainty import Certainty, Evidence, Lead, Policy

# Everything counts 1 and nothing is refused: the parts of a certainty are then what they are made of.
PLAIN = Policy(
    answer=-math.inf, choices=0.0, margin=-math.inf, breadth=1, length=1, named=1, room=1, sentence=1, retrieval=1
)
ROUNDS, STEP = 600, 0.5


class Seen(NamedTuple):
    """A first match with its certainty; `answerable` is the question, `right` the match."""

    certainty: Certainty
    answerable: bool
    right: bool


def main(arguments: Sequence[str]) -> None:
    """Print the weights of all sets together, then without each."""
    now = datetime.now().astimezone()
    seen: dict[str, list[Seen]] = {}
    for one in question_sets(arguments, Path("knowledge")):
        with rehearsal(one.knowledge, load_policy(), now) as stage:
            seen[one.name] = list(_seen(sample(stage.answering, one.questions, now)))
    for name, parts in (("evidence", Evidence._fields), ("lead", Lead._fields)):
        print("|", name, "|", " | ".join(parts), "|\n| --- |", " | ".join("---:" for _ in parts), "|")  # noqa: T201
        for left_out in ("", *(seen if len(seen) > 1 else ())):
            rows = [row for known, of_set in seen.items() if known != left_out for row in _rows(of_set, name)]
            weights = " | ".join(f"{weight:.2f}" for weight in fit(rows))
            print(f"| {f'without {left_out}' if left_out else 'all'} | {weights} |", flush=True)  # noqa: T201


def _seen(samples: Iterable[Sample]) -> Iterable[Seen]:
    for one in samples:
        ruling = one.considered.rule_on(PLAIN)
        if ruling.certainty:
            best = ruling.rivals[0]
            right = (best.document.id, best.section.id) in one.fitting
            yield Seen(ruling.certainty, one.expected.answerable, one.expected.answerable and right)


def _rows(seen: Iterable[Seen], name: str) -> Iterable[tuple[Sequence[float], bool]]:
    for one in seen:
        if name == "lead" and one.answerable:
            yield one.certainty.lead, one.right
        if name == "evidence" and (one.right or not one.answerable):
            yield one.certainty.evidence, one.right


def fit(rows: Sequence[tuple[Sequence[float], bool]]) -> list[float]:
    """The weights that tell the right ones best, as shares of the first's."""
    columns = list(zip(*(values for values, _ in rows), strict=True))
    means = [sum(column) / len(rows) for column in columns]
    spreads = [
        math.sqrt(sum((value - mean) ** 2 for value in column) / len(rows)) or 1.0
        for column, mean in zip(columns, means, strict=True)
    ]
    points = [
        ([(value - mean) / spread for value, mean, spread in zip(values, means, spreads, strict=True)], right)
        for values, right in rows
    ]
    weights, base = [0.0] * len(columns), 0.0
    for _ in range(ROUNDS):
        slopes, lift = [0.0] * len(columns), 0.0
        for values, right in points:
            miss = right - 1 / (1 + math.exp(-base - sum(map(float.__mul__, weights, values))))
            lift += miss
            slopes = [slope + miss * value for slope, value in zip(slopes, values, strict=True)]
        base += STEP * lift / len(points)
        weights = [weight + STEP * slope / len(points) for weight, slope in zip(weights, slopes, strict=True)]
    own = [weight / spread for weight, spread in zip(weights, spreads, strict=True)]
    return [weight / own[0] for weight in own] if own[0] else own


if __name__ == "__main__":
    main(sys.argv[1:])
