"""Pin the newest release of every package that is needed: python3.11 scripts/pin.py.

It is asked for the first release of the oldest Python that the workbook runs on: what that one can
have, the later ones can have too. Nothing is installed.
"""

from __future__ import annotations

import json
import subprocess
import sys
import tomllib
from itertools import chain
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
PYTHON = PROJECT["requires-python"].removeprefix(">=")


def newest() -> list[str]:
    """Return the pin of every package that pip would install anew, in order."""
    pip = [sys.executable, "-m", "pip", "install", "--dry-run", "--ignore-installed", "--quiet"]
    # pip wants these two with a Python that is not its own; nothing is written there.
    pip += [f"--python-version={PYTHON}", "--only-binary=:all:", "--target=build"]
    needed = [*PROJECT["dependencies"], *chain(*PROJECT["optional-dependencies"].values())]
    asked = subprocess.run(
        [*pip, "--report=-", *needed], cwd=ROOT, stdout=subprocess.PIPE, check=True
    )
    packages = [item["metadata"] for item in json.loads(asked.stdout)["install"]]
    return sorted((f"{p['name']}=={p['version']}" for p in packages), key=str.lower)


if __name__ == "__main__":
    if "{}.{}".format(*sys.version_info) != PYTHON:  # what is needed may depend on it
        sys.exit(f"The pins are taken with Python {PYTHON}, the oldest that the workbook runs on.")
    (ROOT / "constraints.txt").write_text("".join(f"{pin}\n" for pin in newest()), encoding="utf-8")
