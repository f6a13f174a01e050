"""The paper that charts are drawn on: settings, colours, the card, and text measured in inches.

A light card on a transparent figure looks the same on a light page, on a dark one and in print.
"""

import textwrap
import threading
import unicodedata
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import matplotlib as mpl
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import FancyBboxPatch
from matplotlib.text import Text

from . import fonts

PAPER = "#FBFAF6"
INK = "#22303A"
MUTED = "#5B6770"  # 5.6 : 1 on the paper
LINE = "#7D8890"  # 3.4 : 1, for marks that mean something
HAIRLINE = "#DDDBD3"
# One hue, from light to dark: the order survives colour blindness and a grey printer. A copier that
# knows black and white only takes what is darker than a middle grey (150 of 255) for black.
PALE, MIDDLE, DEEP = "#DCE9E6", "#5E9E96", "#17645F"

MARGIN = 0.5  # inches, from the edge of the card to what is on it
INSIDE = 9.0  # inches across a card, without its margins

# What the host needs, and files that the person saves; drawing would fix `date.epoch` for good.
_NOT_LOOKS = (
    "backend", "date.epoch", "figure.max_open_warning", "figure.raise_window", "interactive",
    "pdf", "pgf", "ps", "savefig.directory", "savefig.format", "svg", "toolbar",
)  # fmt: skip
_DEFAULTS: dict[Any, Any] = {
    key: value for key, value in mpl.rcParamsDefault.items() if not key.startswith(_NOT_LOOKS)
}
_TURN = threading.RLock()


@contextmanager
def default_settings() -> Iterator[None]:
    """Hold matplotlib's defaults, whatever the person has set, while a chart is made or rendered.

    The settings belong to the whole process, also to plots that the person draws meanwhile on
    another thread. So charts take turns, only what differs is changed (usually nothing), and what
    somebody else has changed since is not put back, as `matplotlib.rc_context` would.
    """
    with _TURN:
        rc = mpl.rcParams
        theirs = {key: rc[key] for key, default in _DEFAULTS.items() if rc[key] != default}
        rc.update({key: _DEFAULTS[key] for key in theirs})
        try:
            yield
        finally:
            rc.update({key: old for key, old in theirs.items() if rc[key] == _DEFAULTS[key]})


class CardFigure(Figure):
    """A transparent figure with a card on it, which can say in words what it shows."""

    # IPython renders a figure after its cell has ended, and would use the person's settings.
    draw = default_settings()(Figure.draw)
    savefig = default_settings()(Figure.savefig)

    def __init__(self, figsize: tuple[float, float], **options: Any) -> None:
        super().__init__(figsize, **(options | {"facecolor": "none"}))
        self.said: list[tuple[str, str]] = []  # title and sentence of each chart
        inset, corner = 0.21, 0.16
        card = FancyBboxPatch(
            (inset, inset), figsize[0] - 2 * inset, figsize[1] - 2 * inset, f"round,pad={corner}",
            transform=self.dpi_scale_trans, facecolor=PAPER, edgecolor=HAIRLINE, linewidth=0.8,
            zorder=-1,
        )  # fmt: skip
        self.add_artist(card)

    def _repr_mimebundle_(self, **_asked: object) -> tuple[dict[str, object], dict[str, object]]:
        # No picture: IPython draws it. An exported page takes this for its `alt`.
        return {}, {"image/png": {"alt": " ".join(" ".join(pair) for pair in self.said)}}


def new_figure(figsize: tuple[float, float]) -> Figure:
    """Return a card of this size in inches that pyplot knows, so that a notebook shows it."""
    from matplotlib import pyplot as plt  # 0.6 s: only when a figure is asked for

    return plt.figure(FigureClass=CardFigure, figsize=figsize)


def size(ax: Axes) -> tuple[float, float]:
    """Return width and height of the Axes in inches."""
    figure = ax.get_figure(root=True)
    assert figure is not None
    box, (across, down) = ax.get_position(original=True), figure.get_size_inches()
    return float(box.width * across), float(box.height * down)


def write(ax: Axes, x: float, y: float, text: str, **style: Any) -> Text:
    """Write text as it stands: a $ or a % in it is a letter, not mathematics."""
    look: dict[str, Any] = {"color": MUTED, "fontsize": 9.0, "parse_math": False}
    look["fontfamily"] = fonts.families(text) or fonts.preferred()
    return ax.text(x, y, text, **(look | style))


def letter_width() -> float:
    """Return the average width of a letter, in inches per point of its size."""
    return 0.0082 if fonts.preferred()[0] == fonts.DEJAVU else 0.0068


def letters(inches: float, points: float = 10) -> int:
    """Return how many letters of this size fit on a line, on average."""
    return max(int(inches / points / letter_width()), 12)


def columns(sign: str) -> int:
    """Return how many ordinary letters are as wide: 2 for a Chinese or Japanese one, else 1."""
    return 2 if unicodedata.east_asian_width(sign) in "WF" else 1


def lines_of(text: str, inches: float) -> list[str]:
    """Wrap text to inches; a number keeps its % beside it."""
    kept = text.replace(" %", "\N{NO-BREAK SPACE}%")
    # `wrap` counts letters: a NUL beside a wide one makes it count twice.
    marked = "".join(sign + "\0" * (columns(sign) - 1) for sign in kept)
    lines = textwrap.wrap(marked, letters(inches))
    return [line.replace("\N{NO-BREAK SPACE}%", " %").replace("\0", "") for line in lines]
