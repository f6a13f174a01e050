"""A session in marimo, another kind of notebook: nothing of Jupyter's is taken for granted."""

from __future__ import annotations

import os
import subprocess
import sys
import urllib.request
from contextlib import suppress

import pytest
from playwright.sync_api import expect
from ports import free_ports

from backcare_widgets import Log

from .conftest import PATIENCE_MS, VIEWPORT, put_programmes, watch
from .lab import until

APP = """
import marimo

app = marimo.App()


@app.cell
def _():
    from backcare_widgets import exercise
    exercise("short", programme="short.toml")
    return
"""


@pytest.fixture
def address(tmp_path):
    (tmp_path / "app.py").write_text(APP)
    put_programmes(tmp_path)
    [port] = free_ports(1)
    url = f"http://127.0.0.1:{port}"
    log = str(tmp_path / "log.sqlite3")
    own = {"BACKCARE_LOG": log, "BACKCARE_BACKUPS": str(tmp_path / "b"), "HOME": str(tmp_path)}
    command = ["-m", "marimo", "run", "app.py", "--headless", "--no-token", f"--port={port}"]
    with (tmp_path / "said").open("w") as output:
        process = subprocess.Popen(
            [sys.executable, "-W", "ignore", *command],
            cwd=tmp_path,
            env=os.environ | own | {"PYTHONWARNINGS": "ignore"},
            stdout=output,
            stderr=subprocess.STDOUT,
        )

    def answers():
        with suppress(OSError):
            return urllib.request.urlopen(url, timeout=5).status == 200

    try:
        until(answers, "marimo did not start", 60)
        yield url
    finally:
        process.terminate()
        process.wait(30)


def test_a_whole_set_is_led_to_its_end_and_saved(chromium, address, tmp_path):
    context = chromium.new_context(viewport=VIEWPORT)
    context.set_default_timeout(4 * PATIENCE_MS)
    page = context.new_page()
    trouble = watch(page)
    page.goto(address)
    page.get_by_role("button", name="None of these applies to me").click()
    page.get_by_role("button", name="Start", exact=True).click()
    page.get_by_role("button", name="Skip").click()
    expect(page.locator(".bc-outbox")).to_contain_text("Saved in your log", timeout=30_000)
    expect(page.locator(".bc-timer__sets")).to_have_text("1 of 3 sets today")
    context.close()
    rows = Log.open(tmp_path / "log.sqlite3", backups=tmp_path / "b").frame()
    assert list(rows["outcome"]) == ["done"]
    assert trouble == []
