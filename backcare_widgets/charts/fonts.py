"""The fonts of the charts: a calm one of this machine, and another for letters that it lacks."""

from functools import cache

from matplotlib import font_manager
from matplotlib.ft2font import FT2Font

DEJAVU = "DejaVu Sans"  # comes with matplotlib
_LIKED = ("Inter", "Source Sans 3", "Segoe UI", "Helvetica Neue", "Arial", "Liberation Sans")


@cache
def preferred() -> list[str]:
    """Return the preferred installed font, with DejaVu Sans as the fallback."""
    installed = {font.name for font in font_manager.fontManager.ttflist}
    return [*[name for name in _LIKED if name in installed][:1], DEJAVU]


def families(text: str) -> list[str] | None:
    """Return the fonts to write a text in, or None if this machine lacks one of its letters."""
    if text.isascii():
        return preferred()[:1]  # each text is slower with a fallback
    missing = {ord(letter) for letter in text if not letter.isspace()} - _letters()
    if not missing:
        return preferred()
    # With the number of fonts, so that one added later is found.
    other = _font_with(frozenset(missing), len(font_manager.fontManager.ttflist))
    return [*preferred(), other] if other else None


@cache
def _letters() -> frozenset[int]:
    files = [font_manager.findfont(name) for name in preferred()]
    return frozenset().union(*(FT2Font(file).get_charmap() for file in files))


@cache
def _font_with(letters: frozenset[int], _n_fonts: int) -> str | None:
    """Return the plainest font with all of these letters; to open every font takes a moment."""
    manager = font_manager.fontManager

    def fancy(font: font_manager.FontEntry) -> tuple[float, str]:
        style = manager.score_style("normal", font.style)
        return style + manager.score_weight(400, font.weight), font.name

    for font in sorted(manager.ttflist, key=fancy):
        if "LastResort" in font.fname:  # a box for every letter there is
            continue
        try:
            file = FT2Font(font.fname)
        except (OSError, RuntimeError):  # removed since, or a font of pictures
            continue
        if file.scalable and all(map(file.get_char_index, letters)):
            return font.name
    return None
