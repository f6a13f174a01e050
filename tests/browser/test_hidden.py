"""A page that stood still for a while: right at once afterwards, and nothing is replayed."""

from __future__ import annotations

import os
import signal
import time
from itertools import pairwise

import pytest
from faults import tried
from playwright.sync_api import expect

from .lab import until

COUNTED = """(count) => {
  window.__counted = [];
  new MutationObserver(() => window.__counted.push(count.textContent))
    .observe(count, {childList: true, characterData: true, subtree: true});
}"""
FROZEN_S = 5


def renderers(browser):
    session = browser.new_browser_cdp_session()
    processes = session.send("SystemInfo.getProcessInfo")["processInfo"]
    session.detach()
    return [process["id"] for process in processes if process["type"] == "renderer"]


def test_fault_33_a_frozen_page_is_right_at_once_when_it_is_seen_again(open_session, chromium):
    """Its processes stand still, workers and all, as in a frozen tab; the clock does not."""
    session = open_session("long")
    page = session.page
    session.press("Start", "Skip", "Skip")
    expect(session.timer).to_have_attribute("data-index", "2")
    count = session.timer.get_by_role("timer")
    until(lambda: int(count.inner_text()) < 300, "the hold does not count")
    count.evaluate(COUNTED)
    left, began = int(count.inner_text()), time.monotonic()
    frozen = renderers(chromium)
    for process in frozen:
        os.kill(process, signal.SIGSTOP)
    until(lambda: time.monotonic() - began > FROZEN_S, "time does not pass", 2 * FROZEN_S)
    for process in frozen:
        os.kill(process, signal.SIGCONT)
    until(lambda: page.evaluate("window.__counted.length"), "nothing is counted any more")
    passed = time.monotonic() - began
    counted = [int(text) for text in page.evaluate("window.__counted")]
    gaps = [here - later for here, later in zip([left, *counted], counted, strict=False)]
    assert max(gaps) >= FROZEN_S - 1, "the page was not frozen"
    assert abs(left - counted[-1] - passed) <= 1.5
    assert sum(gap >= 2 for gap in gaps) == 1
    assert session.timer.get_attribute("data-status") == "running"
    session.press("Stop")
    tried()


@pytest.mark.parametrize(
    "worker",
    [
        "class { constructor() { setTimeout(() => this.onerror(new Event('error'))); }"
        " postMessage() {} terminate() {} }",
        "class { postMessage() {} terminate() {} }",
    ],
    ids=["fails", "falls silent"],
)
def test_fault_33_a_worker_that_does_not_wake_the_timer_holds_nothing_up(open_session, worker):
    """As where the host's rules allow none: the page's own timer stands behind it."""
    session = open_session(clock=True, scripts=[f"window.Worker = {worker}"])
    session.record()
    session.press("Start")
    session.page.clock.run_for(8000)
    session.expect_status("finished")
    shown = session.recorded()
    assert [s["index"] for s in shown] == [0, 1, 2, 3, 4, 5, 6, 6]
    for here, later in pairwise(shown[2:]):  # until the clock is moved, time flows by itself
        assert later["at"] - here["at"] == pytest.approx(1000, abs=100)
    session.expect_saved()
    tried()
