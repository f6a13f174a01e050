"""The type that the report is set in: its files, and the signs that it has."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import matplotlib as mpl
from fontTools.ttLib import TTFont
from fpdf import FPDF
from fpdf.fonts import TTFFont

FONT = "DejaVu Sans"
NO_SIGN = "□"
NO_SIGN_SAID = f"{NO_SIGN} stands for a sign that the type of this page does not have."


def add_type(pdf: FPDF) -> None:
    """Let a PDF use it, bold and not; until `close_type` its files are open."""
    for style in ("", "B"):
        pdf.add_font(FONT, style, _file(style))


def close_type(pdf: FPDF) -> None:
    """Close its files, which fpdf2 needs until `output` and never closes."""
    for font in pdf.fonts.values():
        if isinstance(font, TTFFont):
            font.ttfont.close()


def printable(text: str) -> str:
    """Put `NO_SIGN` for each sign that the type does not have."""
    known = _signs()
    return "".join(c if ord(c) in known else NO_SIGN for c in text)


def _file(style: str) -> Path:
    """Give the file of a type that every matplotlib brings along."""
    name = f"DejaVuSans{'-Bold' if style else ''}.ttf"
    return Path(mpl.get_data_path()) / "fonts" / "ttf" / name


@cache
def _signs() -> frozenset[int]:
    """Give what the type has, bold and not."""
    with TTFont(_file("")) as regular, TTFont(_file("B")) as bold:
        return frozenset(regular.getBestCmap()) & frozenset(bold.getBestCmap())
