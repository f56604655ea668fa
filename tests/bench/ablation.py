"""``python -m tests.bench.ablation FILE [FOLDER:FILE …]``: what each feature of a match is worth, as a Markdown table."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from pathlib import Path

from bot.desk.evaluation import Figures, ask_all, figures_of
from bot.desk.floors import load_policy
from bot.desk.questions import QuestionSet, question_sets
from bot.desk.rehearsal import rehearsal
from bot.matching.scoring import Weights

FULL = Weights()
# Each without one thing; what it counted is not given to the others, so floors are met less often too.
VARIANTS = {
    "all": FULL,
    "without whole": replace(FULL, whole=0.0),
    "without sentence": replace(FULL, sentence=0.0),
    "without characters": replace(FULL, characters=0.0),
    "without named": replace(FULL, named=0.0),
    "without retrieval": replace(FULL, retrieval=0.0),
    "figures not wanted": replace(FULL, unwanted=0.0),
    "openings as good as any": replace(FULL, opening=0.0),
    "wholes beside their parts": replace(FULL, outdone=1.0),
    "ancestors' words as good as one's own": replace(FULL, ancestors=1.0),
    "retrieval alone": replace(
        FULL, whole=0.0, sentence=0.0, characters=0.0, named=0.0, unwanted=0.0, opening=0.0, outdone=1.0
    ),
}


def main(arguments: Sequence[str]) -> None:
    """Ask every question once a variant."""
    sets = question_sets(arguments, Path("knowledge"))
    print("| variant |", " | ".join(f"{number} hit@1 | right | answered" for number, _ in enumerate(sets, 1)), "|")  # noqa: T201
    print("| --- |", " | ".join("--- | --- | ---" for _ in sets), "|")  # noqa: T201
    for name, weights in VARIANTS.items():
        cells = [_cells(_figures(one, weights)) for one in sets]
        print(f"| {name} |", " | ".join(cells), "|", flush=True)  # noqa: T201


def _figures(one: QuestionSet, weights: Weights) -> Figures:
    now = datetime.now().astimezone()
    with rehearsal(one.knowledge, load_policy(), now, weights) as stage:
        return figures_of(ask_all(stage.answering, one.questions, now))


def _cells(figures: Figures) -> str:
    return " | ".join("-" if one is None else f"{one:.3f}" for one in (figures.hit1, figures.right, figures.answered))


if __name__ == "__main__":
    main(sys.argv[1:])
