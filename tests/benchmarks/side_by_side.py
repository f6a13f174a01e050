"""Ways of doing the same, timed in turn in one run, and printed as ratios to their floors.

What all benchmarks share. On another machine only the ratios mean something, and on a busy one
they need the turns: a slow moment then hits every way alike. With `--once` each only shows that it
runs, on little data and each way once; its numbers then mean nothing.
"""

from __future__ import annotations

import argparse
import gc
import operator
import statistics
import tempfile
import time
import warnings
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path

ROUNDS = 7
ONCE = 0  # rounds, when it is enough that each way can be gone
BUILD = Path(__file__).parents[2] / "build"
Way = Callable[[], float]  # does it once, and gives the milliseconds it took


def parser_of(doc: str) -> argparse.ArgumentParser:
    """Return what reads the command line of a benchmark, described by the docstring of its file."""
    parser = argparse.ArgumentParser(description=doc.splitlines()[0])
    parser.add_argument("--once", action="store_true", help="only show that it runs")
    return parser


def is_once(doc: str) -> bool:
    """Read from the command line whether it is enough that the benchmark runs."""
    return bool(parser_of(doc).parse_args().once)


class CannotError(Exception):
    """A way that cannot be gone here, and why."""


def timed(work: Callable[[], object], after: Callable[[], object] = lambda: None) -> Way:
    """Make a way of `work`; what it leaves behind is taken away by `after`, off the clock."""

    def way() -> float:
        gc.collect()
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            begun = time.perf_counter()
            work()
            taken = 1000 * (time.perf_counter() - begun)
        after()
        return taken

    return way


def side_by_side(
    ways: Mapping[str, Way], rounds: int = ROUNDS
) -> dict[str, list[float] | CannotError]:
    """Go every way once in each round, after one that warms up; of no rounds that one counts."""
    taken: dict[str, list[float] | CannotError] = {name: [] for name in ways}
    for _ in range(rounds + 1):
        for name, way in ways.items():
            times = taken[name]
            if isinstance(times, list):
                try:
                    times.append(way())
                except CannotError as why:
                    taken[name] = why
    return {n: t[1:] or t if isinstance(t, list) else t for n, t in taken.items()}


def table(what: str, ways: Mapping[str, Way], floors: Sequence[str], rounds: int = ROUNDS) -> None:
    """Print one line for each way, with a column for its ratio to each of the `floors`.

    The names of floors are those of ways; a ratio is the median of those of the rounds.
    """
    taken = side_by_side(ways, rounds)
    heads = "".join(f"{'x ' + floor:>{_wide(floor)}}" for floor in floors)
    print(f"\n{what:<42}{'best ms':>10}{'median ms':>11}{heads}")
    for name, times in taken.items():
        line = f"  {name:<40}"
        if isinstance(times, CannotError):
            print(f"{line}{'fails':>10}  {times}")
            continue
        line += f"{min(times):>10.2f}{statistics.median(times):>11.2f}"
        for floor in floors:
            ratio = statistics.median(map(operator.truediv, times, taken[floor]))
            line += f"{ratio:>{_wide(floor)}.2f}"
        print(line, flush=True)


def _wide(floor: str) -> int:
    return len(floor) + 5


@contextmanager
def folder() -> Iterator[Path]:
    """Give an empty folder on the disk that a log is on: /tmp may be no disk at all."""
    BUILD.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory(dir=BUILD) as path:
        yield Path(path)
