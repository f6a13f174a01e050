"""The poses of the drawn figure, read from `data/poses.toml`."""

from __future__ import annotations

import math
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ..files import DATA
from ..words import shown
from . import toml_file
from .schema import (
    Mistake,
    Rule,
    choice,
    mistakes_in,
    number,
    numbers,
    table,
    tables,
    text,
    texts,
)

# A pose as the page reads it: a list of numbers under each name.
Pose = dict[str, list[float]]

_POSITIONS = ("lying", "sitting", "standing")
_LENGTHS = (
    *("lower_trunk", "upper_trunk", "half_shoulders", "shoulder_drop", "half_hips", "neck"),
    *("head", "upper_arm", "forearm", "hand", "thigh", "shin"),
)


_ANGLES = {key: number(-180, 180, required=False) for key in ("lean", "bend", "turn")}
_SIDE: Mapping[str, Rule] = {
    **{key: numbers(3, 3) for key in ("hand", "elbow", "ankle", "knee", "toes")},
    "wrist": numbers(3, 3, required=False),
}
_POSE: Mapping[str, Rule] = {
    "name": text(50),
    "position": choice(*_POSITIONS),
    "camera": numbers(2, 360, required=False),
    "centre": numbers(3, 3, required=False),
    "height_m": number(0.3, 5, required=False),
    "pelvis": table({"at": numbers(3, 3), **_ANGLES}),
    "chest": table(_ANGLES, required=False),
    "head": table(_ANGLES, required=False),
    "right": table(_SIDE),
    "left": table(_SIDE, required=False),
    "alt": text(300),
}
_MIRRORED: Mapping[str, Rule] = {"name": text(50), "mirror_of": text(50)}
_VIEW: Mapping[str, Rule] = {
    "position": choice(*_POSITIONS),
    "ground": choice("bed", "mat", "floor"),
    "camera": numbers(2, 360),
    "centre": numbers(3, 3),
    "height_m": number(0.3, 5),
}
_FILE: Mapping[str, Rule] = {
    "ways": Rule(
        "a list of at most 100 ways",
        lambda v: isinstance(v, list) and len(v) <= 100,
        item=texts(3, 8, 50),
    ),
    "body": table({key: number(0.01, 1) for key in _LENGTHS}),
    "view": tables(_VIEW, 3, 3, "views, each begun by [[view]], one a position"),
    "pose": Rule(
        "1 to 200 poses, each begun by [[pose]]",
        lambda v: isinstance(v, list) and 1 <= len(v) <= 200 and all(type(p) is dict for p in v),
    ),
}


@dataclass(frozen=True)
class Poses:
    """The drawn figure's body and poses, with what is told of each.

    Attributes
    ----------
    body
        Lengths of its bones, in metres.
    ground
        What lies under a position: "bed", "mat" or "floor".
    poses
        Each in the page's form: points and directions (metres; x, y, z) with "R" or "L" behind
        the name, the unit quaternions (w, x, y, z) "hips", "chest" and "head", and "camera":
        azimuth and elevation in degrees, the point looked at, the height of the picture in metres.
    alt, position
        Of each pose: its description in words, and "lying", "sitting" or "standing".
    ways
        The poses passed through between two poses, for the pairs that have any.
    """

    body: Mapping[str, float]
    ground: Mapping[str, str]
    poses: Mapping[str, Pose]
    alt: Mapping[str, str]
    position: Mapping[str, str]
    ways: Mapping[tuple[str, str], tuple[str, ...]]

    def way(self, start: str, end: str) -> list[str]:
        """Name the poses on the way from one to another, both of them included."""
        return [start, *self.ways.get((start, end), ()), end]


def _quaternion(lean: float = 0, bend: float = 0, turn: float = 0) -> list[float]:
    """Turn to the left about the spine, bend to the right, then lean forward; in degrees."""

    def half(degrees: float) -> tuple[float, float]:
        radians = math.radians(degrees) / 2
        return math.cos(radians), math.sin(radians)

    (cl, sl), (cb, sb), (ct, st) = half(-lean), half(bend), half(turn)
    return [
        cl * cb * ct - sl * sb * st,
        sl * cb * ct + cl * sb * st,
        cl * sb * ct - sl * cb * st,
        cl * cb * st + sl * sb * ct,
    ]


