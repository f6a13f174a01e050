"""The shape of the project: imports go one way, files stay small, nothing reaches outside."""

import ast
import json
import os
import re
import subprocess
import sys
from pathlib import Path

import anywidget
import ipywidgets
import pytest

ROOT = Path(__file__).parent.parent
PACKAGE = ROOT / "backcare_widgets"
FRONTEND = ROOT / "frontend"
SCRIPTS = sorted(p for p in (FRONTEND / "src").rglob("*") if p.suffix in (".ts", ".tsx", ".css"))

# The rooms of the package; each may import only from the ground and from the rooms before it.
ROOMS = ("programme", "storage", "log", "adherence", "charts", "handouts", "widgets", "launch")
GROUND = {"errors", "files", "days", "words", "workbook"}
MOST_FILES = 9
MODULES = sorted(
    ".".join(path.relative_to(PACKAGE).with_suffix("").parts) for path in PACKAGE.rglob("*.py")
)

# What alone may import an outside package: a room, or one module of it.
ONLY_IN = {
    "sqlite3": {"storage", "log"},
    "matplotlib": {"charts", "handouts.page"},  # there for its fonts
    "typst": {"handouts.page"},
    "anywidget": {"widgets.bridge"},
    "pydantic": {"programme", "widgets"},
    "tomllib": {"programme.toml_file"},
    "icalendar": {"handouts.reminders"},
}


def room_of(module):
    """Return the room of a module, or "" on the ground."""
    room, _, _ = module.partition(".")
    return room if room in ROOMS else ""


def tree_of(module):
    return ast.parse(source_of(module))


def source_of(module):
    return PACKAGE.joinpath(*module.split(".")).with_suffix(".py").read_text(encoding="utf-8")


def is_for_types_only(node):
    return isinstance(node, ast.If) and ast.unparse(node.test) == "TYPE_CHECKING"


