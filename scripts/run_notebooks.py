"""Run every notebook and keep its outputs, as they are committed: python scripts/run_notebooks.py.

An empty log is used, so that what is committed comes from the sample and from nobody's own data,
and no widget state is kept: a web page then shows the text that stands in for each widget.
"""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

import nbformat
from nbclient import NotebookClient

NOTEBOOKS = Path(__file__).resolve().parent.parent / "notebooks"


def run(path: Path) -> None:
    """Run one notebook in its folder and write it back."""
    notebook = nbformat.read(path, as_version=4)
    NotebookClient(
        notebook,
        resources={"metadata": {"path": str(path.parent)}},
        store_widget_state=False,
        record_timing=False,
    ).execute()
    notebook.metadata.pop("widgets", None)
    notebook.metadata["language_info"] = {"name": "python"}
    for cell in notebook.cells:
        for output in cell.get("outputs", ()):
            # A model's id is made anew at each run and means nothing without its kernel.
            output.get("data", {}).pop("application/vnd.jupyter.widget-view+json", None)
    nbformat.write(notebook, path)


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as folder:
        os.environ["BACKCARE_LOG"] = str(Path(folder) / "log.sqlite3")
        os.environ["BACKCARE_BACKUPS"] = str(Path(folder) / "backups")
        for notebook in sorted(NOTEBOOKS.glob("*.ipynb")):
            run(notebook)
            print(notebook.name)
