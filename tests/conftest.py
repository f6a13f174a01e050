"""Prints what the tests of the fault catalogue tried, where asked to."""

from __future__ import annotations

import faults


def pytest_addoption(parser):
    parser.addoption("--faults", action="store_true", help="only the fault catalogue, as a table")


def pytest_collection_modifyitems(config, items):
    if config.getoption("faults"):
        items[:] = [item for item in items if faults.row_of(item.nodeid)]


def pytest_terminal_summary(terminalreporter, config):
    if config.getoption("faults"):
        stats = terminalreporter.stats
        passed, failed = (
            {report.nodeid for report in stats.get(kind, [])} for kind in ("passed", "failed")
        )
        errors = {report.nodeid for report in stats.get("error", [])}
        terminalreporter.section("the fault catalogue")
        for line in faults.table(passed - errors, failed | errors):
            terminalreporter.write_line(line)
