"""What JupyterLab saves of the workbook's own notebooks: their text and code, never what came out.

So running a notebook of a checkout changes no file of it, and what the log holds is not copied
into notebooks, which people hand on.
"""

from __future__ import annotations

import json
from contextlib import suppress
from pathlib import Path
from typing import Any

from ..workbook import shipped


def keep_outputs_out(model: dict[str, Any], path: str, contents_manager: Any) -> None:
    """Put the outputs of the file as it is into a notebook of ours that is about to be saved.

    A cell that was changed, and one that is new, is saved without any. A notebook that the person
    made is saved as it is. For `ContentsManager.pre_save_hook`.
    """
    if model.get("type") != "notebook" or not _is_ours(path):
        return
    notebook, before = model["content"], {}
    with suppress(OSError, ValueError, KeyError, TypeError):
        saved = json.loads(Path(contents_manager.root_dir, path.lstrip("/")).read_bytes())
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
