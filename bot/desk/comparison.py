"""An evaluation kept in a file, and what a later one has won and lost against it."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

from bot.desk.evaluation import ALL, NAMES, Grade, Outcome, figures_by_class, shown

Evaluation = Mapping[str, Sequence[Outcome]]
"""The outcomes of each set of questions, by the set's name."""


class EvaluationUnreadable(Exception):  # noqa: N818 - it names the mistake
    """A file that holds no evaluation; the message names it, says why, and what to do."""


def save(path: Path, evaluation: Evaluation) -> None:
    """Write figures and outcomes as JSON.

    Raises:
        EvaluationUnreadable: it cannot be written.
    """
    sets = {
        name: {
            "figures": {label: asdict(figures) for label, figures in figures_by_class(outcomes).items()},
            "questions": [asdict(outcome) for outcome in outcomes],
        }
        for name, outcomes in evaluation.items()
    }
    try:
        path.write_text(json.dumps({"sets": sets}, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    except OSError as error:
        reason = f"{path}: {error.strerror}; name a file in a folder that can be written"
        raise EvaluationUnreadable(reason) from error


def load(path: Path) -> dict[str, dict[str, Any]]:
    """The sets of a file that `save` wrote.

    Raises:
        EvaluationUnreadable: there is no such file, or it is another one.
    """
    remedy = "name a file that `bot eval --json` wrote"
    try:
        sets: dict[str, dict[str, Any]] = json.loads(path.read_text(encoding="utf-8"))["sets"]
        for kept in sets.values():
            {_key(question): _worth(question) for question in kept["questions"]}
            kept["figures"][ALL]
    except OSError as error:
        raise EvaluationUnreadable(f"{path}: {error.strerror}; {remedy}") from error
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise EvaluationUnreadable(f"{path}: it holds no evaluation; {remedy}") from error
    return sets


def compare(old: Mapping[str, Mapping[str, Any]], name: str, outcomes: Sequence[Outcome]) -> Iterator[str]:
    """What a set has won and lost, in lines: each question whose lot changed, then each figure that did."""
    if name not in old:
        yield f"{name} is not in the older evaluation"
        return
    before = {_key(question): question for question in old[name]["questions"]}
    after = {_key(question): question for question in map(asdict, outcomes)}
    changes = [(before[key], after[key]) for key in after if key in before]
    won = [(was, now) for was, now in changes if _worth(now) > _worth(was)]
    lost = [(was, now) for was, now in changes if _worth(now) < _worth(was)]
    for word, told in (("won", won), ("lost", lost)):
        for was, now in told:
            yield f"{word:5} {now['question']}  {_lot(was)} → {_lot(now)}"
        yield f"{len(told)} {word}"
    if strangers := len(after.keys() ^ before.keys()):
        yield f"{strangers} questions are in only one of the two"
    yield from _changed_figures(old[name]["figures"], outcomes)


def _key(question: Mapping[str, Any]) -> tuple[str, str]:
    return question["question"], question["label"]


def _worth(question: Mapping[str, Any]) -> tuple[int, int]:
    """What the citizen gets counts first, then how far in front the expected passage stands."""
    place = question["place"]
    return -list(Grade).index(Grade(question["grade"])), -(place or 99)


def _lot(question: Mapping[str, Any]) -> str:
    place = f" (place {question['place']})" if question["place"] else ""
    came = "" if place or not question["came"] else f" ({question['came'][0]})"
    return f"{question['grade']}{place}{came}"


def _changed_figures(old: Mapping[str, Mapping[str, Any]], outcomes: Sequence[Outcome]) -> Iterator[str]:
    for label, figures in figures_by_class(outcomes).items():
        was = old.get(label, {})
        now = asdict(figures)
        for field, name in NAMES.items():
            if label in old and was.get(field) != now[field]:
                yield f"{label or '-':14} {name:8} {shown(was.get(field))} → {shown(now[field])}"
