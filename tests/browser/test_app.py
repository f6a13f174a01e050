"""The workbook without code: the pages that `backcare open --app` serves."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
import urllib.error
import urllib.request

import pytest
from playwright.sync_api import expect
from ports import free_ports

from backcare_widgets import Log

from .conftest import ONE_SECOND_READY, PATIENCE_MS, SHORT, watch
from .lab import until

PAGES = ("00_start_here", "01_lying_down", "02_sitting_down", "03_standing_up", "04_adherence")
# What Voilà asks when a page is left, in a way that this server refuses; see `serve`.
VOILAS = "console: Failed to load resource: the server responded with a status of 403"
PHONE = {"width": 390, "height": 844}
HEAD, EXERCISE, REST = SHORT.replace("HOLD", "hold_s = 1").partition("[[exercise]]")
PROGRAMME = HEAD + "".join(
    EXERCISE + REST.replace('"short"', f'"{each}"')
    for each in ("lying-down", "sitting-down", "standing-up")
)


class App:
    """A running app: `folder` is the workbook, `log` the log that it writes."""

    def __init__(self, base):
        self.folder, self.base = base / "workbook", base
        self.log = base / "log.sqlite3"
        (self.folder / "data").mkdir(parents=True)
        (self.folder / "data" / "programme.toml").write_text(PROGRAMME)
        [port] = free_ports(1)
        self.url = f"http://127.0.0.1:{port}"
        own = {
            "HOME": str(base),
            "BACKCARE_LOG": str(self.log),
            "BACKCARE_BACKUPS": str(base / "backups"),
            "PYTHONWARNINGS": "ignore",  # of the server's own
        }
        kept = {k: v for k, v in os.environ.items() if not k.startswith("JUPYTER")}
        command = ["-m", "backcare_widgets", "open", str(self.folder), "--app", "--no-browser"]
        self.said = base / "said"
        with self.said.open("w") as output:
            self.process = subprocess.Popen(
                [sys.executable, *command, f"--port={port}"],
                cwd=base,
                env=kept | own,
                stdout=output,
                stderr=subprocess.STDOUT,
            )
        self.token = until(self._token, "the app did not start", 60)

    def _token(self):
        assert self.process.poll() is None, self.said.read_text()
        found = re.search(r"00_start_here\.ipynb\?token=(\w+)", self.said.read_text())
        return found and found[1]

    def address(self, page):
        return f"{self.url}/voila/render/notebooks/{page}.ipynb?token={self.token}"

    def end(self):
        self.process.terminate()
        self.process.wait(30)


@pytest.fixture(scope="module")
def app(tmp_path_factory):
    running = App(tmp_path_factory.mktemp("app"))
    yield running
    running.end()


@pytest.fixture
def open_page(app, chromium):
    contexts, troubles = [], []

    def opened(name, **options):
        context = chromium.new_context(**{"viewport": PHONE} | options)
        context.set_default_timeout(4 * PATIENCE_MS)
        page = context.new_page()
        contexts.append(context)
        troubles.append(watch(page))
        page.goto(app.address(name))
        until(lambda: page.locator("#rendered_cells").is_visible(), "the page is not shown", 40)
        return page

    yield opened
    for context in contexts:
        context.close()
    assert [said for trouble in troubles for said in trouble if not said.startswith(VOILAS)] == []


def button(page, name):
    return page.get_by_role("button", name=name, exact=True)


def set_once(page):
    """Lead the session of a page through a set."""
    page.evaluate(ONE_SECOND_READY, "backcare:times:lying-down")
    button(page, "None of these applies to me").click()
    button(page, "Start").click()
    button(page, "Skip").click()


@pytest.mark.parametrize("name", PAGES)
def test_a_page_is_one_for_a_phone_with_no_code_in_sight(open_page, name):
    page = open_page(name)
    expect(page.locator("h1").first).to_be_visible()
    text = page.locator("body").inner_text()
    code = ("import ", "Log.open()", "exercise(", "today(", "Shift", "cell", "Traceback")
    assert [word for word in code if word in text] == []
    assert page.locator(".jp-CodeCell .jp-InputArea:visible").count() == 0
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]


def test_the_session_stands_at_the_top_and_a_set_is_led_to_its_end_and_saved(app, open_page):
    page = open_page("01_lying_down")
    assert page.locator(".bc-session").bounding_box()["y"] < PHONE["height"] / 1.5
    set_once(page)
    expect(page.locator(".bc-outbox")).to_contain_text("Saved in your log", timeout=30_000)
    frame = Log.open(app.log, backups=app.base / "backups").frame()
    assert list(frame["outcome"])[-1:] == ["done"]


def test_links_lead_from_page_to_page(open_page):
    page = open_page("00_start_here")
    page.get_by_role("link", name="Lying down", exact=True).first.click()
    page.wait_for_url("**/01_lying_down.ipynb*")
    page.get_by_role("link", name="How much you did").first.click()
    page.wait_for_url("**/04_adherence.ipynb*")
    expect(page.locator(".bc-past").first).to_be_visible(timeout=40_000)


def test_nothing_is_told_without_the_token(app):
    for page in PAGES:
        with pytest.raises(urllib.error.HTTPError):
            urllib.request.build_opener(NoRedirects).open(app.address(page).partition("?")[0])


def test_saving_a_notebook_that_was_run_changes_no_file(app):
    file = app.folder / "notebooks" / "04_adherence.ipynb"
    before = file.read_bytes()
    address = f"{app.url}/api/contents/notebooks/{file.name}"
    token = {"Authorization": f"token {app.token}", "Content-Type": "application/json"}
    model = json.load(urllib.request.urlopen(urllib.request.Request(address, headers=token)))
    for cell in model["content"]["cells"]:
        if cell["cell_type"] == "code":
            cell["outputs"] = [{"output_type": "stream", "name": "stdout", "text": "my pain"}]
    content = json.dumps(model).encode()
    save = urllib.request.Request(address, content, token, method="PUT")
    assert urllib.request.urlopen(save).status == 200
    assert file.read_bytes() == before


class NoRedirects(urllib.request.HTTPRedirectHandler):
    """Take a redirect to the question for the token for the refusal that it is."""

    def redirect_request(self, *_):
        return None


def test_where_a_notebook_says_to_run_the_cell_again_the_page_is_to_be_loaded(app, open_page):
    page = open_page("01_lying_down")
    expect(button(page, "None of these applies to me")).to_be_visible(timeout=40_000)
    kernels = urllib.request.Request(f"{app.url}/api/kernels?token={app.token}")
    for kernel in json.load(urllib.request.urlopen(kernels)):
        end = f"{app.url}/api/kernels/{kernel['id']}?token={app.token}"
        urllib.request.urlopen(urllib.request.Request(end, method="DELETE"))
    set_once(page)
    expect(page.locator(".bc-outbox")).to_contain_text("load the page again", timeout=40_000)


def test_in_the_dark_the_page_is_dark(open_page):
    page = open_page("01_lying_down", color_scheme="dark")
    ground = page.evaluate("getComputedStyle(document.body).backgroundColor")
    assert max(map(int, re.findall(r"\d+", ground)[:3])) < 60
    card = page.locator(".bc-session").evaluate("(el) => getComputedStyle(el).backgroundColor")
    assert max(map(int, re.findall(r"\d+", card)[:3])) < 60


def test_what_is_code_elsewhere_is_a_button_here(app, open_page, tmp_path):
    log = Log.open(app.log, backups=app.base / "backups")
    page = open_page("04_adherence")
    records = page.locator(".bc-records")
    expect(records).to_be_visible(timeout=40_000)
    for fold in records.locator("summary").all():
        fold.click()
    said = records.get_by_role("status")
    with page.expect_download() as caught:
        button(page, "Save as a spreadsheet").click()
    assert caught.value.suggested_filename == "my_sets.csv"
    expect(said.nth(0)).to_contain_text("is in your downloads.")
    button(page, "Look through it").click()
    expect(said.nth(1)).to_have_text("No file is chosen. Nothing was changed; choose one above.")
    sheet = tmp_path / "my_sets.csv"
    caught.value.save_as(sheet)
    sets = len(log.frame())
    more = "set,another,lying-down,2026-03-01T12:00:00+00:00,,,61.25,1,1,done,,,hm,timer,"
    sheet.write_text(sheet.read_text(encoding="utf-8-sig").rstrip("\n") + f"\n{more}\n")
    page.get_by_label("The file").set_input_files(sheet)
    button(page, "Look through it").click()
    expect(said.nth(1)).to_contain_text("Nothing was imported yet")
    expect(said.nth(1)).to_contain_text("1 added")
    assert len(log.frame()) == sets
    button(page, "Bring these sets in").click()
    expect(said.nth(1)).to_contain_text("To take it out again, press Undo")
    assert len(log.frame()) == sets + 1
    page.get_by_label("Short exercise: times").first.fill("08:00 25:00")
    button(page, "Save the reminders").click()
    expect(said.nth(2)).to_contain_text("25:00' is not a time of the day")
    page.get_by_label("Short exercise: times").first.fill("08:00, 13:00")
    with page.expect_download() as caught:
        button(page, "Save the reminders").click()
    assert caught.value.suggested_filename == "reminders.ics"
    expect(said.nth(2)).to_contain_text("Send it to your phone and open it there")
    button(page, "Look the log over").click()
    expect(said.nth(3)).to_contain_text("every page and index was checked")
    button(page, "Bring back what is missing").click()
    expect(said.nth(3)).to_contain_text("is whole")
