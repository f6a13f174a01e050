"""The notebooks as text: they agree with the data, stay calm, and hold nobody's own data."""

import re
from pathlib import Path

import nbformat
import pytest

from backcare_widgets import load_programme
from backcare_widgets.programme.warning_signs import load_warning_signs

NOTEBOOKS = Path(__file__).resolve().parent.parent / "notebooks"
PATHS = sorted(NOTEBOOKS.glob("*.ipynb"))
OF_EXERCISE = {
    "01_lying_down": "lying-down",
    "02_sitting_down": "sitting-down",
    "03_standing_up": "standing-up",
}


def read(path):
    return nbformat.read(path, as_version=4)


def prose(path):
    return "\n".join(cell.source for cell in read(path).cells if cell.cell_type == "markdown")


def test_the_five_notebooks_are_there():
    assert [p.stem for p in PATHS] == ["00_start_here", *OF_EXERCISE, "04_adherence"]


@pytest.mark.parametrize("path", PATHS, ids=lambda p: p.stem)
class TestEveryNotebook:
    def test_code_is_short_calls_with_a_text_before_each(self, path):
        cells = read(path).cells
        for before, cell in zip([None, *cells], cells, strict=False):
            if cell.cell_type != "code":
                continue
            assert before.cell_type == "markdown"
            lines = cell.source.splitlines()
            assert 1 <= len(lines) <= 5
            assert not re.search(r"\b(def|class|for|while|if|lambda|try)\b", cell.source)

    def test_every_code_cell_was_run_without_error_and_no_widget_state_is_kept(self, path):
        notebook = read(path)
        assert "widgets" not in notebook.metadata
        for cell in notebook.cells:
            if cell.cell_type == "code":
                assert cell.outputs
                assert all(output.output_type != "error" for output in cell.outputs)

    def test_promises_nothing(self, path):
        """Health words that claim an effect, or blame; `not` before them is another matter."""
        text = prose(path).lower()
        for word in (r"\btreats?\b", r"\bcures?\b", r"\bis safe\b", r"\bmissed\b", r"\bstreak"):
            assert not re.search(word, text), word


@pytest.mark.parametrize(("stem", "exercise_id"), OF_EXERCISE.items())
def test_an_exercise_notebook_says_what_the_programme_says(stem, exercise_id):
    exercise = load_programme()[exercise_id]
    text = prose(NOTEBOOKS / f"{stem}.ipynb")
    steps = re.findall(r"^\d+\. (.*)$", text, flags=re.MULTILINE)
    assert steps == [step.text for step in exercise.steps]
    assert exercise.getting_in in text
    assert exercise.getting_out in text
    for caution in exercise.cautions:
        assert f"- {caution}" in text
    [code] = [c.source for c in read(NOTEBOOKS / f"{stem}.ipynb").cells if c.cell_type == "code"]
    assert code == f'from backcare_widgets import exercise; exercise("{exercise_id}")'
    assert "**Correction.**" in text


def test_the_start_names_every_warning_sign_under_what_to_do():
    text = prose(NOTEBOOKS / "00_start_here.ipynb")
    signs = load_warning_signs()
    for group in (signs.emergency, signs.doctor, signs.not_yet, signs.ask_first):
        for sign in group:
            assert f"- {sign}" in text
    order = [text.index(group[0]) for group in (signs.emergency, signs.doctor, signs.not_yet)]
    assert order == sorted(order)
    assert signs.emergency_numbers in text
    assert "not medical advice" in text


def test_rest_popping_and_strain_stand_beside_their_corrections():
    for stem, claim, correction in (
        ("00_start_here", "Complete rest is the best", "keep it short: hours, a day or two"),
        ("02_sitting_down", "popping sound", "A pop *with* pain"),
        ("03_standing_up", "feel the strain", "well short of strain"),
    ):
        rows = [r for r in prose(NOTEBOOKS / f"{stem}.ipynb").splitlines() if claim in r]
        assert len(rows) == 1
        assert "**Correction.**" in rows[0]
        assert correction in rows[0]


def test_the_committed_charts_are_of_the_sample_and_say_so():
    cells = [c for c in read(NOTEBOOKS / "04_adherence.ipynb").cells if c.cell_type == "code"]
    words = [o.text for c in cells for o in c.outputs if o.output_type == "stream"]
    assert words[0].startswith("SAMPLE")
