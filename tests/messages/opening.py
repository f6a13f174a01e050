"""What is printed where the workbook is set up and opened."""

from __future__ import annotations

import io
import runpy
import shutil
import socket
import subprocess
from contextlib import redirect_stderr, redirect_stdout, suppress

from .said import ROOT, Row, Said, Told

# Stands for Python in a set-up: the calls that hold a word of $FAILS fail.
PYTHON = """#!/bin/sh
for word in $FAILS; do
    case "$*" in *"$word"*) exit 1 ;; esac
done
case "$*" in *"-m venv"*) mkdir -p .venv/bin && cp "$0" .venv/bin/python ;; esac
"""
TOOLS = ("sh", "cat", "cksum", "dirname", "flock", "mkdir", "cp", "rm")


def set_up(*fails, has_python=True):
    """Return a row's way to set the workbook up where some calls of Python fail."""

    def provoke(folder):
        (folder / "scripts").mkdir()
        for name in ("scripts/venv.sh", "pyproject.toml", "constraints.txt"):
            shutil.copy(ROOT / name, folder / name)
        bin_ = folder / "bin"
        bin_.mkdir()
        for tool in TOOLS:
            (bin_ / tool).symlink_to(shutil.which(tool))
        if has_python:
            (bin_ / "python3").write_text(PYTHON)
            (bin_ / "python3").chmod(0o755)
        told = subprocess.run(
            ["sh", "scripts/venv.sh", "lab"],
            cwd=folder,
            env={"PATH": str(bin_), "FAILS": " ".join(fails)},
            capture_output=True,
            text=True,
        )
        return told.stdout + told.stderr

    return provoke


def started(port):
    told = io.StringIO()
    main = runpy.run_path(str(ROOT / "lab" / "start.py"))["main"]
    with redirect_stdout(told), redirect_stderr(told), suppress(SystemExit):
        main([f"--port={port}"])
    return told.getvalue()


def in_use(folder):
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        return started(other.getsockname()[1])


LOG = "Your log is not touched"
ROWS = {
    "no Python": Row(
        set_up(has_python=False),
        Said("needs Python 3.11 or later, and none was found", LOG, "apt install python3 python3-"),
    ),
    "no pip": Row(
        set_up("ensurepip", "--version"),
        Said("pip, was not found", LOG, "apt install python3-pip"),
    ),
    "pip not put in": Row(
        set_up("ensurepip", "--python"),
        Said("pip could not be put into .venv", LOG, "then run the same command again"),
    ),
    "a folder of another kind": Row(
        lambda folder: [(folder / ".venv" / "mine").mkdir(parents=True), set_up()(folder)][1],
        Said("holds something other than", "is left as it is", "Move it away"),
    ),
    "packages not installed": Row(
        set_up("install"),
        Said("could not be installed", LOG, "then run the same command again"),
    ),
    "setting up": Row(set_up(), Told("This is needed once. It takes a few minutes.")),
    "a port that is none": Row(
        lambda folder: started("abc"),
        Said("'abc' is not a port", "Nothing was opened", "give a whole number from 1 to 65535"),
    ),
    "a port in use": Row(
        in_use,
        Said("cannot be used (address already in use)", "that was not yet saved waits", "make lab"),
    ),
}
