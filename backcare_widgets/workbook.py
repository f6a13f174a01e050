"""The workbook that is used: the folder of its notebooks and its programme, and where its log is.

A checkout of the project is one, and so is the folder that `backcare open` makes for a person.
"""

from __future__ import annotations

import os
from contextlib import suppress
from pathlib import Path

import platformdirs

PACKAGE = Path(__file__).resolve().parent


def shipped() -> Path:
    """Return the folder of this version's own `data` and `notebooks`."""
    return PACKAGE if (PACKAGE / "data").is_dir() else PACKAGE.parent


def workbook() -> Path | None:
    """Return the workbook around the current folder, else the checkout of this package, or None."""
    with suppress(OSError):  # the current folder may be gone, or closed to us
        here = Path.cwd()
        for folder in (here, *here.parents):
            if is_workbook(folder):
                return folder
    return PACKAGE.parent if is_workbook(PACKAGE.parent) else None


def is_workbook(folder: Path) -> bool:
    """Return whether a folder holds notebooks and a programme of its own."""
    return (folder / "notebooks").is_dir() and (folder / "data" / "programme.toml").is_file()


def is_checkout(folder: Path) -> bool:
    """Return whether a workbook is the project itself, which keeps its log beside its data."""
    return is_workbook(folder) and (folder / "backcare_widgets" / "__init__.py").is_file()


def data_file(name: str) -> Path:
    """Return the file of that name in the workbook's `data`, else the one of this version."""
    folder = workbook()
    own = folder / "data" / name if folder else None
    return own if own and own.is_file() else shipped() / "data" / name


def usual_log() -> tuple[Path, str]:
    """Return where the log is if nothing names another place, and that place in words."""
    folder = workbook()
    if folder and is_checkout(folder):
        log = folder / "data" / "log.sqlite3"
        if os.access(log if log.exists() else log.parent, os.W_OK):
            return log, "in the workbook's folder"
    return own_folder() / "log.sqlite3", "in your own data folder"


def own_folder() -> Path:
    """Return the per-user folder of log, backups and JupyterLab's workspaces; nothing is made."""
    return platformdirs.user_data_path("backcare", appauthor=False)
