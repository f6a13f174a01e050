"""Time the dashboard of one year, beside the same figure with bare axes, and chart by chart.

Run by `python tests/benchmarks/bench_dashboard.py`. "bare axes" have the same places, scales and
ticks. Two thousand letters stand on a dashboard and alone take several times as long, so it cannot
come near them; "axes and words" has the letters too, and beside that ours stays below 1.5.
"""

from __future__ import annotations

from collections.abc import Callable

from drawing import drawn, words_of
from invented import NOW, log_of
from matplotlib import pyplot as plt
from matplotlib.axes import Axes
from side_by_side import ONCE, ROUNDS, folder, is_once, table

from backcare_widgets import adherence, charts, load_programme

N_SETS, N_DAYS = 1000, 365


def floors(axes: tuple[Axes, ...]) -> dict[str, Callable[[], object]]:
    """Return the same Axes with their ticks and nothing else, and these with the same words."""
    size, write = axes[0].figure.get_size_inches(), words_of(axes[0].figure)
    spec = [
        {
            "place": ax.get_position(original=True).bounds,
            "is_on": ax.axison,
            "limits": {"xlim": ax.get_xlim(), "ylim": ax.get_ylim()},
            "x": (ax.get_xticks(), [tick.get_text() for tick in ax.get_xticklabels()]),
            "y": (ax.get_yticks(), [tick.get_text() for tick in ax.get_yticklabels()]),
        }
        for ax in axes
    ]
    plt.close("all")

    def draw() -> None:
        figure = plt.figure(figsize=size)
        for one in spec:
            ax = figure.add_axes(one["place"])
            if one["is_on"]:
                ax.set(**one["limits"])
                ax.set_xticks(*one["x"])
                ax.set_yticks(*one["y"])
            else:
                ax.set_axis_off()

    return {"bare axes": draw, "axes and words": lambda: (draw(), write())}


def main(*, once: bool) -> None:
    """Print the table."""
    programme = load_programme()
    n_sets, n_days = (100, 60) if once else (N_SETS, N_DAYS)
    with folder() as here:
        entries = log_of(here / "log.sqlite3", n_sets, n_days).frame()
    daily = adherence.daily(entries, programme, today=NOW.date())
    bare = floors(charts.dashboard(daily, entries))
    draws = bare | {
        "ours": lambda: charts.dashboard(daily, entries),
        "  calendar alone": lambda: charts.calendar(daily),
        "  trend alone": lambda: charts.trend(daily),
        "  by_exercise alone": lambda: charts.by_exercise(daily),
        "  times alone": lambda: charts.times(daily),
        "  pain alone": lambda: charts.pain(entries),
        "  stops alone": lambda: charts.stops(daily, entries),
    }
    ways = {name: drawn(draw) for name, draw in draws.items()}
    table(f"dashboard of {n_days} days", ways, list(bare), ONCE if once else ROUNDS)


if __name__ == "__main__":
    main(once=is_once(__doc__))
