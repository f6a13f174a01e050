"""The browser half of a widget: its files put together, and what all our widgets share."""

from __future__ import annotations

import re
from pathlib import Path

import anywidget
import traitlets

_STATIC = Path(__file__).parent / "static"


# What only a reader needs would travel to the page with every widget: comments and indentation;
# then line ends after an opening or before a closing bracket, unless the line holds an address;
# then the spaces around signs that stand in no sentence.
_FOR_READERS = (
    (re.compile(r"(?<=[;,{)]) +// .*$", re.MULTILINE), ""),
    (re.compile(r"^\s*((//|/?\*).*)?\n|^[ \t]+", re.MULTILINE), ""),
    (re.compile(r"^((?!.*//).*[\[({,;])\n", re.MULTILINE), r"\1"),
    (re.compile(r"^((?!.*//).*)\n(?=[\])}.?:])", re.MULTILINE), r"\1"),
    (re.compile(r",(?=[\])}])"), ""),
)
_IN_SCRIPTS = (
    (re.compile(r" (=>|[!=]==|&&|\|\||\?\?|[+-]?=|[<>]=?|[*?:]|[+-](?![+-])) "), r"\1"),
    (re.compile(r"(?<=\{) | (?=\})|(?<=[)\]],) |(?<=\)) (?=\{)"), ""),
    (re.compile(r"\b(if|for|catch|switch) (?=\()"), r"\1"),
    (re.compile(r"""([{,]\w+|"): (?=\S)"""), r"\1:"),
    (re.compile(r'(?<="), (?=[\w"`{(.])'), ","),
)
_IN_STYLES = (
    (re.compile(r";?\s*([{}>])\s*"), r"\1"),
    (re.compile(r"([:;,])\s+"), r"\1"),
    (re.compile(r"(?<![\w.])0\."), "."),
)


def files(*names: str) -> str:
    """Join files of `static/` into the one text that anywidget loads for a widget.

    A module loaded by anywidget comes from a blob and cannot import its neighbours; to join
    them here, without what is only for their readers, is all the bundling there is.
    """
    whole = "\n".join((_STATIC / name).read_text(encoding="utf-8") for name in names)
    of_kind = _IN_STYLES if names[0].endswith(".css") else _IN_SCRIPTS
    for pattern, instead in (*_FOR_READERS, *of_kind):
        whole = pattern.sub(instead, whole)
    return whole


class PageWidget(anywidget.AnyWidget):
    """A widget of a session; `session` is the name under which its parts know each other.

    `gate` is "ask" until the warning signs were answered, then "open" or "shut". It and all
    that changes while a set runs belongs to the page: no echo is wanted from the kernel, which
    may be busy and would bring old values back.
    """

    session = traitlets.Unicode().tag(sync=True)
    gate = traitlets.Unicode("ask").tag(sync=True, echo_update=False)
