"""What a value in a programme's files may be: the annotations that models share."""

from __future__ import annotations

import datetime as dt
from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, Field, Strict, TypeAdapter
from pydantic_core import PydanticCustomError

# `mistakes` words what is allowed by the numbers here, or takes the description where there is one.
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
Number = Annotated[float, Strict()]
Day = Annotated[dt.date, Strict()]
Weekday = Literal["mon", "tue", "wed", "thu", "fri", "sat", "sun"]


def items(low: int, high: int, what: str = "texts") -> tuple[Any, ...]:
    """Return the rules for a list of `low` to `high` items.

    They are counted before any is looked at: pydantic by itself counts the good ones only, so that
    ten thousand wrong ones would be as many mistakes.
    """
    counted = TypeAdapter(Annotated[list[Any], Field(min_length=low, max_length=high)])
    allowed = Field(description=f"a list of {low} to {high} {what}")
    return BeforeValidator(counted.validate_python), allowed


def disagreement(problem: str) -> PydanticCustomError:
    """Return the error for values that do not go together, told as it stands."""
    return PydanticCustomError("disagreement", "{problem}", {"problem": problem})
