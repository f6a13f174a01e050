"""Put our timer beside the ipywidgets ways of timing, in one notebook and at the same time.

Run by `python tests/benchmarks/bench_timer.py [--minutes 10]`. Four timers are shown together on a
real JupyterLab: a session of ours, `Play` with `jslink`, an asyncio task and a thread (both by
deadlines, each 0.1 s). The kernel is idle, then held by `time.sleep`, then spinning in Python.
The browser writes down when each phase of one second is seen (MutationObserver, its own clock);
the error is that time less when it was due; a phase never seen is as late as the next one. Then
the tab is hidden, its kernel idle, in a Chromium of its own: a page that Playwright holds is never
hidden, so it lets go meanwhile, and no messages are counted.
`--minutes` lets our timer run alone for so long with stretches of 5 s, to see whether it drifts.
"""

from __future__ import annotations

import json
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from playwright.sync_api import BrowserType, Page, sync_playwright
from side_by_side import parser_of

sys.path.insert(0, str(Path(__file__).parent.parent))
from browser.lab import CHROMIUM_ARGS, Server, Workbook, close_notebooks, serving, until
from browser.session_page import SessionPage

PHASES = 10
GET_READY_S = 2
WAYS = ("ours", "Play + jslink", "asyncio task", "thread")
STATES = {
    "idle": "pass",
    "sleeping": "time.sleep(PHASES + 6)",
    "spinning": "end = time.time() + PHASES + 6\nwhile time.time() < end: pass",
}
_PROGRAMME = """
title = "Benchmark"
[[exercise]]
id = "bench"
title = "Benchmark"
position = "lying"
when = "Now."
place = "Here."
steps = [{ text = "Lie.", pose = "lying" }]
getting_in = "In."
getting_out = "Out."
cautions = ["None."]
repetitions = REPETITIONS
phases = [
  { cue = "Right", pose = "a", side = "right", move_s = SECONDS },
  { cue = "Left", pose = "b", side = "left", move_s = SECONDS },
]
"""
_OTHERS = """
import asyncio, json, threading, time
import ipywidgets as w
from IPython.display import display
bars = {name: w.IntProgress(0, 0, PHASES, description=name) for name in ("task", "thread")}
bar = w.IntProgress(0, 0, PHASES, description="play")
play = w.Play(min=0, max=PHASES, interval=1000)
link = w.jslink((play, "value"), (bar, "value"))
display(w.VBox([play, bar, *bars.values()]))

def show(name, start):
    value = min(PHASES, int(time.time() - start + 100) - 100)
    if value >= 0:
        bars[name].value = value
    return value

async def by_task(start):
    while show("task", start) < PHASES:
        await asyncio.sleep(0.1)

def by_thread(start):
    while show("thread", start) < PHASES:
        time.sleep(0.1)
"""
_BEGIN = """
start = time.time() + 3
task = asyncio.get_running_loop().create_task(by_task(start))
threading.Thread(target=by_thread, args=(start,), daemon=True).start()
ways = {"ours": [s], "Play + jslink": [play, bar], "asyncio task": [bars["task"]],
        "thread": [bars["thread"]]}
ids = {way: [part.model_id for part in parts] for way, parts in ways.items()}
with open("begun.json", "w") as file:
    json.dump({"start": start, "ids": ids}, file)
"""
# Of each way: when each phase is first on the screen. The width of a bar is its value.
_WATCH = """(phases) => {
  const seen = window.__seen = {};
  const panel = document.querySelector(".jp-NotebookPanel:not(.lm-mod-hidden)");
  const note = (name, value) => { (seen[name] ??= {})[value] ??= performance.now(); };
  const watch = (node, read) => new MutationObserver(read)
    .observe(node, {attributes: true, subtree: true, childList: true});
  const timer = panel.querySelector(".bc-timer");
  watch(timer, () => {
    const ended = timer.dataset.status === "finished";
    if (ended || timer.dataset.status === "running")
      note("ours", Number(timer.dataset.index) - 1 + (ended ? 1 : 0));
  });
  [...panel.querySelectorAll(".widget-hprogress .progress-bar")].forEach((bar, i) => {
    const name = ["Play + jslink", "asyncio task", "thread"][i];
    watch(bar, () => note(name, Math.round(parseFloat(bar.style.width) / 100 * phases)));
  });
  panel.addEventListener("click", ({target}) => {
    const way = target.closest(".bc-timer") ? "ours" : "Play + jslink";
    (window.__clicked ??= {})[way] = performance.now();
  }, {capture: true});
}"""


