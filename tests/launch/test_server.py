"""What `backcare open` starts: on this machine only, its token kept, no network asked."""

from __future__ import annotations

import json
import os
import re
import shutil
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.parse
import urllib.request

import psutil
import pytest
from playwright.sync_api import sync_playwright
from ports import free_ports

START = [sys.executable, "-m", "backcare_widgets", "open"]


class KeepRedirects(urllib.request.HTTPRedirectHandler):
    """Hand a redirect back as the answer that it is."""

    def redirect_request(self, *_):
        return None


def private_environment(folder):
    """Return an environment in which Jupyter neither reads nor writes the person's own folders."""
    theirs = ("JUPYTER", "PYTHONWARNINGS")  # what JupyterLab warns of is its own business
    environment = {k: v for k, v in os.environ.items() if not k.startswith(theirs)}
    environment |= {"HOME": str(folder), "JUPYTER_RUNTIME_DIR": str(folder / "runtime")}
    environment |= {
        "JUPYTER_CONFIG_DIR": str(folder / "config"),
        "JUPYTER_DATA_DIR": str(folder / "data"),
    }
    return environment


def wait_for(condition, process, seconds=60):
    """Return the first true answer of `condition`; fail when the process ends or time is up."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if answer := condition():
            return answer
        assert process.poll() is None, f"JupyterLab stopped with status {process.returncode}"
        time.sleep(0.05)
    pytest.fail(f"nothing happened in {seconds} s")


class Server:
    """A running workbook, started as `make lab` does."""

    def __init__(self, process, port, runtime, output):
        self.process, self.port, self.output = process, port, output
        info = runtime / f"jpserver-{process.pid}.json"
        wait_for(info.exists, process)
        self.token = wait_for(lambda: info.read_text() and json.loads(info.read_text()), process)[
            "token"
        ]
        self.address = f"http://127.0.0.1:{port}"
        wait_for(lambda: self.status("/api") == 200, process)

    def ask(self, path, *, token=False):
        request = urllib.request.Request(self.address + path)
        if token:
            request.add_header("Authorization", f"token {self.token}")
        return urllib.request.build_opener(KeepRedirects).open(request, timeout=30)

    def status(self, path):
        try:
            return self.ask(path).status
        except urllib.error.HTTPError as error:
            return error.code
        except urllib.error.URLError:
            return None


@pytest.fixture(scope="module")
def server(tmp_path_factory):
    folder = tmp_path_factory.mktemp("person")
    [port] = free_ports(1)
    with (folder / "output").open("w") as output:
        process = subprocess.Popen(
            [*START, f"--port={port}", "--no-browser"],
            cwd=folder,  # not the project: it must find its own way there
            env=private_environment(folder),
            stdout=output,
            stderr=subprocess.STDOUT,
        )
    try:
        yield Server(process, port, folder / "runtime", folder / "output")
    finally:
        process.terminate()
        process.wait(timeout=30)


def test_nothing_is_told_without_the_token(server):
    assert len(server.token) >= 40
    assert server.status("/api/status") == 403
    assert server.status("/api/contents/") == 403
    assert server.status("/lab") == 302
    assert server.ask("/api/status", token=True).status == 200


def test_it_listens_on_loopback_only(server):
    listening = {
        connection.laddr.ip
        for process in [psutil.Process(server.process.pid)]
        for connection in process.net_connections(kind="inet")
        if connection.status == psutil.CONN_LISTEN
    }
    assert listening == {"127.0.0.1"}


def test_it_prints_the_address_of_the_start_notebook(server):
    def printed():
        return re.search(r"(http://127\.0\.0\.1:\d+)(/\S+)", server.output.read_text())

    address, path = wait_for(printed, server.process).groups()
    assert address == server.address
    parts = urllib.parse.urlsplit(path)
    assert parts.path == "/lab/tree/notebooks/00_start_here.ipynb"
    assert urllib.parse.parse_qs(parts.query)["token"] == [server.token]
    assert "localhost" not in server.output.read_text()


def test_the_whole_project_is_there_to_open(server):
    listing = json.load(server.ask("/api/contents/", token=True))
    assert {"notebooks", "data"} <= {item["name"] for item in listing["content"]}


def test_settings_ask_for_no_news_no_updates_no_extensions(server):
    def setting(plugin):
        return json.load(server.ask(f"/lab/api/settings/@jupyterlab/{plugin}", token=True))[
            "schema"
        ]["properties"]

    notification = setting("apputils-extension:notification")
    assert notification["fetchNews"]["default"] == "false"
    assert notification["checkForUpdates"]["default"] is False
    assert setting("extensionmanager-extension:plugin")["enabled"]["default"] is False
    assert setting("notebook-extension:tracker")["windowingMode"]["default"] == "none"


def test_fault_40_the_server_itself_would_ask_nobody_for_news_updates_or_extensions(server):
    """Even where the person's own settings say otherwise."""
    page = server.ask("/lab", token=True).read().decode()
    config = json.loads(re.search(r'id="jupyter-config-data"[^>]*>(.*?)</script>', page, re.S)[1])
    assert config["news"] == {"disabled": True}
    assert config["extensionManager"]["name"] == "read-only"
    update = json.load(server.ask("/lab/api/update", token=True))
    assert update == {"notification": None}


def test_fault_40_the_page_asks_only_this_server_and_shows_no_pop_up(server):
    chromium = os.environ.get("BACKCARE_CHROMIUM") or shutil.which("chromium")
    asked = []
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        page = browser.new_page()
        page.on("request", lambda request: asked.append(request.url))
        page.goto(f"{server.address}/lab?token={server.token}")
        page.locator("#jupyterlab-splash").wait_for(state="detached", timeout=60_000)
        page.locator(".jp-FileBrowser").wait_for()
        page.wait_for_load_state("networkidle")
        pop_ups = page.locator(".Toastify__toast, .jp-Dialog").count()
        browser.close()
    assert pop_ups == 0
    own = (server.address, server.address.replace("http:", "ws:"), "data:", "blob:")
    assert [url for url in asked if not url.startswith(own)] == []
    assert [url for url in asked if "/lab/api/news" in url or "/lab/api/update" in url] == []
    assert len(asked) > 20


def start_again(port, folder):
    return subprocess.run(
        [*START, f"--port={port}", "--no-browser"],
        env=private_environment(folder),
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


def test_a_second_start_tells_where_the_workbook_is_open(server):
    again = start_again(server.port, server.output.parent)
    assert again.returncode == 0
    assert "open already" in again.stdout
    start = "/lab/tree/notebooks/00_start_here.ipynb"
    assert f"{server.address}{start}?token={server.token}" in again.stdout


def test_a_port_in_use_is_said_and_not_moved_from(tmp_path):
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        refused = start_again(port, tmp_path)
    assert refused.returncode == 1
    assert f"Port {port} of this machine cannot be used" in refused.stderr
    assert "backcare open --port 9999" in refused.stderr
    assert "Traceback" not in refused.stderr


@pytest.mark.parametrize("port", ["0", "65536", "abc", "-1", "²"])
def test_a_port_that_is_none_is_refused_in_words(port, tmp_path):
    refused = start_again(port, tmp_path)
    assert refused.returncode == 2
    assert f"'{port}' is not a port" in refused.stderr
