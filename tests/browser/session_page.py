"""A session as a person sees it: its words, its buttons, and what the log says afterwards."""

from __future__ import annotations

from typing import Any

from playwright.sync_api import Locator, expect

from backcare_widgets import Log

from .host import Host
from .lab import Workbook

# What is shown of the timer at each of its changes, with the time; the browser writes it down.
_RECORD = """(root) => {
  const record = window.__shown = [];
  const look = () => {
    const { index, status } = root.dataset;
    const last = record.at(-1);
    if (last && last.index === Number(index) && last.status === status) return;
    record.push({
      at: performance.now(), index: Number(index), status,
      cue: root.querySelector(".bc-timer__cue").textContent,
      side: root.querySelector(".bc-timer__side").textContent,
      repetition: root.querySelector(".bc-timer__repetition").textContent,
    });
  };
  new MutationObserver(look).observe(root, {subtree: true, childList: true, attributes: true});
}"""


class SessionPage:
    """The session in one cell, of a notebook or of a page that stands for one."""

    def __init__(self, book: Workbook | Host, cell: int = 1) -> None:
        self.book, self.page = book, book.page
        self.root: Locator = book.cell(cell).locator(".bc-session").first
        self.timer = self.root.locator(".bc-timer")
        self.cue = self.timer.locator(".bc-timer__cue")
        self.outbox = self.root.locator(".bc-outbox")

    def button(self, name: str) -> Locator:
        """Give the button of exactly this name."""
        return self.root.get_by_role("button", name=name, exact=True)

    def press(self, *names: str) -> None:
        """Click buttons in turn."""
        for name in names:
            self.button(name).click()

    def record(self) -> None:
        """Begin to write down what the timer shows."""
        self.timer.evaluate(_RECORD)

    def recorded(self) -> list[dict[str, Any]]:
        """Give what the timer has shown, one entry a change of phase or status."""
        return self.page.evaluate("window.__shown")

    def expect_status(self, status: str, timeout: float = 20_000) -> None:
        """Wait until the timer is in a status."""
        expect(self.timer).to_have_attribute("data-status", status, timeout=timeout)

    def expect_saved(self) -> None:
        """Wait until the kernel has answered that all is stored."""
        expect(self.outbox).to_have_text("Saved in your log.Try again", timeout=20_000)

    def rows(self) -> list[dict[str, Any]]:
        """Read the log itself, not through the kernel."""
        return Log.open(self.book.log).frame().to_dict("records")
