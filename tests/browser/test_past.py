"""What was recorded, put right in the page: by mouse, by keyboard, and with no kernel."""

from __future__ import annotations

import contextlib
import datetime as dt
import json
import sqlite3

import pytest
from logs import every_row
from playwright.sync_api import expect

import backcare_widgets
from backcare_widgets import Log

from .host import log_of
from .lab import until
from .test_private import SAVE, WIDGET_STATE, widget_state_saved  # noqa: F401  (a fixture)

SUBMIT = "button[type=submit]"
# Marks each day that is there, and lists in which of them anything changes from then on.
WATCH_DAYS = """() => {
  const list = document.querySelector(".bc-past__days");
  for (const day of list.children) day.dataset.seen = "";
  window.__changedDays = new Set();
  const hear = (records) => {
    for (const { target } of records) {
      const element = target instanceof Element ? target : target.parentElement;
      window.__changedDays.add(element.closest(".bc-past__day")?.dataset.day ?? "");
    }
  };
  const what = { subtree: true, childList: true, attributes: true, characterData: true };
  new MutationObserver(hear).observe(list, what);
}"""
# Two clicks at one place, so many milliseconds apart, on whatever is there then.
CLICK_TWICE = """([x, y, apart]) => new Promise((done) => {
  const click = () => {
    const how = { bubbles: true, cancelable: true, clientX: x, clientY: y, detail: 1 };
    document.elementFromPoint(x, y)?.dispatchEvent(new MouseEvent("click", how));
  };
  click();
  setTimeout(() => done(click()), apart);
})"""
NOTE = "Zwölf-Uhr-Notiz 🌱 nobody-else"


def yesterday():
    """Return the day before today, which begins at 04:00."""
    return (dt.datetime.now() - dt.timedelta(hours=28)).date()


def fill(folder, days=3):
    """Make a log in a folder, with two sets on each of some days; return it."""
    log = Log.open(folder / "log.sqlite3", backups=folder / "backups")
    for day in range(days):
        before = yesterday() - dt.timedelta(days=day)
        noon = dt.datetime.combine(before, dt.time(12)).astimezone()
        for n, exercise_id in enumerate(("lying-down", "sitting-down")):
            log.add(
                exercise_id=exercise_id,
                started_at=noon + dt.timedelta(hours=n),
                duration_s=90.0,
                repetitions_done=3,
                repetitions_prescribed=3,
                outcome="done",
                pain_before=5,
                note=NOTE if day == 0 and n == 0 else "",
                entry_id=f"{day}-{n}",
            )
    return log


def filled(server, tmp_path, days=3):
    """Make the folder of such a log for a notebook of JupyterLab; return both."""
    folder = server.root / tmp_path.name
    folder.mkdir()
    return folder, fill(folder, days)


def past_cell(host):
    """Show the list of a host's log."""
    return backcare_widgets.past(log=log_of(host))


class PastPage:
    """The list in the cell of that number."""

    def __init__(self, book):
        self.book, self.page = book, book.page
        self.root = book.cell(1).locator(".bc-past")
        self.said = self.root.locator(".bc-past__said")
        expect(self.root.locator(".bc-past__day").first).to_be_visible()

    def press(self, *names):
        for name in names:
            self.root.get_by_role("button", name=name, exact=True).click()

    def act(self, what, entry_id):
        self.set(entry_id).get_by_role("button", name=what).click()

    def set(self, entry_id):
        return self.root.locator(f'[data-key="{entry_id}"]')

    def day_of(self, entry_id):
        return self.root.locator(f'.bc-past__day:has([data-key="{entry_id}"])')

    def expect_said(self, text):
        expect(self.said).to_contain_text(text)


def press_twice(page, button, way):
    """Press a button twice, so many milliseconds apart, or hold Enter down on it."""
    button.scroll_into_view_if_needed()
    if way == "held":
        button.focus()
        for _ in range(4):
            page.keyboard.down("Enter")
        page.keyboard.up("Enter")
        return
    box = button.bounding_box()
    at = [box["x"] + box["width"] / 2, box["y"] + box["height"] / 2]
    page.evaluate(CLICK_TWICE, [*at, way])


@pytest.fixture
def open_past(open_host, tmp_path):
    """Give a function that opens the list of a log with so many days."""

    def opened(days=3):
        log = fill(tmp_path, days)
        host = open_host(past_cell)
        host.run(1)
        return PastPage(host), log

    return opened


