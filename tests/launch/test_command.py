"""The command `backcare`, and where it finds the workbook and the log."""

import os
import subprocess
import sys

import pytest
from logs import SET, opened

from backcare_widgets.launch.command import main
from backcare_widgets.workbook import own_folder, shipped, usual_log


def test_help_names_every_command(capsys):
    with pytest.raises(SystemExit) as ended:
        main(["--help"])
    said = capsys.readouterr().out
    assert ended.value.code == 0
    assert all(command in said for command in ("open", "doctor", "export"))


def test_doctor_is_printed(tmp_path, monkeypatch, capsys):
    log = opened(tmp_path)
    log.add(**SET)
    monkeypatch.setenv("BACKCARE_LOG", str(log.path))
    monkeypatch.setenv("BACKCARE_BACKUPS", str(tmp_path / "backups"))
    assert main(["doctor"]) == 0
    assert "1 set on 1 day" in capsys.readouterr().out


@pytest.mark.parametrize("name", ["my_sets.csv", "my_sets.JSON"])
def test_export_writes_what_the_ending_says(tmp_path, monkeypatch, capsys, name):
    log = opened(tmp_path)
    log.add(**SET, note="mine")
    monkeypatch.setenv("BACKCARE_LOG", str(log.path))
    monkeypatch.setenv("BACKCARE_BACKUPS", str(tmp_path / "backups"))
    assert main(["export", str(tmp_path / name)]) == 0
    assert f"All sets were written to {tmp_path / name}." in capsys.readouterr().out
    assert "mine" in (tmp_path / name).read_text(encoding="utf-8-sig")


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["export", "sets.xls"], "end it in .csv for a spreadsheet"),
        (["export", "no-such-folder/sets.csv"], "cannot be written"),
    ],
)
def test_what_cannot_be_done_is_a_sentence(arguments, said, tmp_path, monkeypatch, capsys):
    monkeypatch.setenv("BACKCARE_LOG", str(tmp_path / "log.sqlite3"))
    monkeypatch.chdir(tmp_path)
    assert main(arguments) == 1
    assert said in capsys.readouterr().err
    assert list(tmp_path.iterdir()) == []


def test_a_checkout_keeps_its_log_beside_its_data_where_that_can_be_written(tmp_path, monkeypatch):
    checkout = tmp_path / "checkout"
    for folder in ("data", "notebooks", "backcare_widgets"):
        (checkout / folder).mkdir(parents=True)
    (checkout / "data" / "programme.toml").touch()
    (checkout / "backcare_widgets" / "__init__.py").touch()
    monkeypatch.chdir(checkout / "notebooks")
    assert usual_log()[0] == checkout / "data" / "log.sqlite3"
    (checkout / "backcare_widgets" / "__init__.py").unlink()
    assert usual_log()[0] == own_folder() / "log.sqlite3", "a person's own folder is no checkout"


def test_the_wheel_has_all_that_is_needed_and_runs_in_an_empty_folder(tmp_path):
    """Case K15: as `pip install` leaves it, with nothing of the checkout around it."""
    root = shipped()
    pip = [sys.executable, "-m", "pip"]
    build = ["wheel", "--quiet", "--no-deps", "--no-index", "--no-build-isolation"]
    quiet = os.environ | {"PYTHONWARNINGS": "ignore"}  # pip's own business
    subprocess.run([*pip, *build, "--wheel-dir", str(tmp_path), str(root)], check=True, env=quiet)
    [wheel] = tmp_path.glob("*.whl")
    site = tmp_path / "site"
    install = ["install", "--quiet", "--no-deps", "--no-index", "--target", str(site)]
    subprocess.run([*pip, *install, str(wheel)], check=True, env=quiet)
    empty, home = tmp_path / "empty", tmp_path / "home"
    for folder in (empty, home):
        folder.mkdir()
    program = f"""
import backcare_widgets, json, sys
assert backcare_widgets.__file__.startswith({str(site)!r}), backcare_widgets.__file__
from backcare_widgets import Log, exercise, load_programme, report, today
from backcare_widgets.launch.folder import find
today()
exercise("lying-down")
assert len(Log.open(sample_if_empty=True).frame()) > 50
log = Log.open()
log.add(exercise_id="lying-down", started_at=__import__("datetime").datetime.now().astimezone(),
        duration_s=1, repetitions_done=5, repetitions_prescribed=5, outcome="done")
report("report.html")
find()
print(log.path, load_programme().path)
"""
    kept = {k: v for k, v in os.environ.items() if not k.startswith(("BACKCARE", "XDG"))}
    run = subprocess.run(
        [sys.executable, "-c", program],
        cwd=empty,
        env=kept | {"HOME": str(home), "PYTHONPATH": str(site)},
        capture_output=True,
        text=True,
    )
    assert run.returncode == 0, run.stderr
    log, programme = run.stdout.split()[-2:]
    assert log == str(home / ".local" / "share" / "backcare" / "log.sqlite3")
    assert programme == str(site / "backcare_widgets" / "data" / "programme.toml")
    assert (home / "backcare" / "notebooks" / "00_start_here.ipynb").is_file()
    assert {path.name for path in empty.iterdir()} == {"report.html"}
