"""The paper that the charts are drawn on: its settings, its colours, its figure and its type.

A light card with round corners on a transparent figure looks the same on a light and on a dark
page and in print.
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

# Settings of the machine, not of the looks. To read `date.epoch` would fix it for the person.
_NO_LOOKS = (
    "backend", "date.epoch", "docstring", "figure.max_open_warning", "figure.raise_window",
    "interactive", "keymap", "macosx", "pdf", "pgf", "ps", "savefig.directory", "savefig.format",
    "svg", "tk", "toolbar", "webagg",
)  # fmt: skip
_DEFAULTS: dict[Any, Any] = {
    key: value for key, value in mpl.rcParamsDefault.items() if not key.startswith(_NO_LOOKS)
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
    """A transparent figure with a card on it, which keeps what its charts say in words."""

    # IPython renders a figure when the cell has ended, and would do so in the person's settings.
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
        # No picture here, IPython draws it; only what an exported page takes for its `alt`.
        return {}, {"image/png": {"alt": " ".join(" ".join(pair) for pair in self.said)}}


def new_figure(width: float, height: float, *, of_pyplot: bool = True) -> Figure:
    """Return a card of this size in inches; a notebook shows it if it is of pyplot."""
    if not of_pyplot:
        return CardFigure((width, height))
    from matplotlib import pyplot as plt  # 0.6 s: only when a figure is asked for

    return plt.figure(FigureClass=CardFigure, figsize=(width, height))


def size(ax: Axes) -> tuple[float, float]:
    """Return width and height of the Axes in inches."""
    figure = ax.get_figure(root=True)
    assert figure is not None
    box, (across, down) = ax.get_position(original=True), figure.get_size_inches()
    return float(box.width * across), float(box.height * down)


def write(ax: Axes, x: float, y: float, text: str, **style: Any) -> Text:
    """Write text as it stands: a $ or a % in it is a letter, not mathematics."""
    family = fonts.families(text) or fonts.preferred()
    look: dict[str, Any] = {
        "color": MUTED,
        "fontsize": 9.0,
        "fontfamily": family,
        "parse_math": False,
    }
    return ax.text(x, y, text, **(look | style))


def letter() -> float:
    """Return the average width of a letter in inches, for each point of its size."""
    return 0.0082 if fonts.preferred()[0] == fonts.DEJAVU else 0.0068


def letters(inches: float, points: float = 10) -> int:
    """Return how many letters of this size fit on a line, on average."""
    return max(int(inches / points / letter()), 12)


def columns(sign: str) -> int:
    """Return how many letters have the room of this one: two of a Chinese or Japanese one."""
    return 2 if unicodedata.east_asian_width(sign) in "WF" else 1


def lines_of(text: str, inches: float) -> list[str]:
    """Wrap a text to inches; a number is not parted from its %."""
    space, more = "\N{NO-BREAK SPACE}", "\0"  # marks for `wrap`: no end of a line; one more wide
    signs = text.replace(" %", f"{space}%")
    wrapped = textwrap.wrap(
        "".join(sign + more * (columns(sign) - 1) for sign in signs), letters(inches)
    )
    return [line.replace(f"{space}%", " %").replace(more, "") for line in wrapped]