@pytest.fixture
def shown(open_past):
    return open_past()


@pytest.fixture
def shown_in_lab(open_cells, server, tmp_path):
    folder, log = filled(server, tmp_path)
    return PastPage(open_cells("past()", folder=folder)), log


def test_a_set_is_changed_deleted_and_each_undone_by_one_click(shown):
    past, log = shown
    past.act("Edit", "0-0")
    form = past.root.locator("form")
    form.get_by_label("Pain after").select_option("2")
    form.get_by_label("Note").fill("with a pillow")
    form.get_by_role("button", name="Repetitions done: less").click()
    past.press("Save the change")
    past.expect_said("Changed. What it was before is kept.")
    expect(past.set("0-0")).to_contain_text("2 of 3 repetitions")
    expect(past.set("0-0")).to_contain_text("pain 5 before and 2 after")
    assert {row["note"] for row in log.sets_on(yesterday())} == {"with a pillow", ""}

    past.set("0-0").get_by_role("button", name="1 earlier version").click()
    expect(past.set("0-0").locator(".bc-past__versions")).to_contain_text(NOTE)
    expect(past.said).to_have_text("")
    expect(past.said).to_have_attribute("data-tone", "")

    past.act("Delete", "0-0")
    past.expect_said("Deleted. Undo brings it back.")
    expect(past.set("0-0")).to_be_hidden()
    past.press("Undo")
    expect(past.set("0-0")).to_contain_text("with a pillow")
    past.press("Undo")
    expect(past.set("0-0")).to_contain_text(NOTE)
    past.press("Redo")
    expect(past.set("0-0")).to_contain_text("with a pillow")


def test_what_was_deleted_long_ago_is_found_and_put_back(shown):
    past, log = shown
    past.act("Delete", "2-1")
    past.act("Delete", "0-1")
    past.day_of("2-0").get_by_text("1 deleted").click()
    past.act("Put back", "2-1")
    past.expect_said("The set is in the log again.")
    expect(past.set("2-1").get_by_role("button", name="Edit")).to_be_visible()
    assert len(log.frame()) == 5


def test_a_forgotten_set_is_added_but_none_in_the_future(shown):
    past, log = shown
    past.press("Add a set")
    form = past.root.locator("form")
    form.get_by_label("Exercise").select_option("sitting-down")
    expect(form.get_by_role("group", name="Repetitions done")).to_contain_text("3")
    when = form.get_by_label("When did you start?")
    assert when.get_attribute("max") == when.input_value()
    when.fill(f"{dt.datetime.now() + dt.timedelta(hours=2):%Y-%m-%dT%H:%M}")
    past.press("Add this set")
    past.expect_said("That is in the future. Nothing was saved yet; choose a time that has passed.")
    assert len(log.frame()) == 6
    when.fill(f"{yesterday()}T06:15")
    past.press("Add this set")
    past.expect_said("Written down for")
    expect(form).to_have_count(0)
    row = log.sets_on(yesterday())[0]
    assert (row["exercise_id"], row["repetitions_done"], row["source"]) == (
        "sitting-down",
        3,
        "manual",
    )


def test_days_are_marked_and_the_programme_is_paused_and_resumed(shown):
    past, log = shown
    rest = past.day_of("1-0").get_by_role("button", name="Rest day")
    rest.click()
    past.expect_said("is marked as a rest day: nothing is due on it.")
    expect(rest).to_have_attribute("aria-pressed", "true")
    rest.click()
    expect(rest).to_have_attribute("aria-pressed", "false")
    past.press("Mark a day")
    past.root.get_by_label("Which day?").fill("2026-01-05")
    past.root.get_by_label("Mark it as").select_option("flare-up")
    past.press("Mark this day")
    past.expect_said("5 January 2026 is marked as a flare-up")
    assert log.marks() == {dt.date(2026, 1, 5): "flare-up"}
    past.press("I feel better: pause the programme")
    expect(past.root).to_contain_text("Paused since")
    assert list(log.marks().values())[-1] == "pause"
    past.press("Resume the programme")
    expect(past.root).not_to_contain_text("Paused since")
    past.press("Undo")
    expect(past.root).to_contain_text("Paused since")


