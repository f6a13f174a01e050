"""The browser half of a widget: its files put together, and what all our widgets share."""

from __future__ import annotations

from pathlib import Path

import anywidget
import traitlets

_STATIC = Path(__file__).parent / "static"


def files(*names: str) -> str:
    """Join files of `static/` into the one text that anywidget loads for a widget.

    A module loaded by anywidget comes from a blob and cannot import its neighbours; to join
    them here is all the bundling there is.
    """
    return "\n".join((_STATIC / name).read_text(encoding="utf-8") for name in names)


class PageWidget(anywidget.AnyWidget):
    """A widget of a session; `session` is the name under which its parts know each other.

    `gate` is "ask" until the warning signs were answered, then "open" or "shut". It and all
    that changes while a set runs belongs to the page: no echo is wanted from the kernel, which
    may be busy and would bring old values back.
    """

    session = traitlets.Unicode().tag(sync=True)
    gate = traitlets.Unicode("ask").tag(sync=True, echo_update=False)