def imported(nodes, module):
    """Split what some nodes of a module import into names of our modules and of other packages."""
    ours, others = set(), set()
    for node in nodes:
        if isinstance(node, ast.Import):
            names = {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            package = ["backcare_widgets", *module.split(".")[:-1]]
            above = package[: len(package) - node.level + 1] if node.level else []
            stem = ".".join([*above, *filter(None, [node.module])])
            names = {f"{stem}.{alias.name}" for alias in node.names}
        else:
            continue
        for name in names:
            top, _, rest = name.partition(".")
            if top == "backcare_widgets":
                ours.add(rest)
            else:
                others.add(top)
    return ours, others


def test_the_package_is_its_rooms_and_the_ground():
    assert {path.name for path in PACKAGE.iterdir() if path.is_dir()} - {"__pycache__"} == {*ROOMS}
    assert {path.stem for path in PACKAGE.glob("*.py")} == GROUND | {"__init__", "__main__"}


@pytest.mark.parametrize("room", ROOMS)
def test_a_room_holds_few_files(room):
    files = [p for p in (PACKAGE / room).iterdir() if p.is_file() and p.name != "__init__.py"]
    assert len(files) <= MOST_FILES


@pytest.mark.parametrize("module", MODULES)
def test_a_module_imports_only_from_its_room_and_from_rooms_before_it(module):
    ours, _ = imported(ast.walk(tree_of(module)), module)
    room = room_of(module)
    allowed = {"", *ROOMS[: ROOMS.index(room) + 1]} if room else {""}
    allowed |= {"launch"} if module == "__main__" else set()
    assert sorted(name for name in ours if room_of(name) not in allowed) == []


def test_charts_know_nothing_of_storage_and_the_log():
    rooms = {
        room_of(name)
        for module in MODULES
        if room_of(module) == "charts"
        for name in imported(ast.walk(tree_of(module)), module)[0]
    }
    assert rooms <= {"", "adherence", "charts"}


@pytest.mark.parametrize("package", ONLY_IN)
def test_each_outside_package_has_its_own_place(package):
    users = {m for m in MODULES if package in imported(ast.walk(tree_of(m)), m)[1]}
    assert users, "the rule is out of date"
    assert sorted(u for u in users if not ONLY_IN[package] & {u, room_of(u)}) == []


def test_a_session_loads_neither_pandas_nor_matplotlib(tmp_path):
    program = """
import json, sys
from pathlib import Path
import backcare_widgets
from backcare_widgets import exercise, today, Log, load_programme
session = exercise("lying-down")
lines = today().lines
heavy = {"pandas", "matplotlib", "numpy"} & set(sys.modules)
print(json.dumps([session.exercise.id, len(lines), sorted(heavy)]))
"""
    env = os.environ | {
        "BACKCARE_LOG": str(tmp_path / "log.sqlite3"),
        "BACKCARE_BACKUPS": str(tmp_path / "backups"),
    }
    run = subprocess.run(
        [sys.executable, "-c", program], env=env, cwd=ROOT, capture_output=True, text=True
    )
    assert run.stderr == ""
    assert json.loads(run.stdout) == ["lying-down", 3, []]
    assert {path.name for path in tmp_path.iterdir()} == {"backups"}, "looking must not make a log"


@pytest.mark.parametrize("name", ["adherence", "charts"])
def test_a_module_of_the_package_is_found_by_attribute(name):
    import backcare_widgets

    assert getattr(backcare_widgets, name).__name__ == f"backcare_widgets.{name}"


def test_a_name_of_the_package_stays_what_it_is_when_its_module_is_loaded():
    """A module of the same name would take its place as soon as it is imported."""
    import backcare_widgets

    named = set(backcare_widgets.__all__) - {"adherence", "charts"}
    assert sorted(named & (GROUND | {*ROOMS})) == []


def test_an_unknown_name_of_the_package_is_an_ordinary_attribute_error():
    import backcare_widgets

    assert not hasattr(backcare_widgets, "excercise")
    assert set(backcare_widgets.__all__) <= set(dir(backcare_widgets))


def lines_of(path):
    return len(path.read_text(encoding="utf-8").splitlines())


def test_no_file_of_the_package_grows_beyond_one_subject():
    sizes = {str(p.relative_to(PACKAGE)): lines_of(p) for p in PACKAGE.rglob("*.py")}
    assert {name: n for name, n in sizes.items() if n > 300} == {}


def test_no_script_or_style_of_the_page_grows_beyond_one_subject():
    sizes = {str(p.relative_to(FRONTEND)): lines_of(p) for p in SCRIPTS}
    assert {name: n for name, n in sizes.items() if n > 350} == {}


SVG_NAMESPACE = '"http://www.w3.org/2000/svg"'  # a name, never fetched


@pytest.mark.parametrize("path", SCRIPTS, ids=lambda path: str(path.relative_to(FRONTEND)))
def test_the_page_writes_text_only_and_asks_no_network(path):
    source = path.read_text(encoding="utf-8").replace(SVG_NAMESPACE, "")
    markup = r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|DOMParser|srcdoc"
    code = r"\beval\s*\(|new Function\b"
    network = r"http|\bfetch\s*\(|XMLHttpRequest|WebSocket|@import|url\((?!['\"]?data:)"
    assert re.findall(f"{markup}|{code}|{network}", source) == []


@pytest.mark.parametrize("module", MODULES)
def test_no_name_of_a_month_or_a_weekday_follows_the_locale(module):
    names = r"%-?[aAbBcpxXr]\b|month_name|month_abbr|day_name|day_abbr"
    assert re.findall(names, source_of(module)) == []


# Put there by anywidget or IPython to be overridden.
MEANT = {"__init__", "__repr__", "_repr_mimebundle_", "_esm", "_css"}


def own_names(node):
    """Yield the names that a class defines, and those that it sets on itself."""
    for item in node.body:
        if isinstance(item, ast.FunctionDef):
            yield item.name
        elif isinstance(item, ast.Assign):
            yield from (target.id for target in item.targets if isinstance(target, ast.Name))
        elif isinstance(item, ast.AnnAssign) and isinstance(item.target, ast.Name):
            yield item.target.id
    for inner in ast.walk(node):
        is_set = isinstance(inner, ast.Attribute) and isinstance(inner.ctx, ast.Store)
        if is_set and ast.unparse(inner.value) == "self":
            yield inner.attr


@pytest.mark.parametrize("module", MODULES)
def test_fault_39_nothing_of_the_log_is_shown_as_markup(module):
    """What is not escaped by hand goes through pandas or matplotlib, as text."""
    source = source_of(module)
    assert not re.search(r"escape=False|\bHTML\(|\bMarkdown\(|parse_math=True", source)


def test_our_widgets_override_nothing_of_ipywidgets_by_accident():
    theirs = {*dir(ipywidgets.DOMWidget), *dir(ipywidgets.VBox), *dir(anywidget.AnyWidget)}
    names = {
        f"{module}.{node.name}.{name}"
        for module in MODULES
        if room_of(module) == "widgets"
        for node in tree_of(module).body
        if isinstance(node, ast.ClassDef) and node.bases
        for name in own_names(node)
        if name in theirs - MEANT
    }
    assert names == set()


def public(nodes, owner):
    """Yield the public functions and classes, and the public methods of these, by full name."""
    for node in nodes:
        if isinstance(node, ast.FunctionDef | ast.ClassDef) and not node.name.startswith("_"):
            yield f"{owner}.{node.name}", node
            if isinstance(node, ast.ClassDef):
                yield from public(node.body, f"{owner}.{node.name}")


@pytest.mark.parametrize("module", MODULES)
def test_all_that_is_public_has_a_docstring(module):
    tree = tree_of(module)
    named = [(module, tree), *public(tree.body, module)]
    assert [name for name, node in named if not (ast.get_docstring(node) or "").strip()] == []


def own_files():
    """Give the text of each file that is in the repository, or would be by `git add`."""
    listing = subprocess.run(
        ["git", "-c", "safe.directory=*", "ls-files", "-coz", "--exclude-standard"],
        cwd=ROOT,
        capture_output=True,
        check=True,
    )
    for name in sorted(filter(None, os.fsdecode(listing.stdout).split("\0"))):
        path = ROOT / name
        raw = path.read_bytes() if path.is_file() else b""
        if b"\0" not in raw:  # a picture has no paths to leak that a person could read
            yield name, raw.decode("utf-8", errors="replace")


# In pieces, so that this file says none of them itself.
HOMES = ["/" + place + "/" for place in ("root", "work", "Users", "opt", "mnt")]
OUTSIDE = re.escape(".." + "/shared") + r"(?!/\w+\.(?:tsx?|css)\")"  # the page has a shared/ too
PLACES = [*HOMES, "/" + r"home/\w", r"[A-Z]:\\+" + "Users", OUTSIDE]
HOSTS = [
    name + rf"\.{end}"
    for name, end in [
        ("py" + "pi", "org"),
        ("python" + "hosted", "org"),
        ("anaconda", "(org|com)"),
        ("npm" + "js", "(org|com)"),
        ("js" + "delivr", "net"),
        ("un" + "pkg", "com"),
    ]
] + ["arti" + "factory", "index" + "-url", "find" + "-links"]


def test_no_file_names_a_place_on_one_machine_or_a_package_host():
    here = [re.escape(str(place)) for place in (ROOT.resolve(), Path.home()) if len(str(place)) > 5]
    pattern = re.compile("|".join([*PLACES, *HOSTS, *here]))
    files = dict(own_files())
    assert "pyproject.toml" in files
    found = {name: pattern.findall(text) for name, text in files.items()}
    assert {name: hits for name, hits in found.items() if hits} == {}
