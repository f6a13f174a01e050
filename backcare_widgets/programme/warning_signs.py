"""The warning signs that are asked about before a set, read from `data/warning_signs.toml`."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated

from pydantic import ConfigDict, Field, TypeAdapter, with_config

from ..workbook import data_file
from . import toml_file
from .models import Long, Text, items


@with_config(ConfigDict(extra="forbid"))
@dataclass(frozen=True)
class WarningSigns:
    """What is asked, and whom to call.

    `emergency` and `not_yet` close the exercises; `doctor` and `ask_first` leave the choice.
    """

    emergency_numbers: Annotated[Text, Field(max_length=200)]
    urgent_numbers: Annotated[Text, Field(max_length=200)]
    # An empty list of emergencies would open every session without the question.
    emergency: Annotated[tuple[Long, ...], *items(1, 30)]
    doctor: Annotated[tuple[Long, ...], *items(1, 30)]
    not_yet: Annotated[tuple[Long, ...], *items(0, 30)]
    ask_first: Annotated[tuple[Long, ...], *items(0, 30)]


RULES = TypeAdapter(WarningSigns)


def load_warning_signs() -> WarningSigns:
    """Read the warning signs.

    Raises
    ------
    ProgrammeError
        As in `load_programme`.
    """
    return toml_file.load(RULES, data_file("warning_signs.toml"))
