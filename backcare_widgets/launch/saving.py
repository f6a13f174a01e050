"""What JupyterLab saves of the workbook's own notebooks: their text and code, never what came out.

So running a notebook of a checkout changes no file of it, and what the log holds is not copied
into notebooks, which people hand on.
"""

from __future__ import annotations

import json
from contextlib import suppress
from pathlib import Path
from typing import Any

from jupyter_server.services.contents.largefilemanager import LargeFileManager

from ..workbook import shipped


class WorkbookFiles(LargeFileManager):
    """The files of a workbook as Jupyter reads and saves them."""

    def save(self, model: dict[str, Any], path: str = "") -> dict[str, Any]:
        """Save a file; of a notebook of ours no output but those that its file has already."""
        if model.get("type") == "notebook" and _is_ours(path):
            keep_outputs_out(model["content"], Path(self.root_dir, path.lstrip("/")))
        saved: dict[str, Any] = super().save(model, path)  # type: ignore[no-untyped-call]
        return saved


def keep_outputs_out(notebook: dict[str, Any], file: Path) -> None:
    """Give each cell the outputs that it has in the file; one that was changed or is new, none."""
    before = {}
    with suppress(OSError, ValueError, KeyError, TypeError):
        saved = json.loads(file.read_bytes())
        notebook["metadata"] = saved["metadata"]
        before = {cell["id"]: cell for cell in saved["cells"]}
    for cell in notebook["cells"]:
        if cell["cell_type"] != "code":
            continue
        same = before.get(cell.get("id"), {})
        is_same = "".join(same.get("source", ())) == "".join(cell["source"])
        cell["outputs"] = same["outputs"] if is_same else []
        cell["execution_count"] = same["execution_count"] if is_same else None
        cell["metadata"] = same["metadata"] if is_same else {}


def _is_ours(path: str) -> bool:
    return (shipped() / "notebooks" / Path(path).name).is_file()
