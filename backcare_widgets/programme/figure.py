"""The moving figure: what the page needs to draw an exercise."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

from .models import Exercise
from .timeline import Stretch

# Written by scripts/compile_figure.py, whose first lines say what is in it.
FILE = Path(__file__).with_name("figure.json")


def scene(exercise: Exercise, stretches: Sequence[Stretch]) -> dict[str, Any]:
    """Return what the page needs to draw a set of an exercise, from `timeline.expand`.

    Returns
    -------
    dict
        `body`, `parts`, `ground`; `poses` and `alt` of the poses that occur; `steps`, each pose
        and text; and `ways`: for each stretch the names of the poses it leads through, the last
        of them its own. Empty if a pose is not known: no picture is better than a wrong one.
    """
    figure = json.loads(FILE.read_text(encoding="utf-8"))
    known = {(way[0], way[-1]): way for way in figure["ways"]}
    ways = []
    for before, stretch in zip((stretches[0], *stretches), stretches, strict=False):
        start, end = before.pose, stretch.pose
        moves = stretch.kind == "move" and start != end
        ways.append(known.get((start, end), [start, end]) if moves else [end])
    names = {step.pose for step in exercise.steps}.union(*ways)
    if not names <= figure["poses"].keys():
        return {}
    named = {key: {name: figure[key][name] for name in sorted(names)} for key in ("poses", "alt")}
    return named | {
        "body": figure["body"],
        "parts": figure["parts"],
        "ground": figure["grounds"][exercise.position],
        "steps": [asdict(step) for step in exercise.steps],
        "ways": ways,
    }
