"""The person's own folder: made from what is packaged, brought up to date, never overwritten."""

import json
import shutil

import pytest
from logs import NOW, SET

from backcare_widgets import Log, __version__, workbook
from backcare_widgets.errors import FolderError
from backcare_widgets.launch.folder import bring_up_to_date, find

SHIPPED = workbook.shipped()
PROGRAMME = "data/programme.toml"
START = "notebooks/00_start_here.ipynb"


@pytest.fixture
def version(tmp_path):
    """Return the files of a version that a test may change, as an installed package has them."""
    package = tmp_path / "package"
    for part in ("data", "notebooks"):
        shutil.copytree(SHIPPED / part, package / part)
    return package


def change(path, old=b"a", new=b"b"):
    path.chmod(0o600)
    path.write_bytes(path.read_bytes().replace(old, new))


def test_a_first_run_brings_notebooks_figures_and_programme_and_says_where(tmp_path, version):
    own = tmp_path / "own"
    said = bring_up_to_date(own, version)
    assert said == [f"Your workbook is the folder {own}. It is yours: change what you like."]
    names = {path.name for path in own.rglob("*") if path.is_file()}
    assert {"00_start_here.ipynb", "04_adherence.ipynb", "lying-down.svg"} <= names
    assert {path.name for path in (own / "data").iterdir()} == {
        "programme.toml",
        "warning_signs.toml",
    }
    assert workbook.is_workbook(own)
    assert not workbook.is_checkout(own)
    assert bring_up_to_date(own, version) == [], "the second time there is nothing to say"


def test_what_was_not_changed_follows_the_version(tmp_path, version):
    own = tmp_path / "own"
    bring_up_to_date(own, version)
    change(version / PROGRAMME)
    assert bring_up_to_date(own, version) == []
    assert (own / PROGRAMME).read_bytes() == (version / PROGRAMME).read_bytes()


@pytest.mark.parametrize("name", [PROGRAMME, START])
def test_what_was_changed_stays_and_the_newer_one_is_put_beside_it_once(tmp_path, version, name):
    own = tmp_path / "own"
    bring_up_to_date(own, version)
    change(own / name, b"back", b"BACK")
    mine = (own / name).read_bytes()
    assert bring_up_to_date(own, version) == [], "no newer version"
    change(version / name, b"back", b"Back")
    said = bring_up_to_date(own, version)
    beside = (own / name).with_stem(f"{(own / name).stem} (version {__version__})")
    assert said == [f"New in this version, beside what you changed: {beside.name}."]
    assert (own / name).read_bytes() == mine
    assert beside.read_bytes() == (version / name).read_bytes()
    beside.unlink()
    assert bring_up_to_date(own, version) == []
    assert not beside.exists()


def test_a_notebook_that_was_only_run_follows_the_version(tmp_path, version):
    own = tmp_path / "own"
    bring_up_to_date(own, version)
    notebook = json.loads((own / START).read_text(encoding="utf-8"))
    for cell in notebook["cells"]:
        if cell["cell_type"] == "code":
            cell["outputs"] = [{"output_type": "stream", "name": "stdout", "text": "mine"}]
    (own / START).write_text(json.dumps(notebook), encoding="utf-8")
    change(version / START, b"back", b"Back")
    assert bring_up_to_date(own, version) == []
    assert (own / START).read_bytes() == (version / START).read_bytes()


def test_on_a_hub_the_notebooks_can_be_read_only_and_the_programme_be_changed(tmp_path, version):
    own = tmp_path / "own"
    bring_up_to_date(own, version, is_shared=True)
    assert (own / START).stat().st_mode & 0o777 == 0o400
    assert (own / PROGRAMME).stat().st_mode & 0o777 == 0o600
    change(version / START, b"back", b"Back")
    bring_up_to_date(own, version, is_shared=True)
    assert (own / START).read_bytes() == (version / START).read_bytes()


def test_a_folder_that_cannot_be_written_is_said_in_a_sentence(tmp_path):
    (tmp_path / "file").write_text("mine")
    with pytest.raises(FolderError, match=r"cannot be kept in .*name another folder: "):
        find(tmp_path / "file")
    assert (tmp_path / "file").read_text() == "mine"


def test_the_sets_of_an_earlier_workbook_are_named_until_there_is_a_log(
    tmp_path, monkeypatch, capsys
):
    monkeypatch.setenv("BACKCARE_BACKUPS", str(tmp_path / "backups"))
    earlier = Log.open(tmp_path / "checkout" / "log.sqlite3", clock=lambda: NOW)
    earlier.add(**SET)
    monkeypatch.setenv("BACKCARE_LOG", str(tmp_path / "log.sqlite3"))
    find(tmp_path / "own")
    backup = earlier._folder / "2026-03-01.sqlite3"
    assert f"Log.open().merge({str(backup)!r})" in capsys.readouterr().out
    Log.open().merge(backup)
    assert len(Log.open().frame()) == 1
    find(tmp_path / "own")
    assert "merge" not in capsys.readouterr().out


def test_a_checkout_is_opened_as_it_is(tmp_path, monkeypatch):
    checkout = tmp_path / "checkout"
    for part in ("data", "notebooks"):
        shutil.copytree(SHIPPED / part, checkout / part)
    (checkout / "backcare_widgets").mkdir()
    (checkout / "backcare_widgets" / "__init__.py").touch()
    before = sorted(checkout.rglob("*"))
    monkeypatch.chdir(checkout / "notebooks")
    assert find() == checkout
    assert sorted(checkout.rglob("*")) == before
