"""Counts what the tests of the fault catalogue tried, and what was lost of what was at stake.

A test of row NN is named `test_fault_NN_...`; `make faults` runs these alone, with more rounds,
and prints the counts as a table.
"""

from __future__ import annotations

import os
import re
from collections.abc import Collection, Hashable
from dataclasses import dataclass

# How often a test that depends on chance tries; `make faults` asks for more.
ROUNDS = int(os.environ.get("BACKCARE_TEST_ROUNDS", "5"))

_NAME = re.compile(r"(?:^|[:.])test_fault_(\d\d)_(\w+)", re.IGNORECASE)


@dataclass
class Count:
    """What one test has tried so far."""

    times: int = 0
    at_stake: int = 0
    lost: int = 0


_counts: dict[str, Count] = {}


def examples(usual: int) -> int:
    """Give hypothesis' `max_examples`, the usual number where the rounds are the usual ones."""
    return max(1, usual * ROUNDS // 5)


def row_of(test: str) -> tuple[str, str] | None:
    """Split a test's name into its row and what it tries; None for one of no row."""
    found = _NAME.search(test.partition("[")[0])
    return (found[1], found[2].replace("_", " ")) if found else None


def tried(times: int = 1) -> None:
    """Count trials in which nothing was at stake: a refusal, a message."""
    _count().times += times


def kept(acknowledged: Collection[Hashable], found: Collection[Hashable]) -> None:
    """Count one trial, and fail if anything of what was acknowledged is not found again."""
    missing = set(acknowledged) - set(found)
    count = _count()
    count.times += 1
    count.at_stake += len(acknowledged)
    count.lost += len(missing)
    assert not missing, (
        f"{len(missing)} of {len(acknowledged)} lost: {sorted(missing, key=str)[:5]}"
    )


def _count() -> Count:
    test = os.environ["PYTEST_CURRENT_TEST"].partition("[")[0].removesuffix(" (call)")
    return _counts.setdefault(test, Count())


def table(passed: Collection[str], failed: Collection[str]) -> list[str]:
    """Give the lines of the table: one a test, in the order of the rows.

    A test that counts nothing itself is counted once for each of its cases.
    """
    tests: dict[str, list[int]] = {}
    for node, outcome in [*((n, 0) for n in passed), *((n, 1) for n in failed)]:
        if row_of(node):
            tests.setdefault(node.partition("[")[0], []).append(outcome)
    lines = [f"{'row':>3}  {'times':>6} {'at stake':>9} {'lost':>6}  what was tried"]
    for test in sorted(tests, key=lambda t: (row_of(t)[0], t)):
        row, words = row_of(test)
        count = _counts.get(test, Count(times=len(tests[test])))
        at_stake, lost = (count.at_stake, count.lost) if count.at_stake else ("", "")
        mark = "  FAILED" if any(tests[test]) else ""
        lines.append(f"{row:>3}  {count.times:>6} {at_stake:>9} {lost:>6}  {words}{mark}")
    return lines
