"""A private JupyterLab, and a notebook driven in it: what every browser test stands on."""

from __future__ import annotations

import contextlib
import json
import os
import signal
import subprocess
import sys
import time
import urllib.error
import urllib.request
import uuid
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from playwright.sync_api import Locator, Page
from ports import free_ports

CHROMIUM_ARGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
    "--autoplay-policy=user-gesture-required",
]
_SETTINGS = {
    "notebook-extension/tracker": {"windowingMode": "none"},
    "apputils-extension/notification": {"fetchNews": "false", "checkForUpdates": False},
}
_RUN = """([cell, wait]) => {
  const notebook = window.jupyterapp.shell.currentWidget.content;
  notebook.activeCellIndex = cell;
  notebook.deselectAll();
  const ran = window.jupyterapp.commands.execute("notebook:run-cell");
  return wait ? ran.then(() => null) : null;
}"""
_RUN_EVERYTHING = "window.jupyterapp.commands.execute('notebook:run-all-cells').then(() => null)"
_READY = "() => window.jupyterapp?.commands.hasCommand('notebook:run-cell')"
OPEN = (
    """(path) => window.jupyterapp.commands.execute("docmanager:open", {path}).then(() => null)"""
)
IDLE = """(path) => {
  const shell = window.jupyterapp.shell;
  const panel = [...shell.widgets("main")].find((widget) => widget.context?.path === path);
  if (panel && shell.currentWidget !== panel) shell.activateById(panel.id); // not the launcher
  return shell.currentWidget === panel && panel?.content.widgets.length
    && panel.sessionContext.session?.kernel?.status === "idle";
}"""
_CLOSE = """() => {
  for (const widget of [...(window.jupyterapp?.shell.widgets("main") ?? [])]) widget.dispose();
}"""


