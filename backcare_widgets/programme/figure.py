"""The moving figure: what the page needs to draw an exercise."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from .mannequin import Mannequin, load_mannequin
from .models import Exercise
from .poses import Poses, load_poses
from .timeline import Stretch


def scene(
    exercise: Exercise,
    stretches: Sequence[Stretch],
    poses: Poses | None = None,
    mannequin: Mannequin | None = None,
) -> dict[str, Any]:
    """Gather what the page needs to draw one exercise.

    Parameters
    ----------
    exercise
        Whose steps are pictured.
    stretches
        Its set, from `timeline.expand`.
    poses, mannequin
        Others than `load_poses()` and `load_mannequin()`.

    Returns
    -------
    dict
        `body`, `parts`, `ground`; `poses` and `alt` of the poses that occur; `steps`, each pose
        and text; and `ways`: for each stretch the names of the poses it leads through, the last
        of them its own. Empty if a pose is not known: no picture is better than a wrong one.
    """
    poses = poses or load_poses()
    mannequin = mannequin or load_mannequin()
    ways = []
    for before, stretch in zip((stretches[0], *stretches), stretches, strict=False):
        moves = stretch.kind == "move" and before.pose != stretch.pose
        ways.append(poses.way(before.pose, stretch.pose) if moves else [stretch.pose])
    names = {name for way in ways for name in way} | {step.pose for step in exercise.steps}
    if not names <= poses.poses.keys():
        return {}
    return {
        "body": dict(poses.body),
        "parts": list(mannequin.parts),
        "ground": list(mannequin.grounds[poses.ground[exercise.position]]),
        "poses": {name: poses.poses[name] for name in sorted(names)},
        "alt": {name: poses.alt[name] for name in sorted(names)},
        "steps": [{"pose": step.pose, "text": step.text} for step in exercise.steps],
        "ways": ways,
    }
