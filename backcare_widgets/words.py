"""Words that more than one part of the workbook says, and text from data made fit to be shown."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence

SAMPLE = "SAMPLE – not your data"


def plain(text: object, longest: int = 70) -> str:
    """Return text from data as one short line without control or direction marks."""
    spaced = " ".join(str(text).split())
    seen = "".join(c for c in spaced[: 4 * longest] if unicodedata.category(c)[0] != "C")
    return seen if len(seen) <= longest else seen[: longest - 1].rstrip() + "…"


def count(number: float, noun: str = "") -> str:
    """Return a number with its noun, if any: "1 set", "2.5 sets", "3 marks of a day"."""
    shown = f"{number:.1f}".removesuffix(".0")
    if not noun:
        return shown
    head, of, rest = noun.partition(" of ")
    return f"{shown} {head}{'' if shown == '1' else 's'}{of}{rest}"


def listed(words: Sequence[str]) -> str:
    """Return words as a list in a sentence: "a, b and c"."""
    return " and ".join(filter(None, (", ".join(words[:-1]), *words[-1:])))


def shown(value: object) -> str:
    """Return a value as it can stand in a message: on one line, at most 60 characters."""
    try:
        words = " ".join(repr(value).split())
    except (RecursionError, ValueError):  # nested thousands deep; thousands of digits
        return "a value too long to be shown"
    return words if len(words) <= 60 else words[:57] + "…"
