"""Open JupyterLab on the workbook: ``python lab/start.py [--port PORT] [JupyterLab's options]``.

``make lab`` runs this file, and so can anybody who has no ``make``. What JupyterLab is told stands
in ``jupyter_lab_config.py`` beside it.
"""

from __future__ import annotations

import argparse
import os
import socket
import sys
from pathlib import Path

from traitlets.config.loader import PyFileConfigLoader

CONFIG = Path(__file__).resolve().parent
ROOT = CONFIG.parent


def port_number(text: str) -> int:
    """Return `text` as a port, or raise the sentence that argparse shows the person."""
    if text.isascii() and text.isdigit() and 1 <= int(text) <= 65535:
        return int(text)
    msg = (
        f"{text!r} is not a port. Nothing was opened; give a whole number from 1 to 65535, such as"
        " 9999."
    )
    raise argparse.ArgumentTypeError(msg)


def why_not(host: str, port: int) -> str | None:
    """Return the system's reason why nothing can listen on `host` and `port`, or None."""
    with socket.socket() as probe:
        if os.name == "posix":  # as JupyterLab does, so that a port closed a moment ago will do
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as exc:
            return (exc.strerror or str(exc)).lower()
    return None


def workbook_address(port: int, page: str) -> str | None:
    """Return the address of `page`, token included, if this same workbook is open on `port`."""
    from jupyter_server.serverapp import list_running_servers

    for server in list_running_servers():
        if server["port"] == port and Path(server["root_dir"]) == ROOT:
            return f"{server['url']}{page.lstrip('/')}?token={server['token']}"
    return None


def main(argv: list[str] | None = None) -> int:
    """Open the workbook and stay until it is closed; return the exit status."""
    config = PyFileConfigLoader("jupyter_lab_config.py", path=str(CONFIG)).load_config()
    parser = argparse.ArgumentParser(description="Open the workbook in JupyterLab.")
    parser.add_argument("--port", type=port_number, default=config.ServerApp.port)
    options, for_jupyterlab = parser.parse_known_args(argv)

    reason = why_not(config.ServerApp.ip, options.port)
    if reason and (address := workbook_address(options.port, config.LabApp.default_url)):
        print(f"The workbook is open already, at\n\n    {address}")
        return 0
    if reason:
        print(
            f"Port {options.port} of this machine cannot be used ({reason}). Close what uses it,\n"
            "or open the workbook on another port: make lab PORT=9999\n"
            "A set that was not yet saved waits on the port it was done on, which is port\n"
            f"{config.ServerApp.port} unless you chose another.",
            file=sys.stderr,
        )
        return 1

    from jupyterlab.labapp import main as run_jupyterlab  # takes a second: not for a refusal

    folders = [str(CONFIG), os.environ.get("JUPYTER_CONFIG_PATH", "")]
    os.environ["JUPYTER_CONFIG_PATH"] = os.pathsep.join(filter(None, folders))
    os.chdir(ROOT)
    print("Opening the workbook. To close it, press Ctrl-C here.", flush=True)
    run_jupyterlab([f"--port={options.port}", *for_jupyterlab])
    return 0


if __name__ == "__main__":
    sys.exit(main())
