"""A hub for many: two people at once, each with a log of their own, and one browser for both."""

from __future__ import annotations

import os
import sqlite3
import subprocess
from contextlib import closing

import pytest
from playwright.sync_api import expect

from . import hub as hubs
from .conftest import PATIENCE_MS, SHORT, VIEWPORT, watch
from .lab import until

PROGRAMME = SHORT.replace("HOLD", "hold_s = 1").replace('"short"', '"lying-down"')


@pytest.fixture(scope="module")
def hub():
    if os.getuid() != 0 or subprocess.run(["unshare", "--mount", "true"]).returncode != 0:
        pytest.skip("only root can make people, and where it may have file systems of its own")
    with hubs.serving() as running:
        for person, number in hubs.PEOPLE.items():
            data = running.homes / person / "backcare" / "data"
            data.mkdir(parents=True)
            (data / "programme.toml").write_text(PROGRAMME)
            for path in (data.parent, data, data / "programme.toml"):
                os.chown(path, number, number)
        yield running


@pytest.fixture
def open_browser(chromium):
    contexts, troubles = [], []

    def opened():
        context = chromium.new_context(viewport=VIEWPORT)
        context.set_default_timeout(6 * PATIENCE_MS)
        page = context.new_page()
        contexts.append(context)
        troubles.append(watch(page))
        return page

    yield opened
    for context in contexts:
        context.close()


def log_in(page, hub, person):
    page.goto(f"{hub.url}/hub/login")
    page.get_by_label("Username").fill(person)
    page.get_by_label("Password").fill(hubs.PASSWORD)
    page.get_by_role("button", name="Sign in").click()
    page.wait_for_url(f"**/user/{person}/voila/render/**", timeout=60_000)


def open_exercise(page, hub, person):
    page.goto(f"{hub.url}/user/{person}/voila/render/notebooks/01_lying_down.ipynb")
    page.get_by_role("button", name="None of these applies to me").click()


def start(page):
    page.get_by_role("button", name="Start", exact=True).click()
    page.get_by_role("button", name="Skip").click()


def expect_saved(page):
    expect(page.locator(".bc-outbox")).to_contain_text("Saved in your log", timeout=60_000)


def sets(hub, person):
    if not hub.log(person).exists():
        return 0
    with closing(sqlite3.connect(f"{hub.log(person).as_uri()}?mode=ro", uri=True)) as con:
        return con.execute("SELECT count(*) FROM event").fetchone()[0]


def test_two_people_do_a_set_at_once_and_neither_reads_the_others(hub, open_browser):
    pages = {person: open_browser() for person in hubs.PEOPLE}
    for person, page in pages.items():
        log_in(page, hub, person)
        expect(page.get_by_text("Short exercise: 0 of 3 sets done").first).to_be_visible()
        open_exercise(page, hub, person)
    for page in pages.values():
        start(page)
    for page in pages.values():
        expect_saved(page)
    assert [sets(hub, person) for person in hubs.PEOPLE] == [1, 1]
    refused = pages["anna"].request.get(f"{hub.url}/user/ben/api/contents/backcare")
    assert refused.status in (403, 404)
    reads = ["cat", str(hub.log("ben"))]
    as_each = {
        p: subprocess.run(reads, user=n, capture_output=True) for p, n in hubs.PEOPLE.items()
    }
    assert as_each["ben"].stdout.startswith(b"SQLite")
    assert b"Permission denied" in as_each["anna"].stderr
    notebooks = hub.homes / "anna" / "backcare" / "notebooks"
    assert {path.stat().st_mode & 0o222 for path in notebooks.glob("*.ipynb")} == {0}


def test_fault_46_a_browser_that_both_use_gives_no_set_to_the_other(hub, open_browser):
    page = open_browser()
    before = {person: sets(hub, person) for person in hubs.PEOPLE}
    log_in(page, hub, "anna")
    open_exercise(page, hub, "anna")
    start(page)
    page.context.set_offline(True)
    expect(page.locator(".bc-outbox")).to_contain_text("Not saved yet", timeout=60_000)
    page.goto("about:blank")
    page.context.set_offline(False)
    page.goto(f"{hub.url}/hub/logout")
    log_in(page, hub, "ben")
    open_exercise(page, hub, "ben")
    start(page)
    expect_saved(page)
    assert sets(hub, "ben") == before["ben"] + 1
    assert sets(hub, "anna") == before["anna"]
    page.goto(f"{hub.url}/hub/logout")
    log_in(page, hub, "anna")
    open_exercise(page, hub, "anna")
    until(lambda: sets(hub, "anna") == before["anna"] + 1, "what waited for Anna's log is lost")
    assert sets(hub, "ben") == before["ben"] + 1
