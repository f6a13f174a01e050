"""Measure what the moving figure costs, beside a figure at rest and one drawn at every frame.

Run by `python tests/benchmarks/bench_figure.py`, with Chromium on the path or in
BACKCARE_CHROMIUM. Headless and without a GPU, so that all of the drawing is in the numbers. The
goal is 60 frames a second under a quarter of one core, or fewer frames on purpose.
Then the same movement in a session in a real JupyterLab, its kernel idle, asleep in a cell, or
spinning: how far apart its frames come, beside the browser's own frames. The goal is that none is
later than 50 ms.
"""

from __future__ import annotations

import os
import shutil
import statistics
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

from playwright.sync_api import Browser, CDPSession, Page, sync_playwright
from side_by_side import is_once

from backcare_widgets import exercise, load_programme
from backcare_widgets.programme.figure import scene
from backcare_widgets.programme.timeline import expand

sys.path.insert(0, str(Path(__file__).parent.parent))
from browser.host import HTML, Host, log_of
from browser.lab import CHROMIUM_ARGS, Server, Workbook, close_notebooks, serving
from browser.session_page import SessionPage
from node import bundle

SECONDS = 6
KERNELS = {
    "idle": "pass",
    "sleeping": f"import time; time.sleep({3 * SECONDS})",
    "spinning": f"import time; end = time.time() + {3 * SECONDS}\nwhile time.time() < end: pass",
}
PAUSE = "REST_MS = 40;"  # between two frames, in the figure's source
_OPEN = """async ([source, scene, stretches]) => {
  const figure =
    await import(URL.createObjectURL(new Blob([source], {type: "text/javascript"})));
  figure.open(scene, stretches);
  figure.set({status: "running", index: 1, since: performance.now()});
  window.frames_drawn = 0;
  window.late = 0;
  let before = performance.now();
  new MutationObserver(() => {
    const now = performance.now();
    window.late = Math.max(window.late, now - before);
    before = now;
    window.frames_drawn += 1;
  }).observe(document.querySelector(".bc-figure > svg"), {subtree: true, attributes: true});
}"""


def cpu_s(cdp: CDPSession) -> dict[str, float]:
    """Give the seconds of processor time that each kind of Chromium's processes has used."""
    used: dict[str, float] = {}
    for process in cdp.send("SystemInfo.getProcessInfo")["processInfo"]:
        used[process["type"]] = used.get(process["type"], 0) + process["cpuTime"]
    return used


def measure(
    browser: Browser, source: str, css: str, duration_s: float, seconds: float
) -> dict[str, float]:
    """Run one long movement for a while; per second: frames, and seconds of each processor use."""
    shown = load_programme()["lying-down"]
    stretches = expand(shown)
    _, movement, *_ = given = [stretch.as_dict() for stretch in stretches]
    assert movement["kind"] == "move"
    movement["duration_s"] = duration_s
    page = browser.new_page(viewport={"width": 900, "height": 700})
    page.set_content(f"<style>{css}</style>")
    cdp, tab = browser.new_browser_cdp_session(), page.context.new_cdp_session(page)
    tab.send("Performance.enable")

    def main_thread_s() -> float:
        metrics = tab.send("Performance.getMetrics")["metrics"]
        return next(m["value"] for m in metrics if m["name"] == "TaskDuration")

    page.evaluate(_OPEN, [source, scene(shown, stretches), given])
    page.wait_for_timeout(500)
    page.evaluate("window.frames_drawn = window.late = 0")
    before, main_before = cpu_s(cdp), main_thread_s()
    page.wait_for_timeout(1000 * seconds)
    after, main_after = cpu_s(cdp), main_thread_s()
    frames, late_ms = page.evaluate("[window.frames_drawn, window.late]")
    page.close()
    return {
        "frames": frames / seconds,
        "longest_ms": late_ms,
        "main": (main_after - main_before) / seconds,
        "renderer": (after["renderer"] - before["renderer"]) / seconds,
        "all": (sum(after.values()) - sum(before.values())) / seconds,
    }