def test_it_is_worked_by_keyboard_alone_and_the_place_is_not_lost(shown_in_lab):
    past, log = shown_in_lab
    key = past.page.keyboard.press
    past.set("1-0").get_by_role("button", name="Edit").focus()
    key("Enter")
    expect(past.root.get_by_label("Exercise")).to_be_focused()
    past.root.get_by_label("Note").focus()
    past.page.keyboard.type("dd mm")  # commands of JupyterLab, outside a field
    key("Tab")
    key("Tab")  # past how it ended
    expect(past.root.get_by_role("button", name="Save the change")).to_be_focused()
    key("Enter")
    past.expect_said("Changed.")
    expect(past.set("1-0").get_by_role("button").first).to_be_focused()
    key("Tab")
    key("Tab")
    expect(past.set("1-0").get_by_role("button", name="Delete")).to_be_focused()
    key("Space")
    past.expect_said("Deleted.")
    expect(past.root.locator(":focus")).to_have_count(1)
    assert past.page.locator(".jp-Cell").count() == 2, "a key went to JupyterLab"
    assert [row["note"] for row in log.revisions("1-0")] == ["", "dd mm", "dd mm"]


@pytest.mark.parametrize("way", ["Cancel", "save"])
@pytest.mark.parametrize("opener", ["Add a set", "Mark a day", "Edit"])
def test_the_place_is_not_lost_when_a_form_closes(shown, opener, way):
    past, _ = shown
    if opener == "Edit":
        past.act("Edit", "1-0")
    else:
        past.press(opener)
    form = past.root.locator("form")
    (form.get_by_role("button", name="Cancel") if way == "Cancel" else form.locator(SUBMIT)).focus()
    past.page.keyboard.press("Enter")
    expect(form).to_have_count(0)
    back = past.set("1-0") if opener == "Edit" else past.root
    expect(back.get_by_role("button", name=opener).first).to_be_focused()


def test_a_form_outlives_what_else_is_done_on_its_day(shown):
    past, log = shown
    past.act("Edit", "0-0")
    note = past.root.get_by_label("Note")
    note.fill("a long story")
    past.act("Delete", "0-1")
    past.expect_said("Deleted.")
    expect(note).to_have_value("a long story")
    past.press("Undo")
    past.expect_said("is back in the log")
    expect(note).to_have_value("a long story")
    log.edit("0-0", pain_after=4)  # in another tab
    past.press("Save the change")
    past.expect_said("Changed.")
    expect(past.set("0-0")).to_contain_text("a long story")
    expect(past.set("0-0")).to_contain_text("pain 5 before and 4 after")
    expect(past.root.locator("form")).to_have_count(0)


def test_an_answer_that_comes_late_does_not_take_the_keys_from_elsewhere(shown):
    past, _ = shown
    past.book.be_busy()
    past.act("Delete", "0-0")
    past.page.evaluate(
        "document.body.append(Object.assign(document.createElement('input'), {id: 'elsewhere'}))"
    )
    elsewhere = past.page.locator("#elsewhere")
    elsewhere.focus()
    past.book.be_free()
    past.expect_said("Deleted.")
    expect(elsewhere).to_be_focused()


def test_a_set_done_where_the_clock_is_ahead_can_be_put_right(open_host, tmp_path):
    log = fill(tmp_path)
    there = dt.timezone(dt.timedelta(hours=14))
    row = log.sets_on(yesterday())[0]
    fields = {name: row[name] for name in ("exercise_id", "outcome")}
    fields |= {"repetitions_done": 5, "repetitions_prescribed": 5, "duration_s": None}
    log.add(started_at=dt.datetime.now(there), entry_id="far", **fields)
    host = open_host(past_cell)
    host.run(1)
    past = PastPage(host)
    past.act("Edit", "far")
    past.root.get_by_label("Note").fill("on the island")
    past.press("Save the change")
    past.expect_said("Changed.")
    expect(past.set("far")).to_contain_text("on the island")


def test_what_is_new_appears_for_who_comes_by_keyboard_too(shown):
    past, log = shown
    log.edit("0-0", note="from another notebook")
    past.root.get_by_role("button", name="Mark a day").focus()
    expect(past.set("0-0")).to_contain_text("from another notebook")
    past.page.mouse.click(5, 5)
    past.set("1-0").get_by_role("button", name="Edit").focus()
    log.edit("1-0", note="and once more")
    past.set("0-1").hover()
    expect(past.set("1-0")).to_contain_text("and once more")
    expect(past.set("1-0").get_by_role("button", name="Edit")).to_be_focused()


