"""The warning signs that are asked about before a set, read from `data/warning_signs.toml`."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from . import schema
from .programme import DATA
from .schema import Rule, text, texts


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
    **{key: texts(30, 400) for key in _LISTS},
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
    file = DATA / "warning_signs.toml" if path is None else Path(path).expanduser()
    data, source = schema.read(file)
    if mistakes := schema.mistakes_in(data, _RULES):
        raise schema.refuse(file, source, mistakes)
    return WarningSigns(
        emergency_numbers=data["emergency_numbers"],
        urgent_numbers=data["urgent_numbers"],
        **{key: tuple(data[key]) for key in _LISTS},
    )
