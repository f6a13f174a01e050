"""What the drawn figure is made of, read from `data/mannequin.toml`."""

from __future__ import annotations

import itertools
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ..files import DATA
from . import toml_file
from .schema import (
    Mistake,
    Rule,
    choice,
    mistakes_in,
    number,
    numbers,
    tables,
)

# A part as the page draws it: tone, mark, and hulls, which are lists of ellipsoids.
Part = dict[str, Any]

_SINGLE = ("pelvis", "waist", "neck", "skull")
_PAIRED = ("shoulder", "elbow", "wrist", "palm", "hip", "knee", "ankle")
_FRAMES = ("hips", "chest", "head", "hand", "foot")
_JOINTS = (*_SINGLE, *_PAIRED, *(joint + side for joint in _PAIRED for side in "RL"))
_EGG: Mapping[str, Rule] = {
    "at": choice(*_JOINTS),
    "to": choice(*_JOINTS, required=False),
    "share": number(0, 1, required=False),
    "in": choice(*_FRAMES, required=False),
    "by": numbers(3, 1, required=False),
    "half": numbers(3, 1, required=False),
    "r": number(0, 1, required=False),
}
_PART: Mapping[str, Rule] = {
    "tone": choice("shorts", "shirt", "skin", "hair", "eye"),
    "round": tables(_EGG, 1, 12, "ellipsoids"),
    "and_round": tables(_EGG, 1, 12, "ellipsoids", required=False),
}
_LIMB: Mapping[str, Rule] = {
    **_PART,
    "tone": choice("limb", "hand", "foot"),
    "marked": Rule("true or false", lambda v: isinstance(v, bool), required=False),
}
_SLAB: Mapping[str, Rule] = {
    "ground": choice("bed", "mat", "floor"),
    "tone": choice("board", "edge", "top", "pillow"),
    "corners": Rule(
        "a list of 2 corners", lambda v: isinstance(v, list) and len(v) == 2, item=numbers(3, 3)
    ),
    "r": number(0, 2),
    "thick": number(0, 2),
}
_FILE: Mapping[str, Rule] = {
    "part": tables(_PART, 1, 50, "parts, each begun by [[part]]"),
    "limb": tables(_LIMB, 1, 50, "parts of a limb, each begun by [[limb]]"),
    "slab": tables(_SLAB, 1, 50, "slabs, each begun by [[slab]]"),
}


@dataclass(frozen=True)
class Mannequin:
    """The parts of the figure, and those of what lies under it: "bed", "mat" or "floor".

    An ellipsoid of a part is {at, to, share, in, by, half}, as in the file, with nothing left out.
    """

    parts: tuple[Part, ...]
    grounds: Mapping[str, tuple[Part, ...]]


def _ellipsoid(raw: Mapping[str, Any], side: str) -> dict[str, Any]:
    joint = {name: name + side if name in _PAIRED else name for name in _JOINTS}
    frame = raw.get("in", "upright")
    return {
        "at": joint[raw["at"]],
        "to": joint[raw.get("to", raw["at"])],
        "share": raw.get("share", 0),
        "in": frame + side if frame in ("hand", "foot") else frame,
        "by": raw.get("by", [0, 0, 0]),
        "half": raw["half"] if "half" in raw else [raw["r"]] * 3,
    }


def _part(raw: Mapping[str, Any], side: str = "") -> Part:
    tones = {"limb": side, "hand": side + "h", "foot": side + "h"}
    hulls = [raw[key] for key in ("round", "and_round") if key in raw]
    return {
        "tone": tones.get(raw["tone"], raw["tone"]),
        "mark": side if raw.get("marked") else "",
        "hulls": [[_ellipsoid(egg, side) for egg in hull] for hull in hulls],
    }


def _slab(raw: Mapping[str, Any]) -> Part:
    half = [raw["r"], raw["r"], raw["thick"]]
    corners = sorted(set(itertools.product(*zip(*raw["corners"], strict=True))))
    still = {"at": "origin", "to": "origin", "share": 0, "in": "upright", "half": half}
    return {"tone": raw["tone"], "mark": "", "hulls": [[{**still, "by": list(c)} for c in corners]]}


def _mistakes(data: Mapping[str, Any]) -> list[Mistake]:
    """List ellipsoids whose size is given twice or not at all, or along axes that are not named."""
    found = []
    for kind in ("part", "limb"):
        for i, part in enumerate(data[kind]):
            for key in ("round", "and_round"):
                for k, egg in enumerate(part.get(key, ())):
                    if ("half" in egg) == ("r" in egg) or ("by" in egg and "in" not in egg):
                        problem = "give `r`, or `in` with `half`; and `in` with `by`"
                        found.append(Mistake((kind, i, key, k), problem))
    return found


def load_mannequin(path: str | Path | None = None) -> Mannequin:
    """Read the parts of the figure.

    Parameters
    ----------
    path
        A TOML file in the form of `data/mannequin.toml`, which is read if None.

    Raises
    ------
    ProgrammeError
        As in `load_programme`.
    """
    file = DATA / "mannequin.toml" if path is None else toml_file.as_path(path)
    data, source = toml_file.read(file)
    if mistakes := mistakes_in(data, _FILE) or _mistakes(data):
        raise toml_file.refusal(file, source, mistakes)
    limbs = [_part(raw, side) for side in "RL" for raw in data["limb"]]
    grounds: dict[str, list[Part]] = {}
    for raw in data["slab"]:
        grounds.setdefault(raw["ground"], []).append(_slab(raw))
    return Mannequin(
        parts=(*map(_part, data["part"]), *limbs),
        grounds={name: tuple(parts) for name, parts in grounds.items()},
    )