@pytest.mark.parametrize(
    ("day", "says"), [("", "choose"), ("0202-01-05", "choose"), ("12026-01-05", "future")]
)
def test_a_day_that_cannot_be_meant_is_refused_in_plain_words(shown, day, says):
    past, log = shown
    past.press("Mark a day")
    field = past.root.get_by_label("Which day?")
    field.evaluate("(input, day) => (input.value = day)", day)
    past.press("Mark this day")
    expect(past.said).to_contain_text(says)
    assert log.marks() == {}


def test_hundreds_of_days_come_some_at_a_time_and_stay_quick(open_past):
    past, log = open_past(days=300)
    days = past.root.locator(".bc-past__day")
    first = days.count()
    assert first < 30
    more = past.root.locator(":scope > button", has_text="Show earlier days")
    while days.count() < 300:
        shown = days.count()
        more.click()
        until(lambda shown=shown: days.count() > shown, "no earlier days came")
    expect(more).to_be_hidden()
    # Drawn anew is what changed in one day: all days are the very elements that they were.
    past.page.evaluate(WATCH_DAYS)
    past.act("Delete", "200-0")
    past.expect_said("Deleted.")
    changed = past.day_of("200-1").get_attribute("data-day")
    assert past.page.evaluate("[...window.__changedDays]") == [changed]
    assert past.root.locator(".bc-past__day:not([data-seen])").count() == 0
    assert len(log.frame()) == 599


def test_a_set_finished_in_another_notebook_appears_by_itself(shown):
    past, log = shown
    past.page.mouse.move(5, 5)
    row = log.sets_on(yesterday())[0]
    log.add(
        exercise_id="standing-up",
        started_at=dt.datetime.fromisoformat(row["start_utc"]),
        duration_s=None,
        repetitions_done=1,
        repetitions_prescribed=1,
        outcome="done",
        entry_id="new",
    )
    past.set("0-1").hover()
    expect(past.set("new")).to_contain_text("Standing up")


def test_a_log_that_was_held_at_first_is_shown_once_it_is_free(open_host, tmp_path):
    log = fill(tmp_path)
    book = open_host(past_cell)
    with contextlib.closing(sqlite3.connect(log.path, isolation_level=None)) as other:
        other.execute("BEGIN EXCLUSIVE")
        book.run(1)
        root = book.cell(1).locator(".bc-past")
        expect(root.locator(".bc-past__said")).to_contain_text("please try again", timeout=15_000)
    book.page.mouse.move(5, 5)
    root.hover()
    expect(root.locator(".bc-past__day").first).to_be_visible()
    expect(root.locator(".bc-past__said")).to_have_text("")


@pytest.mark.usefixtures("without_kernel")
def test_without_a_kernel_it_says_so_and_what_to_do(shown_in_lab, server):
    past, log = shown_in_lab
    server.end_kernels()
    past.act("Delete", "0-0")
    past.expect_said("run the cell again")
    expect(past.set("0-0")).to_contain_text(NOTE)
    assert len(log.frame()) == 6


def test_a_change_asked_of_a_busy_kernel_is_made_once_it_answers(open_cells, server, tmp_path):
    folder, log = filled(server, tmp_path)
    busy = "import time, pathlib\nwhile not pathlib.Path('go').exists(): time.sleep(0.05)"
    book = open_cells("past()", busy, run=False, folder=folder)
    book.run(0)
    book.run(1)
    past = PastPage(book)
    book.run(2, wait=False)
    past.act("Delete", "0-0")
    (folder / "go").touch()
    past.expect_said("Deleted.")
    assert len(log.frame()) == 5


def test_a_saved_notebook_holds_nothing_of_what_was_listed(shown_in_lab, widget_state_saved):  # noqa: F811
    past, _ = shown_in_lab
    past.act("Edit", "0-0")
    past.page.evaluate(SAVE)
    file = past.book.server.root / past.book.path
    saved = json.loads(file.read_text(encoding="utf-8"))
    models = saved["metadata"]["widgets"]["application/vnd.jupyter.widget-state+json"]["state"]
    for model in models.values():
        model["state"].pop("_esm", None)
    text = json.dumps(saved, ensure_ascii=False)
    assert '"exercises"' in text, "the traits were not saved, so this test sees nothing"
    for private in ("nobody-else", "pain_before", "pain 5", str(yesterday())):
        assert private not in text, private
    assert "What you recorded is listed here" in text


