"""What the tests of charts share: strictness, and eyes for a drawing."""

import warnings

import matplotlib as mpl
import pytest

mpl.use("Agg")

from matplotlib import pyplot as plt


@pytest.fixture(autouse=True)
def strict_and_closed():
    """Any warning is an error, global settings stay as they were, and figures are closed."""
    before = dict(mpl.rcParams)
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        yield
    assert dict(mpl.rcParams) == before
    plt.close("all")


@pytest.fixture
def drawn():
    """Return what draws the figure of an Axes, and counts the marks under each gid."""

    def draw(ax):
        ax.figure.canvas.draw()
        return {c.get_gid(): len(c.get_offsets()) for c in ax.collections if c.get_gid()}

    return draw


@pytest.fixture
def texts():
    """Return what lists the texts of an Axes, all or those of a gid."""

    def of(ax, gid=None):
        legend = ax.get_legend()
        found = [*ax.texts, *(legend.get_texts() if legend and not gid else [])]
        return [text.get_text() for text in found if gid in (None, text.get_gid())]

    return of
