"""Pin the newest release of every package that is needed: python3.11 scripts/pin.py.

It is asked of the oldest Python that the workbook runs on, since what that one can have, the newer
ones can have too. Nothing is installed.
"""

from __future__ import annotations

import json
import subprocess
import sys
import tomllib
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]


def newest() -> list[str]:
    """Return the pin of every package that pip would install anew, in order."""
    extras = ",".join(PROJECT["optional-dependencies"])
    pip = [sys.executable, "-m", "pip", "install", "--dry-run", "--ignore-installed", "--quiet"]
    asked = subprocess.run(
        [*pip, "--report", "-", f"{ROOT}[{extras}]"], stdout=subprocess.PIPE, check=True
    )
    packages = [item["metadata"] for item in json.loads(asked.stdout)["install"]]
    pins = [f"{p['name']}=={p['version']}" for p in packages if p["name"] != PROJECT["name"]]
    return sorted(pins, key=str.lower)


if __name__ == "__main__":
    if PROJECT["requires-python"] != ">={}.{}".format(*sys.version_info):
        sys.exit(f"The pins are taken with the oldest Python of {PROJECT['requires-python']}.")
    (ROOT / "constraints.txt").write_text("".join(f"{pin}\n" for pin in newest()), encoding="utf-8")
