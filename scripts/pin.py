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
EXTRAS = PROJECT["optional-dependencies"]
COMPARED = EXTRAS.pop("bench")
NEEDED = [*PROJECT["dependencies"], *chain(*EXTRAS.values())]
PINS = ROOT / "constraints.txt"
# pip wants the last two with a Python that is not its own; nothing is written there.
EARLIEST = (f"--python-version={PYTHON}", "--only-binary=:all:", "--target=build")


def pin(*asked: str) -> None:
    """Write the version of every package that pip would install anew, in order."""
    pip = [sys.executable, "-m", "pip", "install", "--dry-run", "--ignore-installed", "--quiet"]
    said = subprocess.run([*pip, "--report=-", *asked], stdout=subprocess.PIPE, check=True).stdout
    packages = [item["metadata"] for item in json.loads(said)["install"]]
    pins = sorted((f"{p['name']}=={p['version']}" for p in packages), key=str.lower)
    PINS.write_text("".join(f"{line}\n" for line in pins), encoding="utf-8")


if __name__ == "__main__":
    if "{}.{}".format(*sys.version_info) != PYTHON:  # what is needed may depend on it
        sys.exit(f"The pins are taken with Python {PYTHON}, the oldest that the workbook runs on.")
    pin(*EARLIEST, *NEEDED)
    # Then what the benchmarks compare with, of which some has no wheel.
    pin(f"--constraint={PINS}", *NEEDED, *COMPARED)
