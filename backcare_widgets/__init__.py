"""Guided exercises for lower back spasms in JupyterLab, with a log and honest charts.

Importing the package loads neither pandas nor matplotlib: the names below are looked up
when they are first asked for, so that a session opens as fast as a bare widget.
"""

from __future__ import annotations

from importlib import import_module
from typing import Any

__version__ = "0.1.0"

_HOME_OF = {
    "exercise": "widgets.session",
    "today": "widgets.today",
    "past": "widgets.past",
    "review": "widgets.review",
    "doctor": "log.doctor",
    "report": "handouts.report",
    "Log": "log.log",
    "load_programme": "programme.models",
    "reminders": "handouts.reminders",
    "records": "widgets.records",
}
_MODULES = ("adherence", "charts")

__all__ = [
    "Log",
    "adherence",
    "charts",
    "doctor",
    "exercise",
    "load_programme",
    "past",
    "records",
    "reminders",
    "report",
    "review",
    "today",
]


def __getattr__(name: str) -> Any:
    if name in _MODULES:
        return import_module(f"{__name__}.{name}")
    if name in _HOME_OF:
        return getattr(import_module(f"{__name__}.{_HOME_OF[name]}"), name)
    msg = f"module {__name__!r} has no attribute {name!r}"
    raise AttributeError(msg)


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