def test_markup_in_a_note_is_shown_as_text(shown):
    past, log = shown
    log.edit("0-0", note="<img src=x onerror=__pwned=1>", exercise_id="<b>x</b>")
    past.set("1-0").hover()
    expect(past.set("0-0")).to_contain_text("<img src=x onerror=__pwned=1>")
    past.act("Edit", "0-0")
    expect(past.root.get_by_label("Exercise")).to_have_value("<b>x</b>")
    assert past.root.locator("img, b, script").count() == 0
    assert past.page.evaluate("typeof window.__pwned") == "undefined"


def edited(past, n):
    past.act("Edit", f"{n % 3}-{n // 3}")
    past.root.get_by_label("Note").fill(f"the {n}th")
    return past.root.locator(SUBMIT)


def added(past, n):
    past.press("Add a set")
    return past.root.locator(SUBMIT)


def marked(past, n):
    past.press("Mark a day")
    past.root.get_by_label("Mark it as").select_option(("rest", "flare-up")[n % 2])
    return past.root.locator(SUBMIT)


def deleted(past, n):
    return past.set(f"{n % 3}-{1 - n // 3}").get_by_role("button", name="Delete")


def put_back(past, n):
    past.act("Delete", f"{n % 3}-{n // 3}")
    past.expect_said("Deleted.")
    unfold = past.root.get_by_role("button", name="1 deleted")
    if unfold.get_attribute("aria-expanded") == "false":
        unfold.click()
    return past.set(f"{n % 3}-{n // 3}").get_by_role("button", name="Put back")


def redone(past, n):
    for _ in range(2):
        past.press("Undo")
        past.expect_said("Undone")
    return past.root.get_by_role("button", name="Redo")


def of_tools(name):
    return lambda past, n: past.root.locator(".bc-past__tools button", has_text=name)


def of_day(name):
    return lambda past, n: past.day_of("1-0").get_by_role("button", name=name)


WRITES = {
    "Save the change": edited,
    "Add this set": added,
    "Mark this day": marked,
    "Delete": deleted,
    "Put back": put_back,
    "Undo": of_tools("Undo"),
    "Redo": redone,
    "pause and resume": of_tools("the programme"),
    "Rest day": of_day("Rest day"),
    "Flare-up": of_day("Flare-up"),
}


@pytest.mark.parametrize("prepare", WRITES.values(), ids=WRITES)
def test_fault_43_pressed_twice_or_held_down_a_button_makes_one_change(shown, prepare):
    past, log = shown

    def changes():
        return sum(len(every_row(log.path)[table]) for table in ("event", "mark"))

    for n, way in enumerate((0, 150, 400, "held")):
        button = prepare(past, n)
        expect(past.root.locator("[aria-disabled]")).to_have_count(0)
        before = changes()
        press_twice(past.page, button, way)
        # No longer held: what a second press asked for would have been done by now.
        expect(past.root.locator("[aria-disabled]")).to_have_count(0)
        assert changes() == before + 1, way
        expect(past.root.locator("form")).to_have_count(0)


def test_a_form_goes_with_its_set_to_another_day_and_back(shown):
    past, log = shown
    log.edit("0-0", started_at=log.frame()["started_at"].max() - dt.timedelta(days=2))
    past.set("1-1").hover()
    expect(past.day_of("0-0").locator('[data-key="2-0"]')).to_be_visible()
    past.act("Edit", "0-0")
    note = past.root.get_by_label("Note")
    note.fill("a long story")
    past.press("Undo")
    expect(past.day_of("0-1").locator("form")).to_be_visible()
    expect(note).to_have_value("a long story")
    past.press("Save the change")
    past.expect_said("Changed.")
    assert {row["note"] for row in log.sets_on(yesterday())} == {"a long story", ""}


def test_a_change_is_shown_by_another_list_at_once(open_host, tmp_path):
    fill(tmp_path)
    book = open_host(past_cell, past_cell)
    book.run_all()
    past = PastPage(book)
    other = book.cell(2).locator('[data-key="1-0"]')
    expect(other).to_be_visible()
    past.act("Delete", "1-0")
    expect(other).to_be_hidden()
    past.press("Undo")
    expect(other).to_be_visible()
