"""How much of the programme was done: sets done out of sets due, over the days.

The rule of a day is in `rule`, the tables of days in `tables`, what they say in `sentences`.
Period = sum of done / sum of due over its days, today left out.
"""

from .rule import (
    DONE,
    FLARE_UP,
    NOT_RECORDED,
    NOTHING_DUE,
    PARTLY_DONE,
    PAUSED,
    REST,
    SO_FAR,
    STATES,
)
from .tables import (
    FEWEST_DAYS,
    Period,
    before_today,
    by_exercise,
    daily,
    has_today,
    period,
    rolling,
)

__all__ = [
    "DONE", "FEWEST_DAYS", "FLARE_UP", "NOTHING_DUE", "NOT_RECORDED", "PARTLY_DONE", "PAUSED",
    "REST", "SO_FAR", "STATES", "Period", "before_today", "by_exercise", "daily", "has_today",
    "period", "rolling",
]  # fmt: skip