def until(condition: Callable[[], Any], why: str, seconds: float = 20) -> Any:
    """Give the first true answer of `condition`; fail when time is up."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if answer := condition():
            return answer
        time.sleep(0.02)
    raise AssertionError(f"waited {seconds} s: {why}")


@dataclass
class Server:
    """A JupyterLab of our own: `root` is what it serves, `url` where; it may die and come back."""

    url: str
    root: Path
    command: list[str]
    env: dict[str, str]
    process: subprocess.Popen | None = None

    def start(self) -> None:
        """Start it, at its address and in its folders, and wait until it answers."""
        said = self.root.parent / "lab.log"

        def answers() -> bool:
            assert self.process.poll() is None, f"JupyterLab ended: {said.read_text()}"
            with contextlib.suppress(urllib.error.URLError, OSError):
                self.ask("status")
                return True
            return False

        with said.open("a") as output:
            self.process = subprocess.Popen(
                self.command, env=self.env, cwd=self.root, stdout=output, stderr=subprocess.STDOUT
            )
        until(answers, "JupyterLab did not start", 60)

    def signal(self, number: int) -> None:
        """Send it a signal: SIGSTOP and SIGCONT for one that hangs, SIGKILL for one that dies."""
        self.process.send_signal(number)
        if number == signal.SIGKILL:
            self.process.wait(30)

    def ask(self, path: str, method: str = "GET") -> Any:
        """Call the REST API."""
        request = urllib.request.Request(f"{self.url}/api/{path}", method=method)
        with urllib.request.urlopen(request, timeout=30) as answer:
            body = answer.read()
        return json.loads(body) if body else None

    def end_kernels(self) -> None:
        """Shut every kernel down, so that two cores are enough."""
        for session in self.ask("sessions"):
            self.ask(f"sessions/{session['id']}", "DELETE")


@contextlib.contextmanager
def serving(base: Path, app: str = "jupyterlab") -> Iterator[Server]:
    """Run a JupyterLab, or a "notebook", its folders under `base`: loopback only, no token."""
    folders = {
        "JUPYTER_CONFIG_DIR": base / "config",
        "JUPYTER_DATA_DIR": base / "data",
        "JUPYTER_RUNTIME_DIR": base / "runtime",
        "JUPYTERLAB_SETTINGS_DIR": base / "settings",
        "JUPYTERLAB_WORKSPACES_DIR": base / "workspaces",
        "IPYTHONDIR": base / "ipython",
        "BACKCARE_BACKUPS": base / "backups",
    }
    root = base / "work"
    for folder in (root, *folders.values()):
        folder.mkdir(parents=True)
    for name, setting in _SETTINGS.items():
        file = base / "settings" / "@jupyterlab" / f"{name}.jupyterlab-settings"
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(json.dumps(setting))
    kept = {k: v for k, v in os.environ.items() if not k.startswith(("JUPYTER", "PYTHONWARNINGS"))}
    env = kept | {k: str(v) for k, v in folders.items()} | {"BACKCARE_LOG": str(root / "log")}
    [port] = free_ports(1)
    ours = {"jupyterlab": "LabApp", "notebook": "JupyterNotebookApp"}[app]
    never = "jupyterlab.handlers.announcements.NeverCheckForUpdate"
    command = [
        *(sys.executable, "-m", app, "--no-browser", "--allow-root", "--ip=127.0.0.1"),
        *(f"--port={port}", "--ServerApp.port_retries=0", f"--ServerApp.root_dir={root}"),
        *("--IdentityProvider.token=", "--ServerApp.disable_check_xsrf=True"),
        *(f"--{ours}.expose_app_in_browser=True", "--LabApp.news_url=None"),
        *("--LabApp.extension_manager=readonly", f"--LabApp.check_for_updates_class={never}"),
    ]
    server = Server(f"http://127.0.0.1:{port}", root, command, env)
    try:
        server.start()
        yield server
    finally:
        with contextlib.suppress(urllib.error.URLError, OSError):
            server.end_kernels()
        server.process.terminate()
        server.process.wait(30)


def load_lab(page: Page, server: Server) -> None:
    """Load JupyterLab with nothing open in it."""
    page.goto(f"{server.url}/lab/workspaces/{uuid.uuid4().hex}?reset")
    page.wait_for_function(_READY, timeout=60_000)
    page.evaluate("window.jupyterapp.restored.then(() => null)")


def close_notebooks(page: Page) -> None:
    """Close what is open, without a question about saving."""
    page.evaluate(_CLOSE)


class Workbook:
    """A notebook open in a page; `folder` is its own, `log` the log it writes.

    It is made of `cells` after one that names the log, or is the `file` that is there already.
    """

    def __init__(
        self,
        page: Page,
        server: Server,
        folder: Path,
        cells: Sequence[str] = (),
        *,
        file: str | None = None,
    ) -> None:
        self.page, self.server, self.folder = page, server, folder
        self.log = folder / "log.sqlite3"
        folder.mkdir(exist_ok=True)
        name = file or self._made(cells)
        self.path = (folder / name).relative_to(server.root).as_posix()
        self.open()

    def _made(self, cells: Sequence[str]) -> str:
        lines = f"import os, warnings\nos.environ['BACKCARE_LOG'] = {str(self.log)!r}\n"
        lines += "warnings.simplefilter('error')\n"  # the kernel's, not the server's own
        sources = [lines + "from backcare_widgets import *", *cells]
        document = {
            "cells": [
                {
                    "cell_type": "code",
                    "id": f"cell-{n}",
                    "source": source,
                    "metadata": {},
                    "outputs": [],
                    "execution_count": None,
                }
                for n, source in enumerate(sources)
            ],
            "metadata": {"kernelspec": {"name": "python3", "display_name": "Python 3"}},
            "nbformat": 4,
            "nbformat_minor": 5,
        }
        name = f"{uuid.uuid4().hex[:8]}.ipynb"
        (self.folder / name).write_text(json.dumps(document))
        return name

    def open(self) -> None:
        """Open it, also in a page that was loaded anew."""
        if not self.page.url.startswith(self.server.url):
            load_lab(self.page, self.server)
        self.page.evaluate(OPEN, self.path)
        self.wait_until_idle()

    def wait_until_idle(self) -> None:
        """Wait until this notebook is in front and its kernel has nothing to do."""
        self.page.wait_for_function(IDLE, arg=self.path, timeout=60_000)

    def run(self, cell: int, *, wait: bool = True) -> None:
        """Run a cell, 0 being the one that names the log; wait for its end unless told not to."""
        self.page.evaluate(_RUN, [cell, wait])

    def run_all(self) -> None:
        """Run every cell in turn."""
        for cell in range(self._cells().count()):
            self.run(cell)

    def run_everything(self) -> None:
        """Run every cell by JupyterLab's own command, text between them or not."""
        self.page.evaluate(_RUN_EVERYTHING)

    def cell(self, cell: int) -> Locator:
        """Give the locator of a cell."""
        return self._cells().nth(cell)

    def _cells(self) -> Locator:
        return self.page.locator(".jp-NotebookPanel:not(.lm-mod-hidden) .jp-CodeCell")

    def kernel_id(self) -> str:
        """Give the id by which the server knows this notebook's kernel."""
        return self.page.evaluate(
            "window.jupyterapp.shell.currentWidget.sessionContext.session.kernel.id"
        )


class NotebookSeven(Workbook):
    """A notebook open in Notebook 7, which shows one and nothing beside it."""

    def open(self) -> None:
        """Open it, also in a page that was loaded anew."""
        self.page.goto(f"{self.server.url}/notebooks/{self.path}")
        self.page.wait_for_function(_READY, timeout=60_000)
        self.page.evaluate("window.jupyterapp.restored.then(() => null)")
        self.wait_until_idle()
