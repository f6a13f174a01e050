"""Keep every test away from the person's own files: set before any test or notebook kernel runs."""

import atexit
import os
import platform
import sqlite3
import tempfile
from importlib.metadata import version
from pathlib import Path

_scratch = tempfile.TemporaryDirectory(prefix="backcare-tests-")
atexit.register(_scratch.cleanup)
_folder = Path(_scratch.name)
os.environ["BACKCARE_LOG"] = str(_folder / "log.sqlite3")
os.environ["BACKCARE_BACKUPS"] = str(_folder / "backups")

# In a notebook a warning is an error, too, from its first cell on: what a kernel warns of while it
# starts is its own business.
os.environ["IPYTHONDIR"] = str(_folder / "ipython")
_startup = _folder / "ipython" / "profile_default" / "startup"
_startup.mkdir(parents=True)
(_startup / "strict.py").write_text(
    "import warnings\n"
    "get_ipython().events.register('pre_execute', lambda: warnings.simplefilter('error'))\n"
)

PACKAGES = ("numpy", "pandas", "matplotlib", "pydantic", "typst")
PACKAGES += ("anywidget", "ipywidgets", "ipykernel", "jupyterlab", "notebook", "playwright")


def pytest_report_header() -> str:
    """Return the line that says which versions are under test."""
    versions = {"Python": platform.python_version(), "SQLite": sqlite3.sqlite_version}
    versions |= {name: version(name) for name in PACKAGES}
    return "versions: " + ", ".join(f"{name} {number}" for name, number in versions.items())
