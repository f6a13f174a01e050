"""Our page files as modules in a blank page, so that their pure functions are tested alone."""

from __future__ import annotations

from typing import Any

from playwright.sync_api import Page

_LOAD = """async (sources) => {
  window.__esm = {};
  for (const [name, text] of Object.entries(sources)) {
    const url = URL.createObjectURL(new Blob([text], {type: "text/javascript"}));
    window.__esm[name] = await import(url);
  }
}"""
_CALL = "([module, name, args]) => window.__esm[module][name](...args)"
# One journey in one call: [event, mono, wall], a stretch of ticks at a time where there are many.
_WALK = """([stretches, events, start]) => {
  const {fresh, step, remainingMs, repetitionsDone} = window.__esm.timer;
  let state = fresh(stretches, {mono: start, wall: start});
  return events.map(([event, mono, wall]) => {
    const now = {mono, wall: wall ?? mono};
    state = step(state, typeof event === "string" ? {type: event} : event, now);
    return {...state, left: remainingMs(state, now), whole: repetitionsDone(state)};
  });
}"""


class Esm:
    """Exports of the named texts, called from Python; values go over as JSON would."""

    def __init__(self, page: Page, **texts: str) -> None:
        self.page = page
        page.evaluate(_LOAD, texts)

    def call(self, module: str, name: str, *args: Any) -> Any:
        """Call an export of a module."""
        return self.page.evaluate(_CALL, [module, name, list(args)])

    def walk(self, stretches: list[dict], events: list, start: float = 0) -> list[dict[str, Any]]:
        """Give the state after each event; milliseconds, the wall clock beside if not given."""
        return self.page.evaluate(_WALK, [stretches, [list(e) for e in events], start])
