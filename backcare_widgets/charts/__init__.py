"""The charts of the log, each with a plain sentence that says the same.

`daily` is what `adherence.daily` returns, `entries` what `Log.frame()` returns. Every chart takes
`ax` and returns the Axes; without `ax` it makes a figure of its own, which a notebook shows and
which looks the same under every style and setting of matplotlib. `summary(daily, entries)` returns
the sentences as text.
"""

from ..adherence.sentences import summary
from .calendar import calendar
from .dashboard import dashboard, picture
from .exercises import by_exercise, times
from .pain import pain, stops
from .trend import trend

__all__ = [
    "by_exercise", "calendar", "dashboard", "pain", "picture", "stops", "summary", "times", "trend",
]  # fmt: skip