def errors_ms(seen: dict[str, float], start: float, phases: int, seconds: float) -> list[float]:
    """Give by how many ms each phase, or a later one, was on the screen after its time."""
    times = {int(k): at for k, at in seen.items()}
    first = [
        min((at for k, at in times.items() if k >= n), default=None) for n in range(phases + 1)
    ]
    return [at - start - n * seconds * 1000 for n, at in enumerate(first) if n and at is not None]


class Frames:
    """The websocket frames between page and kernels, each with the time it passed."""

    def __init__(self, page: Page) -> None:
        self.sent: list[tuple[float, bytes]] = []
        self.received: list[tuple[float, bytes]] = []
        page.on("websocket", self._listen)

    def _listen(self, socket: Any) -> None:
        def note(frames: list[tuple[float, bytes]], payload: str | bytes) -> None:
            raw = payload.encode() if isinstance(payload, str) else payload
            frames.append((time.time(), raw))

        if "/api/kernels/" in socket.url:
            socket.on("framesent", lambda payload: note(self.sent, payload))
            socket.on("framereceived", lambda payload: note(self.received, payload))

    def clear(self) -> None:
        """Begin to count anew."""
        self.sent.clear()
        self.received.clear()


def count(frames: list[tuple[float, bytes]], ids: list[str]) -> int:
    """Count the frames that belong to the widgets of these ids."""
    return sum(any(i.encode() in raw for i in ids) for _, raw in frames)


