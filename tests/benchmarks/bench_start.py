"""Time the first widget of a fresh kernel, beside a bare `import ipywidgets` in another one.

Run by `python tests/benchmarks/bench_start.py`. Every line is the time from a cell's being sent
to the kernel until its answer, the empty cell's too; the parts run one after another in one
kernel. "empty widget" is the floor of anything that is one anywidget, as a session is: it takes
about 1.2 imports. A session takes about three times as long. Most of what is above the floor is
imports (pydantic a fifth, our own modules and kinds of message half); the rest is four TOML files
read, the log looked over, and the widget.
"""

from __future__ import annotations

import os
import subprocess

from invented import log_of
from jupyter_client.manager import KernelManager
from side_by_side import ONCE, ROUNDS, Way, folder, is_once, table, timed

N_SETS, N_DAYS = 1000, 365
FIRST = """
from backcare_widgets import exercise
exercise("lying-down")
"""
EMPTY = """
import anywidget
anywidget.AnyWidget()
"""
PARTS = {
    "import ipywidgets": "import ipywidgets",
    "  import anywidget": "import anywidget",
    "  import pydantic": "import pydantic",
    "  import the session and what it needs": """import datetime as dt
from backcare_widgets import Log, exercise, load_programme
from backcare_widgets.widgets.today import today_here""",
    "  load_programme()": "programme = load_programme()",
    "  first look into the log, quick_check": "log = Log.open(); log.sets_on(today_here(log))",
    "  the widget": 'exercise("lying-down", programme=programme, log=log)',
    "an empty cell": "pass",
    "the first set of a day, with backup": """log.add(
        exercise_id="lying-down", started_at=dt.datetime.now().astimezone(), duration_s=60,
        repetitions_done=5, repetitions_prescribed=5, outcome="done")""",
}


class Kernel:
    """A kernel, a fresh one when asked for."""

    def __init__(self) -> None:
        self._manager: KernelManager | None = None

    def fresh(self) -> None:
        """Start one in place of the one before, and wait until it answers."""
        self.end()
        self._manager = KernelManager()
        self._manager.start_kernel(stderr=subprocess.DEVNULL)  # it warns of its own ports
        self._client = self._manager.blocking_client()
        self._client.start_channels()
        self._client.wait_for_ready(timeout=60)
        self.run("pass")

    def run(self, cell: str) -> None:
        """Run a cell to its end."""
        reply = self._client.execute(cell, reply=True, timeout=60)
        assert reply["content"]["status"] == "ok", reply["content"]

    def end(self) -> None:
        """Leave nothing running."""
        if self._manager is not None:
            self._client.stop_channels()
            self._manager.shutdown_kernel(now=True)
            self._manager = None

    def cell(self, cell: str, *, fresh: bool = False) -> Way:
        """Make a way of a cell; in a fresh kernel, or in the one that ran the cell before."""
        way = timed(lambda: self.run(cell))

        def started() -> float:
            self.fresh()
            return way()

        return started if fresh else way


def main(*, once: bool) -> None:
    """Print the table."""
    kernel = Kernel()
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)  # other packages were compiled when installed
    with folder() as here:
        log_of(here / "log.sqlite3", *((10, 10) if once else (N_SETS, N_DAYS)))
        os.environ["BACKCARE_LOG"] = str(here / "log.sqlite3")
        os.environ["BACKCARE_BACKUPS"] = str(here / "backups")
        parts = {name: kernel.cell(cell) for name, cell in PARTS.items()}
        parts["import ipywidgets"] = kernel.cell(PARTS["import ipywidgets"], fresh=True)
        ways = {
            "first widget": kernel.cell(FIRST, fresh=True),
            "empty widget": kernel.cell(EMPTY, fresh=True),
        }
        try:
            floors, rounds = ["import ipywidgets", "empty widget"], ONCE if once else ROUNDS
            table("in a kernel", ways | parts, floors, rounds)
        finally:
            kernel.end()


if __name__ == "__main__":
    main(once=is_once(__doc__))
