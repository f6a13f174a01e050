"""Figures drawn for the benchmarks, and the floor under every figure with words on it.

Most of what it takes to draw a chart is to lay out and draw its letters, each hinted anew: so a
figure that has nothing but the same words stands beside the bare one.
"""

from __future__ import annotations

from collections.abc import Callable

import matplotlib as mpl

mpl.use("Agg")

from matplotlib import pyplot as plt
from matplotlib.figure import Figure
from side_by_side import Way, timed


def drawn(draw: Callable[[], object]) -> Way:
    """Make a way that draws a figure of pyplot and renders it."""

    def work() -> None:
        draw()
        plt.gcf().canvas.draw()

    way = timed(work, lambda: plt.close("all"))

    def with_own_settings() -> float:
        with plt.rc_context():  # july changes them for good
            return way()

    return with_own_settings


def words_of(figure: Figure) -> Callable[[], None]:
    """Return what writes the words of a figure, scales left out, on the current figure."""
    legends = [ax.get_legend() for ax in figure.axes if ax.get_legend()]
    texts = [text for ax in figure.axes for text in ax.texts]
    texts += [text for legend in legends for text in legend.get_texts()]
    figure.canvas.draw()
    to_figure = figure.transFigure.inverted()
    words = [
        (
            to_figure.transform(text.get_transform().transform(text.get_unitless_position())),
            text.get_text(),
            {
                "fontproperties": text.get_fontproperties(),
                "color": text.get_color(),
                "ha": text.get_ha(),
                "va": text.get_va(),
                "parse_math": False,
            },
        )
        for text in texts
    ]

    def write() -> None:
        for place, text, look in words:
            plt.gcf().text(*place, text, **look)

    return write
