"""What a value in a programme's files may be: the annotations that models share."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Annotated, Literal

from annotated_types import GroupedMetadata
from pydantic import BeforeValidator, Field, Strict
from pydantic_core import PydanticCustomError

# A mistake is told as "... is not allowed; <what is> is". What is allowed follows from the
# annotation, or is its description.
Text = Annotated[str, Field(min_length=1, pattern=r"\S")]
Short = Annotated[Text, Field(max_length=60)]
Long = Annotated[Text, Field(max_length=400)]
Cue = Annotated[Short, Field(pattern=r"^\s*(\S+\s*){1,6}$", description="text of 1 to 6 words")]
Name = Annotated[
    str,
    Field(
        max_length=50,
        pattern=r"^[a-z][a-z0-9]*(-[a-z0-9]+)*$",
        description="small letters, figures and single hyphens, such as lying-down",
    ),
]
Whole = Annotated[int, Strict()]
Number = Annotated[float, Strict(), Field(allow_inf_nan=False)]
Day = Annotated[dt.date, Strict()]
Weekday = Literal["mon", "tue", "wed", "thu", "fri", "sat", "sun"]


@dataclass(frozen=True)
class Items(GroupedMetadata):
    """Allow a list of `low` to `high` items.

    They are counted before any is looked at, so that ten thousand wrong ones are one mistake.
    """

    low: int
    high: int
    what: str = "texts"

    def __iter__(self) -> Iterator[object]:
        yield BeforeValidator(self._count)
        yield Field(description=f"a list of {self.low} to {self.high} {self.what}")

    def _count(self, value: object) -> object:
        if not isinstance(value, list) or not self.low <= len(value) <= self.high:
            raise PydanticCustomError("items", "too few or too many, or no list")
        return value
