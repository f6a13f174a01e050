"""The warning signs that are asked about before a set, read from `data/warning_signs.toml`."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from ..files import DATA
from . import toml_file
from .schema import (
    Rule,
    mistakes_in,
    text,
    texts,
)


@dataclass(frozen=True)
class WarningSigns:
    """What is asked, and whom to call.

    `emergency` and `not_yet` close the exercises; `doctor` and `ask_first` leave the choice.
    """

    emergency_numbers: str
    urgent_numbers: str
    emergency: tuple[str, ...]
    doctor: tuple[str, ...]
    not_yet: tuple[str, ...]
    ask_first: tuple[str, ...]


_LISTS = ("emergency", "doctor", "not_yet", "ask_first")
_RULES: Mapping[str, Rule] = {
    "emergency_numbers": text(200),
    "urgent_numbers": text(200),
    # An empty list of emergencies would open every session without the question.
    "emergency": texts(1, 30, 400),
    "doctor": texts(1, 30, 400),
    "not_yet": texts(0, 30, 400),
    "ask_first": texts(0, 30, 400),
}


def load_warning_signs(path: str | Path | None = None) -> WarningSigns:
    """Read the warning signs.

    Parameters
    ----------
    path
        A TOML file in the form of `data/warning_signs.toml`, which is read if None.

    Raises
    ------
    ProgrammeError
        As in `load_programme`.
    """
    file = DATA / "warning_signs.toml" if path is None else toml_file.as_path(path)
    data, source = toml_file.read(file)
    if mistakes := mistakes_in(data, _RULES):
        raise toml_file.refusal(file, source, mistakes)
    return WarningSigns(
        emergency_numbers=data["emergency_numbers"],
        urgent_numbers=data["urgent_numbers"],
        **{key: tuple(data[key]) for key in _LISTS},
    )
