"""One Chromium for all browser tests; a page that stands for a notebook, and a JupyterLab."""

from __future__ import annotations

import os
import shutil
import time
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import sync_playwright

from backcare_widgets import exercise

from . import lab
from .host import HTML, SITE, Host, log_of, session_of
from .session_page import SessionPage

# Playwright's waits end by themselves; this only bounds a broken run.
PATIENCE_MS = 15_000
VIEWPORT = {"width": 1280, "height": 1600}
# Said when a notebook is closed while its kernel still starts; nothing of ours.
JUPYTERLABS_OWN = ("Could not restore the debugger state",)
# Said by JupyterLab of a kernel that went, with the test before, just after it was asked for.
ENDED_EARLY = "Canceled future for create_subshell_request"
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

    def failed(error):
        if ENDED_EARLY not in str(error):
            trouble.append(f"page error: {error}")

    page.on("console", said)
    page.on("pageerror", failed)
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


# What moves the page's time moves no worker; without one the timer wakes itself in the page.
NO_WORKER = "window.Worker = class { constructor() { throw new Error('none') } }"
ONE_SECOND_READY = "(key) => localStorage.setItem(key, JSON.stringify({get_ready_s: 1}))"


@pytest.fixture
def clock_page(chromium):
    """Give a page whose time the test moves, for a JupyterLab."""
    context = chromium.new_context(viewport=VIEWPORT)
    context.set_default_timeout(PATIENCE_MS)
    page = context.new_page()
    trouble = watch(page)
    page.clock.install()
    page.add_init_script(NO_WORKER)
    yield page
    context.close()
    assert trouble == []


@pytest.fixture
def open_lab_session(open_cells):
    """Give a function that opens the session of a test programme in a JupyterLab."""

    def open_named(name="short", *more, check=True, folder=None):
        cell = f'exercise("{name}", programme=load_programme("../{name}.toml"))'
        book = open_cells(cell, *more, run=False, folder=folder)
        book.page.evaluate(ONE_SECOND_READY, f"backcare:times:{name}")
        book.run(0)
        book.run(1)
        session = SessionPage(book)
        if check:
            session.press("None of these applies to me")
        return session

    return open_named


@pytest.fixture(scope="session")
def programmes(tmp_path_factory):
    """Give the folder of the test programmes."""
    folder = tmp_path_factory.mktemp("programmes")
    put_programmes(folder)
    return folder


def host_page(context, clock, scripts):
    """Make a page for a host; return it with the list of its trouble."""
    context.set_default_timeout(PATIENCE_MS)
    context.route("**", lambda route: route.fulfill(body=HTML, content_type="text/html"))
    page = context.new_page()
    trouble = watch(page)
    if clock:
        page.clock.install()
        page.add_init_script(NO_WORKER)
    for script in (RECORD_TONES, *scripts):
        page.add_init_script(script)
    return page, trouble


@pytest.fixture(scope="package")
def used_pages():
    """Give the pages that were used and are clean again: a new one takes longest of all."""
    return {}


@pytest.fixture
def open_host(chromium, used_pages, tmp_path):
    """Give a function that opens a page with cells in it, none run; see `host.Host`.

    `clock` lets the test move the page's time; `scripts` run before the page; `beside` is a page
    that has this one as another tab of the same browser; `options` are those of a browser context,
    such as `timezone_id`.
    """
    contexts, troubles, reusable = [], [], {}

    def opened(
        *cells,
        clock=False,
        scripts=(),
        theme="light",
        folder=tmp_path,
        beside=None,
        **options,
    ):
        kind = (clock, *scripts)
        if beside or options or kind in reusable:
            context = (
                beside.page.context
                if beside
                else chromium.new_context(**{"viewport": VIEWPORT} | options)
            )
            contexts.append(context)
            page, trouble = host_page(context, clock, scripts)
        else:
            if kind not in used_pages:
                context = chromium.new_context(viewport=VIEWPORT)
                used_pages[kind] = host_page(context, clock, scripts)
            elif clock:  # which an earlier test has moved
                used_pages[kind][0].clock.install(time=time.time())
                used_pages[kind][0].clock.resume()
            page, trouble = reusable[kind] = used_pages[kind]
        troubles.append(trouble)
        return Host(page, folder, cells, theme=theme)

    yield opened
    for kind, (page, _) in reusable.items():
        if page.context in contexts:  # a second tab was in it
            del used_pages[kind]
            continue
        page.goto(SITE)  # nothing of the test goes on
        page.evaluate("localStorage.clear()")
        page.set_viewport_size(VIEWPORT)
        page.emulate_media(color_scheme=None, reduced_motion=None)
    for context in contexts:
        context.close()
    found = [said for trouble in troubles for said in trouble]
    for trouble in troubles:
        trouble.clear()
    assert found == []


@pytest.fixture
def open_session(open_host, programmes):
    """Give a function that opens the session of a test programme: "short", "long" or "open"."""

    def opened(name="short", *, check=True, **options):
        host = open_host(session_of(name, programmes), **options)
        host.page.evaluate(ONE_SECOND_READY, f"backcare:times:{name}")
        host.run(1)
        session = SessionPage(host)
        if check:
            session.press("None of these applies to me")
        return session

    return opened


@pytest.fixture
def open_exercise(open_host):
    """Give a function that opens the session of an exercise of the shipped programme."""

    def opened(exercise_id, *, check=True, **options):
        host = open_host(lambda host: exercise(exercise_id, log=log_of(host)), **options)
        host.run(1)
        session = SessionPage(host)
        if check:
            session.press("None of these applies to me")
        return session

    return opened
