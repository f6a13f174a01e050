"""What waits in the browser: tabs overwrite nothing, and a busy kernel is not asked in heaps."""

from __future__ import annotations

import pytest
from faults import kept

from backcare_widgets.outbox import Outbox

SITE = "http://127.0.0.1:9/"
# A model that answers nothing by itself; what it was sent is in __sent, its answer goes to __hear.
OPEN = """async (text) => {
  const module = await import(URL.createObjectURL(new Blob([text], {type: "text/javascript"})));
  const traits = {workbook: "w", session: "s", notice: ""};
  window.__sent = [];
  module.default().initialize({model: {
    get: (name) => traits[name],
    on: (name, hear) => name === "msg:custom" && (window.__hear = hear),
    send: (message) => window.__sent.push(message),
  }});
}"""
POST = """(note) => document.dispatchEvent(new CustomEvent("backcare:entry",
  {cancelable: true, detail: {session: "s", op: "add", entry: {note}}}))"""
SENT = "window.__sent.filter((m) => m.type === 'entries')"
WAITING = """Object.keys(localStorage).filter((k) => k.startsWith("backcare:outbox:w"))
  .map((k) => JSON.parse(localStorage.getItem(k)).entry.note)"""
ANSWER = """(problem) => { const m = window.__sent.filter((m) => m.type === 'entries').at(-1);
  window.__hear({type: "answers", number: m.number,
    answers: m.items.map(({id}) => ({id, problem}))}) }"""


@pytest.fixture
def tab(chromium):
    context = chromium.new_context()
    context.route("**", lambda route: route.fulfill(body="<p>", content_type="text/html"))

    def open_tab(before=""):
        page = context.new_page()
        page.clock.install()
        page.goto(SITE)
        page.evaluate(before or "0")
        page.evaluate(OPEN, Outbox._esm)
        return page

    yield open_tab
    context.close()


def test_fault_17_two_tabs_overwrite_nothing_of_each_other(tab):
    one, two = tab(), tab()
    for n in range(5):
        one.evaluate(POST, f"one {n}")
        two.evaluate(POST, f"two {n}")
    kept({f"{name} {n}" for name in ("one", "two") for n in range(5)}, one.evaluate(WAITING))
    one.evaluate(ANSWER, "")  # to its last sending: one entry
    assert len(two.evaluate(WAITING)) == 9
    later = tab()
    assert len(later.evaluate(SENT)[0]["items"]) == 9


def test_fault_17_what_waits_under_the_former_single_key_is_taken_over(tab):
    item = '{a: {id: "a", op: "add", entry: {note: "old"}}}'
    page = tab(f'localStorage.setItem("backcare:outbox:w", JSON.stringify({item}))')
    assert [i["entry"]["note"] for i in page.evaluate(SENT)[0]["items"]] == ["old"]
    kept(["old"], page.evaluate(WAITING))
    page.evaluate(ANSWER, "")
    assert page.evaluate(WAITING) == []


def test_fault_04_an_unanswered_entry_is_sent_again_ever_less_often(tab):
    page = tab()
    page.evaluate(POST, "a")
    page.clock.run_for(60_000)
    assert 4 <= len(page.evaluate(SENT)) <= 6  # at 0, 2, 6, 14, 30 and 60 s
    kept(["a"], page.evaluate(WAITING))
    page.evaluate(ANSWER, "busy")
    kept(["a"], page.evaluate(WAITING))
    page.evaluate(ANSWER, "")
    assert page.evaluate(WAITING) == []
