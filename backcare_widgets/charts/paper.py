"""The paper that the charts are drawn on: its colours, its type, the heading of a chart.

A light card with round corners on a transparent figure, so that it looks the same on a light
and on a dark page and in print. No rcParams are touched; all text from data is cleaned.
"""

from __future__ import annotations

import textwrap
from functools import cache
from typing import Any

from matplotlib import font_manager
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import FancyBboxPatch
from matplotlib.text import Text
from matplotlib.transforms import ScaledTranslation

from ..words import SAMPLE

PAPER = "#FBFAF6"
INK = "#22303A"
MUTED = "#5B6770"  # 5.6 : 1 on the paper
LINE = "#7D8890"  # 3.4 : 1, for marks that mean something
HAIRLINE = "#DDDBD3"
# One hue, from light to dark: the order survives colour blindness and a grey printer. A copier that
# knows black and white only takes what is darker than a middle grey (150 of 255) for black.
PALE, MIDDLE, DEEP = "#DCE9E6", "#5E9E96", "#17645F"

MARGIN = 0.5  # inches, from the edge of the card to what is on it
LINE_OF_SENTENCE = 0.202  # inches


@cache
def fonts() -> list[str]:
    """Give the calmest type that this machine has, and one that has every letter."""
    known = {font.name for font in font_manager.fontManager.ttflist}
    liked = ("Inter", "Source Sans 3", "Segoe UI", "Helvetica Neue", "Arial", "Liberation Sans")
    return [*[name for name in liked if name in known][:1], "DejaVu Sans"]


def write(ax: Axes, x: float, y: float, text: str, **style: Any) -> Text:
    """Write text as it stands: a $ or a % in it is a letter, not mathematics."""
    look: dict[str, Any] = {
        "color": MUTED,
        "fontsize": 9.0,
        # A type to fall back on costs time at every text; plain letters need none.
        "fontfamily": fonts()[:1] if text.isascii() else fonts(),
        "parse_math": False,
    } | style
    return ax.text(x, y, text, **look)


class CardFigure(Figure):
    """A figure that tells its headings and sentences to whoever does not see it."""

    @classmethod
    def of_size(cls, width: float, height: float) -> CardFigure:
        """Make a figure in inches with the card on it, of which pyplot knows nothing."""
        figure = cls(figsize=(width, height), facecolor="none")
        _put_card(figure)
        return figure

    def said(self) -> list[tuple[str, str]]:
        """Give the title and the sentence of every chart on it, from top to bottom."""
        said = {"title": [""] * len(self.axes), "sentence": [""] * len(self.axes)}
        for i, ax in enumerate(self.axes):
            for text in ax.texts:
                if (name := text.get_gid() or "") in said:
                    said[name][i] = " ".join(text.get_text().split())
        return list(zip(said["title"], said["sentence"], strict=True))

    def words(self) -> str:
        """Give all that `said` gives as one text."""
        return " ".join(" ".join(pair) for pair in self.said()).strip()

    def _repr_mimebundle_(self, **_kwargs: Any) -> tuple[dict[str, Any], dict[str, Any]]:
        # No picture here, IPython draws it; only what an exported page takes for its `alt`.
        return {}, {"image/png": {"alt": self.words()}}


def new_figure(width: float, height: float) -> Figure:
    """Make a figure of pyplot, in inches, so that a notebook shows it, with the card on it."""
    from matplotlib import pyplot as plt  # 0.6 s: only when a figure is asked for

    figure = plt.figure(FigureClass=CardFigure, figsize=(width, height), facecolor="none")
    _put_card(figure)
    return figure


def _put_card(figure: Figure) -> None:
    width, height = figure.get_size_inches()
    edge, corner = 0.05, 0.16
    card = FancyBboxPatch(
        (edge + corner, edge + corner),
        width - 2 * (edge + corner),
        height - 2 * (edge + corner),
        boxstyle=f"round,pad={corner}",
        transform=figure.dpi_scale_trans,
        facecolor=PAPER,
        edgecolor=HAIRLINE,
        linewidth=0.8,
        zorder=-1,
    )
    figure.add_artist(card)


def add_axes(figure: Figure, left: float, top: float, width: float, height: float) -> Axes:
    """Add Axes to a figure; inches from its top left corner."""
    across, down = figure.get_size_inches()
    box = (left / across, 1 - (top + height) / down, width / across, height / down)
    return figure.add_axes(box, facecolor=PAPER)


def size(ax: Axes) -> tuple[float, float]:
    """Give width and height of the Axes in inches."""
    figure = ax.get_figure(root=True)
    assert figure is not None
    box, (across, down) = ax.get_position(original=True), figure.get_size_inches()
    return float(box.width * across), float(box.height * down)


def letters(inches: float, points: float = 10) -> int:
    """Tell how many letters of this size fit on a line, on average."""
    return max(int(inches / points / (0.0082 if fonts()[0] == "DejaVu Sans" else 0.0068)), 12)


def heading_height(sentence: str, width: float) -> float:
    """Give the inches that a title with this sentence takes above its Axes."""
    return 0.5 + LINE_OF_SENTENCE * len(_lines(sentence, width))


def _lines(sentence: str, width: float) -> list[str]:
    """Wrap a sentence to inches; a number is not parted from its %."""
    wrapped = textwrap.wrap(sentence.replace(" %", "\N{NO-BREAK SPACE}%"), letters(width))
    return [line.replace("\N{NO-BREAK SPACE}%", " %") for line in wrapped]


def heading(ax: Axes, title: str, sentence: str, *, is_sample: bool, left: float = 0.0) -> None:
    """Write title and sentence above the Axes, beginning `left` inches to the left of them."""
    width = size(ax)[0] + left
    lines = _lines(sentence, width)
    inches = ax.get_figure(root=True).dpi_scale_trans  # type: ignore[union-attr]

    def above(x: float, points: float, text: str, from_left: float, **style: Any) -> None:
        place = ax.transAxes + ScaledTranslation(from_left, points / 72, inches)
        write(ax, x, 1, text, transform=place, va="bottom", **style)

    above(0, 12, "\n".join(lines), -left, fontsize=10, linespacing=1.45, gid="sentence")
    points = 16 + 72 * LINE_OF_SENTENCE * len(lines)
    big: dict[str, Any] = {"color": INK, "weight": "bold"}
    above(0, points, title, -left, fontsize=13, gid="title", **big)
    if is_sample:
        # Beside the title where there is room, else above it.
        room = (0.09 * len(title) + 1.6) * (1.25 if fonts()[0] == "DejaVu Sans" else 1)
        points += 2 if width > room else 24
        box = {"boxstyle": "round,pad=0.35", "facecolor": "#FFF1C9", "edgecolor": "#8A6D1D"}
        above(1, points, SAMPLE, -3 / 72, fontsize=8.5, ha="right", gid="sample", bbox=box, **big)
