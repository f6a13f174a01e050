"""A page that stands for a notebook: real Chromium, real bundle, the real widget behind it."""

from __future__ import annotations

import base64
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any
from weakref import WeakKeyDictionary

from playwright.sync_api import Locator, Page

from backcare_widgets import Log, exercise, load_programme

SITE = "http://127.0.0.1:9/"
_HERE = Path(__file__).parent
# JupyterLab's own colours in its two themes, as far as we take them over.
_THEMES = {
    "light": {
        "--jp-layout-color1": "white",
        "--jp-content-font-color1": "rgba(0, 0, 0, 0.87)",
    },
    "dark": {"--jp-layout-color1": "#212121", "--jp-content-font-color1": "#fff"},
}
HTML = """<!doctype html><html lang="en"><title>Notebook</title>
<style>body { margin: 0; font-size: 14px; } main > div { margin: 8px 16px 8px 90px; }
@media (max-width: 500px) { main > div { margin: 8px 12px; } }</style>
<body><main></main></body></html>"""
_PLACES = """(n) => {
  for (let cell = 1; cell <= n; cell += 1) {
    const place = document.createElement("div");
    place.dataset.cell = cell;
    document.querySelector("main").append(place);
  }
}"""
_THEME = """([name, colours]) => {
  document.body.dataset.jpThemeLight = String(name === "light");
  document.body.style.background = colours["--jp-layout-color1"];
  for (const [key, value] of Object.entries(colours)) document.body.style.setProperty(key, value);
}"""

Maker = Callable[["Host"], Any]
# A page may stand for one notebook after another; what it asks is for the latest.
_HOSTS: WeakKeyDictionary[Page, Host] = WeakKeyDictionary()


class Host:
    """Cells in a page; each is made by a function that returns a widget, and run like a cell.

    `folder` is its own, `log` the path of the log it writes. The kernel may be busy (answers wait
    until it is free) or gone. `theme` None leaves the page without one, as other hosts do.
    """

    def __init__(
        self, page: Page, folder: Path, cells: Sequence[Maker], *, theme: str | None = "light"
    ) -> None:
        self.page, self.folder, self._cells = page, folder, list(cells)
        self.log = folder / "log.sqlite3"
        self.widgets: dict[str, Any] = {}
        self._shown: dict[int, str] = {}
        self._is_busy = False
        self._waiting: list[tuple[str, dict[str, Any]]] = []
        self._theme = theme
        if page not in _HOSTS:
            page.expose_function("__ask", lambda *asked: _HOSTS[page]._receive(*asked))
            page.add_init_script(path=_HERE / "host.js")
        _HOSTS[page] = self
        self.load()

    def load(self) -> None:
        """Load the page, with no cell run; what the browser has stored stays."""
        self._shown.clear()
        self._waiting.clear()
        self.page.goto(SITE)
        self.page.evaluate(_PLACES, len(self._cells))
        if self._theme:
            self.use_theme(self._theme)

    def use_theme(self, name: str) -> None:
        """Change to JupyterLab's "light" or "dark" theme."""
        self.page.evaluate(_THEME, [name, _THEMES[name]])

    def run(self, cell: int) -> None:
        """Run a cell, 1 being the first."""
        widget = self._cells[cell - 1](self)
        name = f"widget {id(widget)}"
        is_known = name in self.widgets
        self.widgets[name] = widget
        self._shown[cell] = name
        state = widget.get_state()
        traits = {k: v for k, v in state.items() if not k.startswith("_")}
        what = {
            "cell": cell,
            "name": name,
            "esm": widget._esm if isinstance(widget._esm, str) else str(widget._esm),
            "css": str(widget._css),
            "traits": traits,
            "again": is_known,
        }
        self.page.evaluate("(what) => window.__run(what)", what)

    def run_all(self) -> None:
        """Run every cell in turn."""
        for cell in range(1, len(self._cells) + 1):
            self.run(cell)

    def close(self, cell: int) -> None:
        """Take away what a cell shows, as when its notebook is closed."""
        self.page.evaluate("(cell) => window.__close(cell)", cell)

    def cell(self, cell: int) -> Locator:
        """Return the locator of a cell."""
        return self.page.locator(f'[data-cell="{cell}"]')

    def widget(self, cell: int) -> Any:
        """Return the widget that a cell shows."""
        return self.widgets[self._shown[cell]]

    def sent(self, *ops: str) -> list[dict[str, Any]]:
        """Return what was sent to the kernel; greetings only where they are asked for."""
        sent = self.page.evaluate("window.__sent")
        return [one for one in sent if (one["op"] in ops if ops else one["op"] != "hello")]

    def be_busy(self) -> None:
        """Let what is asked from now on wait."""
        self._is_busy = True

    def be_free(self) -> None:
        """Answer what has waited, in its order."""
        self._is_busy = False
        waiting, self._waiting = self._waiting, []
        for name, message in waiting:
            self._answer(name, message)

    def lose_kernel(self, *, says: bool = True) -> None:
        """Let the kernel die, with or without a word of it."""
        self._waiting.clear()
        self._is_busy = True
        if says:
            self.page.evaluate("window.__status('dead', true)")

    def _receive(self, name: str, message: dict[str, Any]) -> None:
        if self._is_busy:
            self._waiting.append((name, message))
        else:
            self._answer(name, message)

    def _answer(self, name: str, message: dict[str, Any]) -> None:
        content, buffers = self.widgets[name].answer_to(message)
        bytes_ = [base64.b64encode(buffer).decode() for buffer in buffers]
        # Not waited for: this runs within a call from the page.
        self.page.evaluate(
            "(answer) => { setTimeout(() => window.__answer(...answer)); }",
            [name, content, bytes_],
        )


def session_of(name: str, programmes: Path) -> Maker:
    """Return a cell that opens the session of a test programme; see `conftest.SHORT`."""

    def made(host: Host) -> Any:
        programme = load_programme(programmes / f"{name}.toml")
        return exercise(name, programme=programme, log=log_of(host))

    return made


def log_of(host: Host) -> Log:
    """Return the log of a host."""
    return Log.open(host.log, backups=host.folder / "backups")
