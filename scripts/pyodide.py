"""Fetch what Pyodide lacks of what a session needs: python scripts/pyodide.py.

It is compiled, so it stands in build/pyodide in the form for Pyodide; the rest is plain Python.
"""

from __future__ import annotations

import json
import subprocess
import sys
import zipfile
from importlib.metadata import version
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
LOCK = ROOT / "frontend" / "node_modules" / "pyodide" / "pyodide-lock.json"
WHERE = ROOT / "build" / "pyodide"


def main() -> None:
    """Put pydantic's core, of the version that is installed, into build/pyodide, if it is not."""
    about = json.loads(LOCK.read_text(encoding="utf-8"))["info"]
    wanted = f"pydantic-core=={version('pydantic-core')}"
    made = WHERE / "made-of"
    needed = f"{wanted} {about['python']} {about['abi_version']}"
    if made.exists() and made.read_text(encoding="utf-8") == needed:
        return
    python = about["python"].rpartition(".")[0]
    abi = f"cp{python.replace('.', '')}"
    platform = f"pyemscripten_{about['abi_version']}_wasm32"
    form = [f"--platform={platform}", f"--python-version={python}", f"--abi={abi}"]
    pip = [sys.executable, "-m", "pip", "download", "--quiet", "--no-deps", "--only-binary=:all:"]
    subprocess.run([*pip, *form, f"--dest={WHERE}", wanted], check=True)
    for wheel in WHERE.glob("*.whl"):
        with zipfile.ZipFile(wheel) as content:
            content.extractall(WHERE)
        wheel.unlink()
    made.write_text(needed, encoding="utf-8")


if __name__ == "__main__":
    main()
