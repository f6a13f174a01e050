"""The charts of the log, each with a plain sentence that says the same.

Every chart takes `ax` and gives the Axes back; without `ax` it makes a figure of its own, which
a notebook shows. Nothing is shown or saved here, and adherence is worked out in `adherence`.
`daily` is what `adherence.daily` gives, `entries` what `Log.frame()` gives.
`summary(daily, entries)` gives the sentences as text.
"""

from ..adherence.sentences import summary
from .dashboard import calendar, dashboard, picture, trend
from .exercises import by_exercise, times
from .pain import pain, stops

__all__ = [
    "by_exercise",
    "calendar",
    "dashboard",
    "pain",
    "picture",
    "stops",
    "summary",
    "times",
    "trend",
]