def _across(v: Sequence[float]) -> list[float]:
    """Mirror a point or a direction at the plane between right and left."""
    return [-v[0], *v[1:]]


def mirrored(pose: Pose) -> Pose:
    """Give the mirror image of a pose, seen by the mirrored camera: right becomes left."""
    image: Pose = {}
    for name, v in pose.items():
        if len(v) == 4:  # a rotation keeps its angle and turns the other way about y and z
            image[name] = [v[0], v[1], -v[2], -v[3]]
        elif name == "camera":
            image[name] = [-v[0], v[1], -v[2], *v[3:]]
        else:
            image[name[:-1] + {"R": "L", "L": "R"}.get(name[-1], name[-1])] = _across(v)
    return image


def _pose(raw: Mapping[str, Any], view: Mapping[str, Any]) -> Pose:
    chest = raw.get("chest", {})
    seen = {key: raw.get(key, view[key]) for key in ("camera", "centre", "height_m")}
    right = {"wrist": [0.0, 0.0, 0.0], **raw["right"]}
    image = {name: _across(v) for name, v in right.items()}
    left = {"wrist": [0.0, 0.0, 0.0], **raw["left"]} if "left" in raw else image
    return {
        "camera": [*seen["camera"], *seen["centre"], seen["height_m"]],
        "pelvis": raw["pelvis"]["at"],
        "hips": _quaternion(**{k: v for k, v in raw["pelvis"].items() if k != "at"}),
        "chest": _quaternion(**chest),
        "head": _quaternion(**raw.get("head", chest)),
        **{name + "R": v for name, v in right.items()},
        **{name + "L": v for name, v in left.items()},
    }


def _mirrored_words(words: str) -> str:
    return re.sub("right|left", lambda m: "left" if m[0] == "right" else "right", words)


def _mistakes(data: Mapping[str, Any]) -> list[Mistake]:
    """List what the rules of single values do not show, or show of mirrored poses only."""
    found = []
    poses = [(("pose", i), raw) for i, raw in enumerate(data["pose"])]
    for path, raw in poses:
        found += mistakes_in(raw, _MIRRORED if "mirror_of" in raw else _POSE, path)
    names = [raw.get("name") for _, raw in poses]
    whole = {raw.get("name") for _, raw in poses if "mirror_of" not in raw}
    for (path, raw), name in zip(poses, names, strict=True):
        if names.count(name) > 1:
            found.append(Mistake((*path, "name"), f"{shown(name)} is there twice"))
        if "mirror_of" in raw and raw["mirror_of"] not in whole:
            problem = f"{shown(raw['mirror_of'])} is no pose that has numbers of its own"
            found.append(Mistake((*path, "mirror_of"), problem))
    for i, way in enumerate(data["ways"]):
        for name in way:
            if name not in names:
                found.append(Mistake(("ways", i), f"there is no pose {shown(name)}"))
    if {view["position"] for view in data["view"]} != set(_POSITIONS):
        found.append(Mistake(("view",), "each position needs a view of its own"))
    return found


def load_poses(path: str | Path | None = None) -> Poses:
    """Read the poses of the figure.

    Parameters
    ----------
    path
        A TOML file in the form of `data/poses.toml`, which is read if None.

    Raises
    ------
    ProgrammeError
        As in `load_programme`.
    """
    file = DATA / "poses.toml" if path is None else toml_file.as_path(path)
    data, source = toml_file.read(file)
    if mistakes := mistakes_in(data, _FILE) or _mistakes(data):
        raise toml_file.refusal(file, source, mistakes)
    views = {view["position"]: view for view in data["view"]}
    raws = {raw["name"]: raw for raw in data["pose"]}
    poses, alt, position = {}, {}, {}
    for name, raw in raws.items():
        own = raws[raw.get("mirror_of", name)]
        pose = _pose(own, views[own["position"]])
        position[name] = own["position"]
        if own is raw:
            poses[name], alt[name] = pose, own["alt"]
            continue
        poses[name], alt[name] = mirrored(pose), _mirrored_words(own["alt"])
        if "camera" not in own:  # where there is no best side, nothing is gained by walking round
            poses[name]["camera"] = pose["camera"]
    return Poses(
        body=data["body"],
        ground={name: view["ground"] for name, view in views.items()},
        poses=poses,
        alt=alt,
        position=position,
        ways={(way[0], way[-1]): tuple(way[1:-1]) for way in data["ways"]},
    )
