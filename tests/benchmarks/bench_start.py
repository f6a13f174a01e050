"""Time the first widget of a fresh kernel, beside a bare `import ipywidgets` in another one.

Run by `python tests/benchmarks/bench_start.py`. Every line is the time from a cell's being sent
to the kernel until its answer; what follows "of which" is run cell by cell in one kernel.
"""

from __future__ import annotations

import os

from invented import log_of
from jupyter_client.manager import KernelManager
from side_by_side import Way, folder, table, timed

N_SETS, N_DAYS = 1000, 365
PARTS = {
    "import ipywidgets": "import ipywidgets",
    "  then anywidget": "import anywidget",
    "  then the session and what it needs": "from backcare_widgets.session import *",
    "  load_programme()": "from backcare_widgets import load_programme; load_programme()",
    "  first look into the log": "from backcare_widgets import Log; Log.open().sets_on(today_here())",
    "  the widgets": 'exercise("lying-down")',
    "  (first set of the day, with backup)": "Log.open().add(exercise_id='lying-down', started_at="
    "dt.datetime.now().astimezone(), duration_s=60, repetitions_done=5, repetitions_prescribed=5,"
    " outcome='done')",
}
# Of no use to anybody, but as many widgets with as many links as a session has.
BARE = """
import anywidget, ipywidgets
empty = [anywidget.AnyWidget() for _ in range(8)]
links = [ipywidgets.jsdlink((empty[0], "tooltip"), (each, "tooltip")) for each in empty[1:]]
ipywidgets.VBox(empty)
"""
CELL = 'from backcare_widgets import exercise\nexercise("lying-down")'


class Kernel:
    """A kernel, a fresh one when asked for."""

    def __init__(self) -> None:
        self._manager: KernelManager | None = None

    def fresh(self) -> None:
        """Start one in place of the one before, and wait until it answers."""
        self.end()
        self._manager = KernelManager()
        self._manager.start_kernel()
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

    def cell(self, cell: str, *, fresh: bool) -> Way:
        """Make a way of a cell; in a fresh kernel, or in the one that ran the cell before."""
        way = timed(lambda: self.run(cell))

        def started() -> float:
            self.fresh()
            return way()

        return started if fresh else way


def main() -> None:
    """Print the table."""
    kernel = Kernel()
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)  # other packages were compiled when installed
    with folder() as here:
        log_of(here / "log.sqlite3", N_SETS, N_DAYS)
        os.environ["BACKCARE_LOG"] = str(here / "log.sqlite3")
        os.environ["BACKCARE_BACKUPS"] = str(here / "backups")
        ways = {
            "first widget": kernel.cell(CELL, fresh=True),
            "eight empty widgets": kernel.cell(BARE, fresh=True),
        }
        for i, (name, cell) in enumerate(PARTS.items()):
            ways[name] = kernel.cell(cell, fresh=not i)
        try:
            table("in a fresh kernel", ways, ["import ipywidgets", "eight empty widgets"])
        finally:
            kernel.end()


if __name__ == "__main__":
    main()
