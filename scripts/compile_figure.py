"""Compile the figure's poses and parts into the file that the page draws from.

Run `python scripts/compile_figure.py` after a change to data/poses.toml or data/mannequin.toml, and
commit backcare_widgets/programme/figure.json, which it writes:

body     lengths of the bones, in metres
poses    by name: points and directions (x, y, z) with "R" or "L" behind their names; the unit
         quaternions (w, x, y, z) "hips", "chest" and "head"; and "camera": azimuth and elevation
         in degrees, the point looked at, and the height of the picture in metres
alt      each pose in words
ways     the poses passed through, from the first of a list to the last
parts    of the body: tone, mark ("R", "L" or none), and hulls, which are lists of ellipsoids
grounds  the parts of what lies under a position
"""

from __future__ import annotations

import itertools
import json
import math
import re
import tomllib
from collections.abc import Sequence
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
FILE = ROOT / "backcare_widgets" / "programme" / "figure.json"

Pose = dict[str, list[float]]

_PAIRED_JOINTS = ("shoulder", "elbow", "wrist", "palm", "hip", "knee", "ankle")
_PAIRED_FRAMES = ("hand", "foot")


def _read(name: str) -> dict[str, Any]:
    return tomllib.loads((ROOT / "data" / name).read_text(encoding="utf-8"))


# Poses ---------------------------------------------------------------------------------------


def _quaternion(lean: float = 0, bend: float = 0, turn: float = 0) -> list[float]:
    """Turn to the left about the spine, bend to the right, then lean forward; in degrees."""

    def half(degrees: float) -> tuple[float, float]:
        radians = math.radians(degrees) / 2
        return math.cos(radians), math.sin(radians)

    (cl, sl), (cb, sb), (ct, st) = half(-lean), half(bend), half(turn)
    exact = [
        cl * cb * ct - sl * sb * st,
        sl * cb * ct + cl * sb * st,
        cl * sb * ct - sl * cb * st,
        cl * cb * st + sl * sb * ct,
    ]
    # The last digits differ between machines, and with them the sign of a zero.
    return [round(part, 10) + 0.0 for part in exact]


def _across(v: Sequence[float]) -> list[float]:
    """Mirror a point or a direction at the plane between right and left."""
    return [-v[0], *v[1:]]


def _mirrored(pose: Pose) -> Pose:
    """Mirror a pose and its camera: right becomes left."""
    image: Pose = {}
    for name, v in pose.items():
        if len(v) == 4:  # a rotation keeps its angle and turns the other way about y and z
            image[name] = [v[0], v[1], -v[2], -v[3]]
        elif name == "camera":
            image[name] = [-v[0], v[1], -v[2], *v[3:]]
        else:
            image[name[:-1] + {"R": "L", "L": "R"}.get(name[-1], name[-1])] = _across(v)
    return image


def _pose(raw: dict[str, Any], view: dict[str, Any]) -> Pose:
    chest = raw.get("chest", {})
    seen = {**view, **raw}
    right = {"wrist": [0, 0, 0], **raw["right"]}
    image = {name: _across(v) for name, v in right.items()}
    left = {"wrist": [0, 0, 0], **raw["left"]} if "left" in raw else image
    return {
        "camera": [*seen["camera"], *seen["centre"], seen["height_m"]],
        "pelvis": raw["pelvis"]["at"],
        "hips": _quaternion(**{k: v for k, v in raw["pelvis"].items() if k != "at"}),
        "chest": _quaternion(**chest),
        "head": _quaternion(**raw.get("head", chest)),
        **{name + "R": v for name, v in right.items()},
        **{name + "L": v for name, v in left.items()},
    }


def _other_side(side: re.Match[str]) -> str:
    return {"right": "left", "left": "right"}[side[0]]


def _poses(data: dict[str, Any]) -> tuple[dict[str, Pose], dict[str, str]]:
    """Return the poses, and each in words."""
    views = {view["position"]: view for view in data["view"]}
    raws = {raw["name"]: raw for raw in data["pose"]}
    poses, alt = {}, {}
    for name, raw in raws.items():
        own = raws[raw.get("mirror_of", name)]
        poses[name], alt[name] = _pose(own, views[own["position"]]), own["alt"]
        if own is not raw:
            poses[name] = _mirrored(poses[name])
            alt[name] = re.sub("right|left", _other_side, alt[name])
    return poses, alt


# Parts ---------------------------------------------------------------------------------------


def _ellipsoid(raw: dict[str, Any], side: str) -> dict[str, Any]:
    def joint(name: str) -> str:
        return name + side if name in _PAIRED_JOINTS else name

    frame = raw.get("in", "upright")
    return {
        "at": joint(raw["at"]),
        "to": joint(raw.get("to", raw["at"])),
        "share": raw.get("share", 0),
        "in": frame + side if frame in _PAIRED_FRAMES else frame,
        "by": raw.get("by", [0, 0, 0]),
        "half": raw["half"] if "half" in raw else [raw["r"]] * 3,
    }


def _part(raw: dict[str, Any], side: str = "") -> dict[str, Any]:
    tones = {"limb": side, "hand": side + "h", "foot": side + "h"}
    hulls = [raw[key] for key in ("round", "and_round") if key in raw]
    return {
        "tone": tones.get(raw["tone"], raw["tone"]),
        "mark": side if raw.get("marked") else "",
        "hulls": [[_ellipsoid(egg, side) for egg in hull] for hull in hulls],
    }


def _slab(raw: dict[str, Any]) -> dict[str, Any]:
    half = [raw["r"], raw["r"], raw["thick"]]
    corners = sorted(set(itertools.product(*zip(*raw["corners"], strict=True))))
    still = {"at": "origin", "to": "origin", "share": 0, "in": "upright", "half": half}
    return {"tone": raw["tone"], "mark": "", "hulls": [[{**still, "by": list(c)} for c in corners]]}


def compiled() -> str:
    """Return the text of the compiled file."""
    data, looks = _read("poses.toml"), _read("mannequin.toml")
    poses, alt = _poses(data)
    limbs = [_part(raw, side) for side in "RL" for raw in looks["limb"]]
    figure = {
        "body": data["body"],
        "poses": poses,
        "alt": alt,
        "ways": data["ways"],
        "parts": [*map(_part, looks["part"]), *limbs],
        "grounds": {
            view["position"]: [_slab(s) for s in looks["slab"] if s["ground"] == view["ground"]]
            for view in data["view"]
        },
    }
    innermost_list = re.compile(r"\[[^][{}]*\]")  # each on a line of its own
    text = innermost_list.sub(lambda v: json.dumps(json.loads(v[0])), json.dumps(figure, indent=1))
    return text + "\n"


if __name__ == "__main__":
    FILE.write_text(compiled(), encoding="utf-8", newline="\n")
    print(FILE.relative_to(ROOT))
