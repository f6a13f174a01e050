"""JupyterLab, or the pages without code, opened on a workbook and served until they are closed.

What JupyterLab is told stands in ``jupyter_config.py`` beside this file.
"""

from __future__ import annotations

import os
import socket
import sys
from importlib.util import find_spec
from pathlib import Path
from typing import Any

HERE = Path(__file__).resolve().parent
HOST = "127.0.0.1"
START = "00_start_here.ipynb"


def serve(folder: Path, port: int, *, as_app: bool, browser: bool) -> int:
    """Open the workbook in `folder` and stay until it is closed; return the exit status."""
    if missing := _missing(as_app):
        print(missing, file=sys.stderr)
        return 1
    page = f"/voila/render/notebooks/{START}" if as_app else f"/lab/tree/notebooks/{START}"
    reason = _why_not(port)
    if reason and (address := _address(folder, port, page)):
        print(f"The workbook is open already, at\n\n    {address}")
        return 0
    if reason:
        print(
            f"Port {port} of this machine cannot be used ({reason}). Close what uses it, or open"
            " the\nworkbook on another port: backcare open --port 9999\n"
            "A set that was not yet saved waits on the port it was done on.",
            file=sys.stderr,
        )
        return 1

    find_our_settings()
    os.chdir(folder)
    print("Opening the workbook. To close it, press Ctrl-C here.", flush=True)
    _application(as_app)(
        [
            f"--port={port}",
            f"--ServerApp.root_dir={folder}",
            f"--ServerApp.default_url={page}",
            f"--LabApp.default_url={page}",
            *([] if browser else ["--no-browser"]),
            # Voilà starts a kernel for each page that is opened, and ends none that is left.
            *(["--MappingKernelManager.cull_idle_timeout=600"] if as_app else []),
        ]
    )
    return 0


def find_our_settings() -> None:
    """Let Jupyter read the settings and the page template that stand beside this file."""
    for name, place in (("JUPYTER_CONFIG_PATH", HERE), ("JUPYTER_PATH", HERE / "share")):
        os.environ[name] = os.pathsep.join(filter(None, [str(place), os.environ.get(name, "")]))


def _missing(as_app: bool) -> str | None:
    """Return the sentence that says which part is not installed, or None."""
    name, extra = ("voila", "app") if as_app else ("jupyterlab", "lab")
    if find_spec(name):
        return None
    return (
        f"{'The app' if as_app else 'JupyterLab'} is not installed here. Nothing was changed;"
        f" install it with: pip install 'backcare-widgets[{extra}]'"
    )


def _application(as_app: bool) -> Any:
    if as_app:
        from jupyter_server import serverapp

        return serverapp.main
    from jupyterlab import labapp  # takes a second: not for a refusal

    return labapp.main


def _why_not(port: int) -> str | None:
    """Return the system's reason why nothing can listen on a port, or None."""
    with socket.socket() as probe:
        if os.name == "posix":  # as JupyterLab does, so that a port closed a moment ago will do
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((HOST, port))
        except OSError as exc:
            return (exc.strerror or str(exc)).lower()
    return None


def _address(folder: Path, port: int, page: str) -> str | None:
    """Return the address of `page`, token included, if this same workbook is open on `port`."""
    from jupyter_server.serverapp import list_running_servers

    for server in list_running_servers():
        if server["port"] == port and Path(server["root_dir"]) == folder:
            return f"{server['url']}{page.lstrip('/')}?token={server['token']}"
    return None
