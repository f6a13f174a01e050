"""What is saved of the workbook's notebooks: running them changes no file."""

import json
import shutil

import nbformat
import pytest

from backcare_widgets.launch.saving import WorkbookFiles
from backcare_widgets.workbook import shipped

NAMES = sorted(path.name for path in (shipped() / "notebooks").glob("*.ipynb"))


def save(root, path, notebook):
    """Save a notebook as JupyterLab does, and return the bytes of the file."""
    model = {"type": "notebook", "format": "json", "content": nbformat.from_dict(notebook)}
    WorkbookFiles(root_dir=str(root)).save(model, path)
    return (root / path).read_bytes()


@pytest.fixture
def root(tmp_path):
    shutil.copytree(shipped() / "notebooks", tmp_path / "notebooks")
    return tmp_path


def run(root, path):
    """Return a notebook as it is in the page once its cells were run."""
    notebook = json.loads((root / path).read_text(encoding="utf-8"))
    notebook["metadata"]["kernelspec"] = {"name": "another", "display_name": "Another"}
    for n, cell in enumerate(notebook["cells"]):
        if cell["cell_type"] == "code":
            cell["execution_count"] = n + 1
            cell["outputs"] = [{"output_type": "stream", "name": "stdout", "text": ["my pain"]}]
            cell["metadata"] = {"trusted": True}
    return notebook


@pytest.mark.parametrize("name", NAMES)
def test_a_notebook_that_was_only_run_is_saved_as_it_was(root, name):
    path = f"notebooks/{name}"
    before = (root / path).read_bytes()
    assert save(root, path, run(root, path)) == before


def test_what_the_person_writes_is_saved_and_what_came_out_of_it_is_not(root):
    path = f"notebooks/{NAMES[0]}"
    notebook = run(root, path)
    [code] = [cell for cell in notebook["cells"] if cell["cell_type"] == "code"]
    code["source"] = "today(day='2026-03-01')"
    notebook["cells"].append(code | {"id": "mine", "source": "1 + 1"})
    notebook["cells"][0]["source"] = "# Mine"
    saved = json.loads(save(root, path, notebook))
    assert [cell["source"] for cell in saved["cells"] if cell["cell_type"] == "code"] == [
        ["today(day='2026-03-01')"],
        ["1 + 1"],
    ]
    assert saved["cells"][0]["source"] == ["# Mine"]
    assert b"my pain" not in (root / path).read_bytes()


def test_a_notebook_of_the_persons_own_keeps_its_outputs(root):
    path = "notebooks/my_own.ipynb"
    shutil.copy(root / "notebooks" / NAMES[0], root / path)
    assert b"my pain" in save(root, path, run(root, path))
