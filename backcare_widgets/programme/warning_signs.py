"""The warning signs that are asked about before a set, read from `data/warning_signs.toml`."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated

from pydantic import ConfigDict, Field, with_config

from ..files import DATA
from . import toml_file
from .rules import Items, Long, Text


@with_config(ConfigDict(extra="forbid"))
@dataclass(frozen=True)
class WarningSigns:
    """What is asked, and whom to call.

    `emergency` and `not_yet` close the exercises; `doctor` and `ask_first` leave the choice.
    """

    emergency_numbers: Annotated[Text, Field(max_length=200)]
    urgent_numbers: Annotated[Text, Field(max_length=200)]
    # An empty list of emergencies would open every session without the question.
    emergency: Annotated[tuple[Long, ...], Items(1, 30)]
    doctor: Annotated[tuple[Long, ...], Items(1, 30)]
    not_yet: Annotated[tuple[Long, ...], Items(0, 30)]
    ask_first: Annotated[tuple[Long, ...], Items(0, 30)]


def load_warning_signs() -> WarningSigns:
    """Read the warning signs.

    Raises
    ------
    ProgrammeError
        As in `load_programme`.
    """
    return toml_file.load(WarningSigns, DATA / "warning_signs.toml")
