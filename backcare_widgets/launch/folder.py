"""The folder that is opened: a checkout, or the person's own, filled with what this version brings.

What the person changed is never overwritten: a newer version of a changed file is put beside it.
"""

from __future__ import annotations

import hashlib
import json
from contextlib import suppress
from pathlib import Path
from typing import Any

from .. import __version__
from ..errors import FolderError
from ..files import log_path, replacing, resolved
from ..storage.backups import folder_for, in_folder
from ..workbook import is_checkout, shipped, workbook

# What was put there last, each file by its fingerprint.
_RECORD = ".backcare.json"
_FILES = ("notebooks/*.ipynb", "notebooks/figures/*.svg", "data/programme.toml",
          "data/warning_signs.toml")  # fmt: skip


def find(asked: Path | None = None) -> Path:
    """Return the workbook's folder, its files brought up to date unless it is a checkout.

    It is the one asked for, else the checkout around the current folder or of this package, else
    `backcare` in the person's home. What is new is printed.
    """
    folder = resolved(asked) if asked else workbook() or Path.home() / "backcare"
    if not is_checkout(folder):
        try:
            for line in bring_up_to_date(folder):
                print(line)
            if backup := of_another_log():
                print(
                    "Sets of another workbook of yours were found. To add them, run in a new cell:"
                    f"\nfrom backcare_widgets import Log; Log.open().merge({str(backup)!r})"
                )
        except OSError as exc:
            msg = (
                f"The workbook cannot be kept in {folder} ({exc.strerror or exc}). What is there is"
                " unchanged; name another folder: backcare open FOLDER"
            )
            raise FolderError(msg) from exc
    return folder


def bring_up_to_date(
    folder: Path, version: Path | None = None, *, is_shared: bool = False
) -> list[str]:
    """Put the files of a version, by default this one, into a folder; say what is new there.

    A file that is as the version before left it is replaced. A file that was changed stays, and
    the newer one is put beside it, once. With `is_shared` the notebooks can be read only: those
    who keep the hub change them for everybody.
    """
    version = version or shipped()
    record = _recorded(folder)
    is_new = not record
    beside: list[str] = []
    for source in (path for pattern in _FILES for path in sorted(version.glob(pattern))):
        name = source.relative_to(version).as_posix()
        own, newest = folder / name, _fingerprint(source)
        before = record.get(name)
        if not own.exists() or _fingerprint(own) == before != newest:
            _copy(source, own)
            if is_shared and own.parent.name == "notebooks":
                own.chmod(0o400)
        elif before != newest != _fingerprint(own):
            newer = own.with_name(f"{own.stem} (version {__version__}){own.suffix}")
            _copy(source, newer)
            beside.append(newer.name)
        record[name] = newest
    with replacing(folder / _RECORD) as file:
        file.write(json.dumps(record, indent=1).encode())
    said = []
    if is_new:
        said.append(f"Your workbook is the folder {folder}. It is yours: change what you like.")
    if beside:
        said.append(f"New in this version, beside what you changed: {', '.join(beside)}.")
    return said


def of_another_log() -> Path | None:
    """Return the newest backup of another log of this person, while their own has none."""
    log, _ = log_path()
    own = folder_for(log)
    if log.exists() or in_folder(own):
        return None
    found = (path for folder in own.parent.glob("*") for path in in_folder(folder))
    return max(found, key=lambda path: path.stem, default=None)


def _recorded(folder: Path) -> dict[str, str]:
    try:
        found = json.loads((folder / _RECORD).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return found if isinstance(found, dict) else {}


def _copy(source: Path, target: Path) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    with replacing(target) as file:
        file.write(source.read_bytes())


def _fingerprint(path: Path) -> str:
    """Return what a file says as a digest; of a notebook its cells, not what came out of them."""
    content = path.read_bytes()
    if path.suffix == ".ipynb":
        with suppress(ValueError, TypeError, KeyError):  # changed beyond being a notebook
            content = json.dumps([_said(cell) for cell in json.loads(content)["cells"]]).encode()
    return hashlib.sha256(content).hexdigest()


def _said(cell: dict[str, Any]) -> tuple[str, str]:
    return cell["cell_type"], "".join(cell["source"])