# When the figure changed, and when the browser would have let it: both by the page's own clock.
_WATCH = """async (seconds) => {
  const svg = document.querySelector(".bc-figure > svg");
  const [drawn, possible] = [[], []];
  const watcher = new MutationObserver(() => drawn.push(performance.now()));
  watcher.observe(svg, {subtree: true, attributes: true});
  const end = performance.now() + 1000 * seconds;
  await new Promise((done) => {
    const frame = (now) => {
      possible.push(now);
      if (now < end) requestAnimationFrame(frame);
      else done();
    };
    requestAnimationFrame(frame);
  });
  watcher.disconnect();
  const gaps = (times) => times.slice(1).map((at, i) => at - times[i]);
  return [gaps(drawn), gaps(possible)];
}"""


Gaps = tuple[list[float], list[float]]


def gaps_in(
    book: Workbook | Host, seconds: float, meanwhile: Callable[[], None] = lambda: None
) -> Gaps:
    """Return the milliseconds between frames of the figure, and between those of the browser."""
    page = book.page
    page.evaluate('localStorage.setItem("backcare:times:lying-down", `{"extra_move_s": 60}`)')
    book.run(1)
    session = SessionPage(book)
    session.press("None of these applies to me", "Start", "Skip")
    session.expect_status("running")
    meanwhile()
    page.wait_for_timeout(1000)
    gaps = page.evaluate(_WATCH, seconds)
    session.press("Stop")
    return gaps


def beside_a_kernel(page: Page, server: Server, kernel: str) -> Gaps:
    """Return the gaps of a session in a JupyterLab whose kernel is idle, asleep or spinning."""
    book = Workbook(page, server, server.root / kernel, ['exercise("lying-down")', KERNELS[kernel]])
    book.run(0)
    gaps = gaps_in(book, SECONDS, lambda: book.run(2, wait=kernel == "idle"))
    close_notebooks(page)
    server.end_kernels()
    return gaps


def without_a_kernel(page: Page, folder: Path, seconds: float) -> Gaps:
    """Return the gaps of a session in a page that stands for a notebook."""
    page.route("**", lambda route: route.fulfill(body=HTML, content_type="text/html"))
    book = Host(page, folder, [lambda host: exercise("lying-down", log=log_of(host))])
    return gaps_in(book, seconds)


def costs(browser: Browser, seconds: float) -> None:
    """Print what the figure costs."""
    with tempfile.TemporaryDirectory() as folder:
        source, css = bundle("test/figure_page.tsx", Path(folder))
    assert source.count(PAUSE) == 1
    rows = {
        "at rest": (source, 0.001),
        "moving": (source, 60),
        "moving, every frame": (source.replace(PAUSE, "REST_MS = 0;"), 60),
    }
    print(f"{'':<22}{'frames/s':>9}{'longest ms':>12}{'main thread':>13}{'renderer':>10}{'all':>8}")
    for name, (ours, duration_s) in rows.items():
        row = measure(browser, ours, css, duration_s, seconds)
        print(
            f"{name:<22}{row['frames']:>9.0f}{row['longest_ms']:>12.0f}"
            f"{row['main']:>12.0%} {row['renderer']:>9.0%} {row['all']:>7.0%}"
        )
    print("Shares are of one core; the movement is one of lying-down, slowed to a minute.")


def print_gaps(where: str, gaps: Gaps) -> None:
    """Print how far apart the frames came."""
    ours, its = gaps
    print(f"{where:<22}{statistics.median(ours):>9.1f}{max(ours):>12.1f}"
          f"{statistics.median(its):>21.1f}{max(its):>10.1f}")  # fmt: skip


def main(*, once: bool) -> None:
    """Print both tables; `once` without a JupyterLab."""
    path = os.environ.get("BACKCARE_CHROMIUM") or shutil.which("chromium")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=["--disable-gpu"])
        costs(browser, 0.5 if once else SECONDS)
        browser.close()
        print(f"\n{'ms between frames':<22}{'median':>9}{'longest':>12}{'the browser: median':>21}"
              f"{'longest':>10}")  # fmt: skip
        browser = playwright.chromium.launch(executable_path=path, args=CHROMIUM_ARGS)
        page = browser.new_page(viewport={"width": 1280, "height": 1600})
        page.set_default_timeout(60_000)
        with tempfile.TemporaryDirectory() as folder:
            if once:
                print_gaps("without a kernel", without_a_kernel(page, Path(folder), 0.5))
            else:
                with serving(Path(folder) / "lab") as server:
                    for kernel in KERNELS:
                        print_gaps(f"beside it, {kernel}", beside_a_kernel(page, server, kernel))
        browser.close()


if __name__ == "__main__":
    main(once=is_once(__doc__))
