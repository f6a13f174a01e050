"""The built page is what frontend/ builds, and its sources pass their own checks."""

import json
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
STATIC = ROOT / "backcare_widgets" / "widgets" / "static"
LOCK = json.loads((ROOT / "frontend" / "package-lock.json").read_text(encoding="utf-8"))
PAGE = sorted(
    f"{screen}.{kind}"
    for screen in ("session", "past", "review", "records")
    for kind in ("css", "js")
)


def run(script, *arguments):
    """Run a script of frontend/package.json, and fail with what it prints if it fails."""
    done = subprocess.run(
        ["sh", "scripts/page.sh", script, *arguments], cwd=ROOT, capture_output=True, text=True
    )
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.fixture(scope="module")
def built(tmp_path_factory):
    """Return the bytes of each file of a fresh build, by name."""
    folder = tmp_path_factory.mktemp("page")
    run("build", str(folder))
    return {path.name: path.read_bytes() for path in folder.iterdir()}


def test_the_committed_page_is_what_the_sources_build(built):
    committed = {path.name: path.read_bytes() for path in STATIC.glob("*")}
    stale = sorted(name for name in built | committed if built.get(name) != committed.get(name))
    assert stale == [], (
        f"{', '.join(stale)}: not what frontend/ builds. Run `make page`, and commit the result."
    )


def test_a_screen_is_one_script_and_one_style_sheet(built):
    assert sorted(built) == ["LICENCES.txt", *PAGE]


@pytest.mark.parametrize("name", PAGE)
def test_the_first_line_names_the_versions_of_the_lock(built, name):
    first = built[name].decode().splitlines()[0]
    versions = [
        f"{package} {LOCK['packages'][f'node_modules/{package}']['version']}"
        for package in ("preact", "@preact/signals", "esbuild")
    ]
    assert [version for version in versions if version not in first] == []


def test_the_sources_have_no_type_errors():
    run("check")


def test_the_rules_of_the_page_pass_their_tests_in_node():
    run("test")


def test_the_lock_names_no_address():
    """`funding` is where to give to the authors; nothing is fetched from there."""
    addresses = [
        f"{path}: {key}"
        for path, about in LOCK["packages"].items()
        for key, value in about.items()
        if key == "resolved" or (key != "funding" and "://" in json.dumps(value))
    ]
    assert addresses == []
