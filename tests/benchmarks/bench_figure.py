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
from pathlib import Path

from playwright.sync_api import Browser, CDPSession, Page, sync_playwright

from backcare_widgets import load_programme
from backcare_widgets.figure import Figure, scene
from backcare_widgets.timeline import expand

sys.path.insert(0, str(Path(__file__).parent.parent))
from browser.lab import CHROMIUM_ARGS, Server, Workbook, close_notebooks, serving
from browser.session_page import SessionPage

SECONDS = 6
KERNELS = {
    "idle": "pass",
    "sleeping": f"import time; time.sleep({3 * SECONDS})",
    "spinning": f"import time; end = time.time() + {3 * SECONDS}\nwhile time.time() < end: pass",
}
_OPEN = """async ([source, scene, index, duration_s]) => {
  const {default: widget} =
    await import(URL.createObjectURL(new Blob([source], {type: "text/javascript"})));
  const state = {scene, gate: "open", status: "running",
    phase: {index, kind: "move", duration_s, began: performance.now(), paused_at: null}};
  const root = document.createElement("div");
  document.body.append(root);
  widget.render({model: {get: (name) => state[name], on() {}}, el: root});
  window.frames_drawn = 0;
  window.late = 0;
  let before = performance.now();
  new MutationObserver(() => {
    const now = performance.now();
    window.late = Math.max(window.late, now - before);
    before = now;
    window.frames_drawn += 1;
  }).observe(root.querySelector("svg"), {subtree: true, attributes: true});
}"""


def cpu_s(cdp: CDPSession) -> dict[str, float]:
    """Give the seconds of processor time that each kind of Chromium's processes has used."""
    used: dict[str, float] = {}
    for process in cdp.send("SystemInfo.getProcessInfo")["processInfo"]:
        used[process["type"]] = used.get(process["type"], 0) + process["cpuTime"]
    return used


def measure(browser: Browser, source: str, duration_s: float) -> dict[str, float]:
    """Run one long movement for a while; per second: frames, and seconds of each processor use."""
    exercise = load_programme()["lying-down"]
    drawn = scene(exercise, expand(exercise))
    page = browser.new_page(viewport={"width": 900, "height": 700})
    page.set_content(f"<style>{Figure._css}</style>")
    cdp, tab = browser.new_browser_cdp_session(), page.context.new_cdp_session(page)
    tab.send("Performance.enable")

    def main_thread_s() -> float:
        metrics = tab.send("Performance.getMetrics")["metrics"]
        return next(m["value"] for m in metrics if m["name"] == "TaskDuration")

    page.evaluate(_OPEN, [source, drawn, 1, duration_s])
    page.wait_for_timeout(500)
    page.evaluate("window.frames_drawn = window.late = 0")
    before, main_before = cpu_s(cdp), main_thread_s()
    page.wait_for_timeout(1000 * SECONDS)
    after, main_after = cpu_s(cdp), main_thread_s()
    frames, late_ms = page.evaluate("[window.frames_drawn, window.late]")
    page.close()
    return {
        "frames": frames / SECONDS,
        "longest_ms": late_ms,
        "main": (main_after - main_before) / SECONDS,
        "renderer": (after["renderer"] - before["renderer"]) / SECONDS,
        "all": (sum(after.values()) - sum(before.values())) / SECONDS,
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


def beside_a_kernel(page: Page, server: Server, kernel: str) -> tuple[list[float], list[float]]:
    """Give the milliseconds between frames of the figure, and between those of the browser."""
    book = Workbook(page, server, server.root / kernel, ['exercise("lying-down")', KERNELS[kernel]])
    times = 'localStorage.setItem("backcare:times:lying-down", `{"extra_move_s": 60}`)'
    page.evaluate(times)
    book.run(0)
    book.run(1)
    session = SessionPage(book)
    session.press("None of these applies to me", "Start", "Skip")
    session.expect_status("running")
    book.run(2, wait=kernel == "idle")
    page.wait_for_timeout(1000)
    gaps = page.evaluate(_WATCH, SECONDS)
    session.press("Stop")
    close_notebooks(page)
    server.end_kernels()
    return gaps


def main() -> None:
    """Print both tables."""
    path = os.environ.get("BACKCARE_CHROMIUM") or shutil.which("chromium")
    pause = "const REST_MS = 40;"
    assert pause in Figure._esm
    rows = {
        "at rest": (Figure._esm, 0.001),
        "moving": (Figure._esm, 60),
        "moving, every frame": (Figure._esm.replace(pause, "const REST_MS = 0;"), 60),
    }
    print(f"{'':<22}{'frames/s':>9}{'longest ms':>12}{'main thread':>13}{'renderer':>10}{'all':>8}")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=["--disable-gpu"])
        for name, (source, duration_s) in rows.items():
            row = measure(browser, source, duration_s)
            print(
                f"{name:<22}{row['frames']:>9.0f}{row['longest_ms']:>12.0f}"
                f"{row['main']:>12.0%} {row['renderer']:>9.0%} {row['all']:>7.0%}"
            )
        browser.close()
    print("Shares are of one core; the movement is one of lying-down, slowed to a minute.")
    print(f"\n{'ms between frames':<22}{'median':>9}{'longest':>12}{'the browser: median':>21}"
          f"{'longest':>10}")  # fmt: skip
    with (
        tempfile.TemporaryDirectory() as folder,
        serving(Path(folder) / "lab") as server,
        sync_playwright() as playwright,
    ):
        browser = playwright.chromium.launch(executable_path=path, args=CHROMIUM_ARGS)
        page = browser.new_page(viewport={"width": 1280, "height": 1600})
        page.set_default_timeout(60_000)
        for kernel in KERNELS:
            ours, its = beside_a_kernel(page, server, kernel)
            print(f"beside it, {kernel:<11}{statistics.median(ours):>9.1f}{max(ours):>12.1f}"
                  f"{statistics.median(its):>21.1f}{max(its):>10.1f}")  # fmt: skip
        browser.close()


if __name__ == "__main__":
    main()
