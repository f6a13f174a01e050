"""The report as a tagged PDF of one A4 page, drawn by typst from `report.typ`."""

from __future__ import annotations

import json
from collections.abc import Collection
from dataclasses import asdict, replace
from pathlib import Path
from typing import cast

import matplotlib as mpl
import typst
from matplotlib.ft2font import FT2Font

from .content import Facts

TEMPLATE = Path(__file__).with_name("report.typ")
FONT = "DejaVu Sans"  # every matplotlib brings it along, so that a bare machine needs none
FONTS = Path(mpl.get_data_path()) / "fonts" / "ttf"
NO_SIGN = "□"


def draw(facts: Facts) -> tuple[bytes, Facts]:
    """Return the page as a PDF (PDF/UA-1), and the facts less the notes that have no room on it."""
    values = json.dumps(asdict(facts), ensure_ascii=False)
    lacking = set(values) - (
        _signs(FONTS / "DejaVuSans.ttf") & _signs(FONTS / "DejaVuSans-Bold.ttf")
    )
    families, found = _of_machine(lacking) if lacking else ([], set())
    try:
        pdf, n, points = _compiled(values, families, lacking - found)
    except typst.TypstError:
        # A font may have a letter in bold only, and typst then not find it for other text.
        pdf, n, points = _compiled(values, [], lacking)
    n_left_out = facts.notes_left_out + len(facts.notes) - n
    return pdf, replace(facts, notes=facts.notes[:n], notes_left_out=n_left_out, points=points)


def _compiled(
    values: str, families: list[str], lacking: Collection[str]
) -> tuple[bytes, int, float]:
    """Return the PDF, how many notes have room in it, and the size of its text."""
    text = values.translate({ord(c): NO_SIGN for c in lacking})
    fonts = {"families": [FONT, *families], "has_all": not lacking}
    compiler = typst.Compiler(
        TEMPLATE,
        font_paths=typst.Fonts(
            include_system_fonts=bool(families), include_embedded_fonts=False, font_paths=[FONTS]
        ),
        sys_inputs={"facts": text, "fonts": json.dumps(fonts)},
    )
    pdf = cast("bytes", compiler.compile(format="pdf", pdf_standards="ua-1"))
    room = json.loads(compiler.query("<room>", field="value", one=True))
    return pdf, room["notes"], room["points"]


def _signs(font: str | Path) -> set[str]:
    return set(map(chr, FT2Font(str(font)).get_charmap()))


def _of_machine(lacking: set[str]) -> tuple[list[str], set[str]]:
    """Return families of fonts on this machine, and which of the lacking signs they have."""
    fonts = [
        font
        for font in typst.Fonts(include_embedded_fonts=False).fonts()
        # The font of last resort has a box for every sign.
        if font.path and "lastresort" not in font.family.replace(" ", "").lower()
    ]
    fonts.sort(key=lambda font: (font.style != "normal", abs(font.weight - 400), font.path))
    families: dict[str, None] = {}
    found: set[str] = set()
    for font in fonts:
        if lacking <= found:
            break
        try:
            more = _signs(str(font.path)) & lacking - found
        except (OSError, RuntimeError):  # a kind of font that matplotlib cannot open
            continue
        if more:
            families[font.family] = None
            found |= more
    return list(families), found
