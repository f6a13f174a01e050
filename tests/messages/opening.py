"""What is printed where the workbook is set up and opened."""

from __future__ import annotations

import io
import shutil
import socket
import subprocess
import sys
from contextlib import redirect_stderr, redirect_stdout, suppress

import pytest
from logs import SET

from backcare_widgets import Log
from backcare_widgets.launch.command import main
from backcare_widgets.launch.folder import bring_up_to_date, find

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


def told(*arguments):
    """Return what the command prints."""
    said = io.StringIO()
    with redirect_stdout(said), redirect_stderr(said), suppress(SystemExit):
        main([str(argument) for argument in arguments])
    return said.getvalue()


def started(port):
    return told("open", f"--port={port}")


def without_voila(folder):
    with pytest.MonkeyPatch.context() as modules:
        modules.setitem(sys.modules, "voila", None)
        return told("open", ROOT, "--app")


def exported(name):
    """Return a row's way to export a log that the environment names."""

    def provoke(folder):
        with pytest.MonkeyPatch.context() as environment:
            environment.setenv("BACKCARE_LOG", str(folder / "log.sqlite3"))
            environment.setenv("BACKCARE_BACKUPS", str(folder / "backups"))
            return told("export", folder / name)

    return provoke


def earlier(folder):
    with pytest.MonkeyPatch.context() as environment:
        environment.setenv("BACKCARE_BACKUPS", str(folder / "backups"))
        Log.open(folder / "old" / "log.sqlite3").add(**SET)
        environment.setenv("BACKCARE_LOG", str(folder / "log.sqlite3"))
        said = io.StringIO()
        with redirect_stdout(said):
            find(folder / "own")
        return said.getvalue()


def newer(folder):
    """Return what is said where a file was changed and a newer one comes."""
    bring_up_to_date(folder / "own")
    record = folder / "own" / ".backcare.json"
    (folder / "own" / "data" / "programme.toml").write_text("mine")
    record.write_text(record.read_text().replace(': "', ': "another '))
    return "\n".join(bring_up_to_date(folder / "own"))


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
        Said("cannot be used (address already in use)", "that was not yet saved waits", "--port"),
    ),
    "no Voilà": Row(
        without_voila,
        Said("The app is not installed here", "Nothing was changed", "install it with: pip"),
    ),
    "a first run": Row(
        lambda folder: "\n".join(bring_up_to_date(folder / "own")),
        Told("It is yours: change what you like."),
    ),
    "an earlier workbook": Row(
        earlier,
        Told("Sets of another workbook of yours were found. To add them, run in a new cell"),
    ),
    "a newer version": Row(newer, Told("New in this version, beside what you changed: ")),
    "a folder that cannot be": Row(
        lambda folder: [(folder / "file").touch(), find(folder / "file")],
        Said("The workbook cannot be kept in", "What is there is unchanged", "name another folder"),
    ),
    "an export": Row(exported("my_sets.csv"), Told("All sets were written to")),
    "an export of no kind": Row(
        exported("my_sets.xls"),
        Said("has no ending that says what to write", "Nothing was written", "end it in .csv"),
    ),
}