def open_bench(page: Page, server: Server, name: str, phases: int, seconds: float) -> Workbook:
    """Open a notebook with a session of `phases` stretches, and the others beside it."""
    text = _PROGRAMME.replace("REPETITIONS", str(phases // 2)).replace("SECONDS", str(seconds))
    (server.root / f"{name}.toml").write_text(text)
    ours = f's = exercise("bench", programme=load_programme("../{name}.toml")); s'
    others = f"PHASES = {phases}\n{_OTHERS}"
    book = Workbook(page, server, server.root / name, [ours, others, _BEGIN, *STATES.values()])
    key, times = "backcare:times:bench", f'{{"get_ready_s": {GET_READY_S}}}'
    page.evaluate("([key, times]) => localStorage.setItem(key, times)", [key, times])
    for cell in range(3):
        book.run(cell)
    SessionPage(book).press("None of these applies to me")
    return book


def close(page: Page, server: Server) -> None:
    """Leave nothing running."""
    close_notebooks(page)
    server.end_kernels()


def open_all(page: Page, server: Server, state: str, phases: int) -> Workbook:
    """Open every way, with the kernel's own already going and the kernel in its state."""
    book = open_bench(page, server, f"compare-{state}", phases, 1)
    page.evaluate(_WATCH, phases)
    book.run(3)
    if state in STATES:
        book.run(4 + list(STATES).index(state), wait=False)
    return book


def start(book: Workbook) -> None:
    """Start the ways that a person starts."""
    SessionPage(book).press("Start")
    book.page.locator(".widget-play button").first.click()


def print_errors(
    page: Page, book: Workbook, state: str, phases: int, frames: Frames | None
) -> None:
    """Wait for the end of every way, and print how far each was from its time."""
    ended = "(n) => ['ours', 'asyncio task', 'thread'].every((way) => window.__seen[way]?.[n])"
    page.wait_for_function(ended, arg=phases, timeout=60_000)
    seen, clicked = page.evaluate("[window.__seen, window.__clicked]")
    begun = json.loads((book.folder / "begun.json").read_text())
    begun_ms = begun["start"] * 1000 - page.evaluate("performance.timeOrigin")
    starts = dict.fromkeys(WAYS, begun_ms) | clicked
    starts["ours"] += GET_READY_S * 1000
    ours = 0.0
    for way in WAYS:
        sizes = [abs(e) for e in errors_ms(seen.get(way, {}), starts[way], phases, 1)]
        median = statistics.median(sizes)
        ours = ours or max(median, 0.1)
        print(f"{state:<10}{way:<15}{median:>10.1f}{max(sizes):>9.1f}{median / ours:>8.0f}", end="")
        for passed in (frames.sent, frames.received) if frames else ():
            print(f"{count(passed, begun['ids'][way]) / phases:>12.1f}", end="")
        print(flush=True)


def compare(page: Page, server: Server, frames: Frames, phases: int, states: list[str]) -> None:
    """Print how far each way is from its time, in each state of the kernel."""
    for state in states:
        book = open_all(page, server, state, phases)
        frames.clear()
        start(book)
        print_errors(page, book, state, phases, frames)
        close(page, server)


@contextmanager
def chromium_of_our_own(path: str) -> Iterator[str]:
    """Run a Chromium that nothing holds; yield the address at which it can be driven."""
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        place = Path(folder) / "DevToolsActivePort"
        words = ["--headless=new", "--remote-debugging-port=0", f"--user-data-dir={folder}"]
        command = [path, *CHROMIUM_ARGS, *words, "--window-size=1280,860", "about:blank"]
        process = subprocess.Popen(command, stderr=subprocess.DEVNULL)
        try:
            until(lambda: place.exists() and place.read_text(), "Chromium did not start")
            yield f"http://127.0.0.1:{place.read_text().split()[0]}"
        finally:
            process.terminate()
            process.wait(30)


def compare_hidden(chromium: BrowserType, path: str, server: Server, phases: int) -> None:
    """Print how far each way is from its time in a tab behind another one."""
    with chromium_of_our_own(path) as address:
        browser = chromium.connect_over_cdp(address)
        page = browser.contexts[0].pages[0]
        page.set_default_timeout(60_000)
        book = open_all(page, server, "hidden", phases)
        start(book)
        page.evaluate("document.onvisibilitychange = () => { window.__hides ||= document.hidden }")
        browser.close()  # lets go of it
        new_tab = urllib.request.Request(f"{address}/json/new?about:blank", method="PUT")
        urllib.request.urlopen(new_tab).close()
        time.sleep(GET_READY_S + phases + 2)
        browser = chromium.connect_over_cdp(address)
        [page] = (p for p in browser.contexts[0].pages if p.url.startswith(server.url))
        assert page.evaluate("window.__hides"), "the tab was not hidden"
        print_errors(page, book, "hidden", phases, None)
        close(page, server)
        browser.close()


def drift(page: Page, server: Server, frames: Frames, minutes: float) -> None:
    """Print how far our timer alone is from its time, at the beginning and at the end."""
    seconds = 5
    phases = max(2, round(minutes * 60 / seconds / 2) * 2)
    book = open_bench(page, server, "drift", phases, seconds)
    session = SessionPage(book)
    page.evaluate(_WATCH, phases)
    frames.clear()
    session.press("Start")
    session.expect_status("finished", timeout=(phases * seconds + 60) * 1000)
    seen, clicked = page.evaluate("[window.__seen, window.__clicked]")
    start = clicked["ours"] + GET_READY_S * 1000
    errors = errors_ms(seen["ours"], start, phases, seconds)
    a_minute = 60 // seconds
    origin = page.evaluate("performance.timeOrigin")
    changes = [clicked["ours"], *seen["ours"].values()]
    between = [
        at for at, _ in frames.sent if min(abs(at * 1000 - origin - c) for c in changes) > 500
    ]
    print(
        f"\nours alone for {phases * seconds / 60:.1f} minutes, {phases} changes, {seconds} s each"
    )
    print(f"  first minute  median {statistics.median(errors[:a_minute]):6.1f} ms late")
    print(f"  last minute   median {statistics.median(errors[-a_minute:]):6.1f} ms late")
    print(f"  all           median {statistics.median(errors):6.1f} ms late, max {max(errors):.1f}")
    print(f"  frames to the kernel: {len(frames.sent) / phases:.1f} a change, "
          f"{len(between) / (phases * seconds):.3f} a tick between two changes")  # fmt: skip
    close(page, server)


def main(*, minutes: float, once: bool) -> int:
    """Print both tables; `once` only a line or two of the first."""
    chromium = os.environ.get("BACKCARE_CHROMIUM") or shutil.which("chromium")
    if not chromium:
        print("There is no Chromium here; `make bench` sets one up.", file=sys.stderr)
        return 1
    with (
        tempfile.TemporaryDirectory() as folder,
        serving(Path(folder) / "lab") as server,
        sync_playwright() as playwright,
    ):
        browser = playwright.chromium.launch(executable_path=chromium, args=CHROMIUM_ARGS)
        page = browser.new_page()
        page.set_default_timeout(60_000)
        frames = Frames(page)
        phases = 2 if once else PHASES
        versions = f"Chromium {browser.version}, Python {sys.version.split()[0]}"
        print(f"{versions}, {os.cpu_count()} cores,"
              f" load {os.getloadavg()[0]:.1f}; {phases} phases of 1 s")  # fmt: skip
        print(f"{'kernel':<10}{'way':<15}{'median ms':>10}{'max ms':>9}{'x ours':>8}"
              f"{'to kernel':>12}{'from kernel':>12}  frames a phase")  # fmt: skip
        compare(page, server, frames, phases, list(STATES)[:1] if once else list(STATES))
        if not once:
            compare_hidden(playwright.chromium, chromium, server, phases)
            drift(page, server, frames, minutes)
        browser.close()
    return 0


if __name__ == "__main__":
    parser = parser_of(__doc__)
    parser.add_argument("--minutes", type=float, default=0.5, help="of the run for drift")
    asked = parser.parse_args()
    sys.exit(main(minutes=asked.minutes, once=asked.once))
