"""The floors of a decision as data: read at the start, written by a fit."""

from __future__ import annotations

import json
import tomllib
from dataclasses import asdict, fields
from datetime import date
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING

from bot.matching.certainty import Policy

if TYPE_CHECKING:
    from bot.desk.fitting import Trial

FLOORS = Path(str(files("bot.data").joinpath("policy.toml")))
_HEADER = '# The floors of a decision, as `bot fit --write` left them; docs/matching.md, "Tuning it".\n'


class FloorsUnwritable(Exception):  # noqa: N818 - it says what is the matter
    """The floors cannot be written; the message says where and why."""


def load_policy(path: Path = FLOORS) -> Policy:
    """The floors that ship with the program."""
    table = tomllib.loads(path.read_text(encoding="utf-8"))
    return Policy(**{field.name: float(table[field.name]) for field in fields(Policy)})


def write_policy(trial: Trial, day: date, path: Path = FLOORS) -> Path:
    """Keep a policy with the day and the figures that it gave; returns the file.

    Raises:
        FloorsUnwritable: the program's own folder may not be written, as in an image.
    """
    policy = trial.policy
    lines = [f"{name} = {value:.2f}" for name, value in asdict(policy).items()]
    lines.append(f"fitted_on = {day.isoformat()}")
    for name, figures in trial.figures.items():
        lines += ["", f"[sets.{json.dumps(name, ensure_ascii=False)}]", f"questions = {figures.n}"]
        named = (("answered", figures.answered), ("right", figures.right), ("false", figures.false))
        lines += [f"{word} = {share}" for word, share in named if share is not None]
    try:
        path.write_text(_HEADER + "\n".join(lines) + "\n", encoding="utf-8")
    except OSError as error:
        raise FloorsUnwritable(f"{path}: {error.strerror}; fit in a checkout of the project") from error
    return path
