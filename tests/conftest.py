"""Writes down what the tests of the fault catalogue tried, where asked to."""

from __future__ import annotations

import os
from pathlib import Path

import faults
from hypothesis import settings

# A warning is an error in the processes that tests start, as it is in the tests.
os.environ["PYTHONWARNINGS"] = "error"

settings.register_profile("small", max_examples=20, deadline=None)
settings.register_profile("full", max_examples=faults.EXAMPLES, deadline=None)


def pytest_configure(config):
    settings.load_profile("full" if config.getoption("faults") else "small")


def pytest_addoption(parser):
    parser.addoption(
        "--faults", metavar="FILE", type=Path, help="only the fault catalogue; its counts to FILE"
    )


def pytest_collection_modifyitems(config, items):
    if config.getoption("faults"):
        items[:] = [item for item in items if faults.row_of(item.nodeid)]


def pytest_terminal_summary(terminalreporter, config):
    if file := config.getoption("faults"):
        stats = terminalreporter.stats
        passed, failed, errors = (
            {report.nodeid for report in stats.get(kind, [])}
            for kind in ("passed", "failed", "error")
        )
        faults.write(file, passed - errors, failed | errors)
