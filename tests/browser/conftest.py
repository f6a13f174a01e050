"""One JupyterLab and one Chromium for all browser tests; a notebook and a clean log for each."""

from __future__ import annotations

import os
import shutil
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import sync_playwright

from . import lab
from .session_page import SessionPage

# Playwright's waits end by themselves; this only bounds a broken run.
PATIENCE_MS = 15_000
VIEWPORT = {"width": 1280, "height": 1600}
# Said when a notebook is closed while its kernel still starts; nothing of ours.
JUPYTERLABS_OWN = ("Could not restore the debugger state",)
# What the widgets of JupyterLab say when a change in the page has no kernel to go to.
NO_KERNEL = ("Could not send widget sync message", "Cannot send")
# Sound is recorded where it is asked for: the pitch and the time of every tone begun.
RECORD_TONES = """
window.__tones = [];
const start = OscillatorNode.prototype.start;
OscillatorNode.prototype.start = function (...when) {
  window.__tones.push({at: performance.now(), hz: Math.round(this.frequency.value)});
  return start.apply(this, when);
};
"""
# A set of one repetition: right, centre, left, centre, each movement a second long.
SHORT = """
title = "Short"
[[exercise]]
id = "short"
title = "Short exercise"
position = "lying"
when = "In a test."
place = "Anywhere."
steps = [{ text = "Lie down.", pose = "lying" }]
getting_in = "Lie down."
getting_out = "Get up."
cautions = ["Gently."]
repetitions = 1
doses = [{ sets_per_day = 3 }]
phases = [
  { cue = "To the right", pose = "right", side = "right", move_s = 1, HOLD },
  { cue = "Back", pose = "centre", side = "centre", move_s = 1 },
  { cue = "To the left", pose = "left", side = "left", move_s = 1, HOLD },
  { cue = "And back", pose = "centre", side = "centre", move_s = 1 },
]
"""


def put_programmes(folder):
    """Write the test programmes: "short", "long" and "open"."""
    for name, hold in {
        "short": "hold_s = 1",
        "long": "hold_s = 300",
        "open": 'until = "ready"',
    }.items():
        text = SHORT.replace("HOLD", hold).replace('"short"', f'"{name}"')
        (folder / f"{name}.toml").write_text(text)


@pytest.fixture(scope="package")
def server(tmp_path_factory):
    with lab.serving(tmp_path_factory.mktemp("lab")) as running:
        put_programmes(running.root)
        yield running


@pytest.fixture(scope="package")
def chromium():
    path = os.environ.get("BACKCARE_CHROMIUM") or shutil.which("chromium")
    if not path:
        pytest.fail("There is no Chromium here; `make test` sets one up.")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=lab.CHROMIUM_ARGS)
        yield browser
        browser.close()


def watch(page):
    """List what must not happen in a page: errors, and requests that leave this machine."""
    trouble = []

    def request(url):
        if urlsplit(url).scheme not in ("data", "blob") and urlsplit(url).hostname != "127.0.0.1":
            trouble.append(f"request to {url}")

    def said(message):
        if message.type == "error" and not message.text.startswith(JUPYTERLABS_OWN):
            trouble.append(f"console: {message.text}")

    page.on("console", said)
    page.on("pageerror", lambda error: trouble.append(f"page error: {error}"))
    page.on("request", lambda r: request(r.url))
    page.on("websocket", lambda socket: request(socket.url))
    page.on("dialog", lambda dialog: dialog.accept())
    return trouble


@pytest.fixture(scope="package")
def watched_page(server, chromium):
    context = chromium.new_context(viewport=VIEWPORT)
    context.set_default_timeout(PATIENCE_MS)
    page = context.new_page()
    trouble = watch(page)
    page.add_init_script(RECORD_TONES)
    lab.load_lab(page, server)
    yield page, trouble
    context.close()


@pytest.fixture
def page(server, watched_page):
    """Give a JupyterLab with nothing open: one page for all, since loading it takes longest."""
    page, trouble = watched_page
    trouble.clear()
    # Times, tones and unsent sets are remembered per browser; each test begins without any.
    page.evaluate("localStorage.clear(), (window.__tones = [])")
    yield page
    found = list(trouble)  # before the kernels go, which JupyterLab's widgets complain about
    lab.close_notebooks(page)
    server.end_kernels()
    assert found == []


@pytest.fixture
def without_kernel(watched_page, page):
    """Let the page say that there was no kernel; all else that it says is still trouble."""
    yield
    _, trouble = watched_page
    trouble[:] = [t for t in trouble if not any(said in t for said in NO_KERNEL)]


@pytest.fixture
def open_cells(page, server, tmp_path):
    """Give a function that opens a notebook with these cells; the log is named in a cell before."""

    def open_notebook(*cells, run=True, folder=None):
        book = lab.Workbook(page, server, folder or server.root / tmp_path.name, cells)
        if run:
            book.run_all()
        return book

    return open_notebook


@pytest.fixture
def clock_page(chromium):
    """Give a page whose time the test moves; workers are not moved with it."""
    context = chromium.new_context(viewport=VIEWPORT)
    context.set_default_timeout(PATIENCE_MS)
    page = context.new_page()
    trouble = watch(page)
    page.clock.install()
    # What moves the page's time moves no worker; without one the timer wakes itself in the page.
    page.add_init_script("window.Worker = class { constructor() { throw new Error('none') } }")
    yield page
    context.close()
    assert trouble == []


@pytest.fixture
def open_session(open_cells):
    """Give a function that opens the session of a test programme: "short", "long" or "open"."""

    def open_named(name="short", *more, check=True, folder=None):
        cell = f'exercise("{name}", programme=load_programme("../{name}.toml"))'
        book = open_cells(cell, *more, run=False, folder=folder)
        book.page.evaluate(
            "(key) => localStorage.setItem(key, JSON.stringify({get_ready_s: 1}))",
            f"backcare:times:{name}",
        )
        book.run(0)
        book.run(1)
        session = SessionPage(book)
        if check:
            session.press("None of these applies to me")
        return session

    return open_named
