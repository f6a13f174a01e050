"""Counts what the tests of the fault catalogue tried, and what was lost of what was at stake.

A test of row NN is named `test_fault_NN_...`; `make faults` runs these alone, with more rounds,
and prints the counts as a table.
"""

from __future__ import annotations

import json
import os
import re
import sys
from collections.abc import Collection, Hashable, Iterable, Mapping
from dataclasses import asdict, dataclass
from pathlib import Path

ROWS = 54

# How often a test that depends on chance tries; `make faults` asks for more.
ROUNDS = int(os.environ.get("BACKCARE_TEST_ROUNDS", "5"))

# What hypothesis tries of each rule in `make faults`; in `make test` it is 20.
EXAMPLES = 4 * ROUNDS

_NAME = re.compile(r"(?:^|[:.])test_fault_(\d\d)_(\w+)", re.IGNORECASE)


@dataclass
class Count:
    """What one test has tried so far."""

    times: int = 0
    at_stake: int = 0
    lost: int = 0


_counts: dict[str, Count] = {}


def row_of(test: str) -> tuple[int, str] | None:
    """Split a test's name into its row and what it tries; None for one of no row."""
    found = _NAME.search(test.partition("[")[0])
    return (int(found[1]), found[2].replace("_", " ")) if found else None


def tried(times: int = 1) -> None:
    """Count trials in which nothing was at stake: a refusal, a message."""
    count().times += times


def kept(acknowledged: Collection[Hashable], found: Collection[Hashable]) -> None:
    """Count one trial, and fail if anything of what was acknowledged is not found again."""
    missing = set(acknowledged) - set(found)
    so_far = count()
    so_far.times += 1
    so_far.at_stake += len(acknowledged)
    so_far.lost += len(missing)
    assert not missing, (
        f"{len(missing)} of {len(acknowledged)} lost: {sorted(missing, key=str)[:5]}"
    )


def count() -> Count:
    """Give what the test that runs now has tried so far, to be added to."""
    test = os.environ["PYTEST_CURRENT_TEST"].partition("[")[0].removesuffix(" (call)")
    return _counts.setdefault(test, Count())


def write(
    file: Path,
    passed: Collection[str],
    failed: Collection[str],
    counts: Mapping[str, Count] = _counts,
) -> None:
    """Add to `file` one line of JSON for each test that ran.

    A test that counts nothing itself is counted once for each of its cases.
    """
    cases: dict[str, list[bool]] = {}
    for node in [*passed, *failed]:
        cases.setdefault(node.partition("[")[0], []).append(node in failed)
    with file.open("a", encoding="utf-8") as lines:
        for test, failures in cases.items():
            counted = counts.get(test, Count(times=len(failures)))
            line = {"test": test, "failed": any(failures)} | asdict(counted)
            lines.write(json.dumps(line) + "\n")


def table(lines: Iterable[str]) -> list[str]:
    """Give the table of the lines that `write` wrote, by row, with a row of no test said so."""
    rows = range(1, ROWS + 1)
    by_row: dict[int, list[tuple[str, dict]]] = {row: [] for row in rows}
    counted = [json.loads(line) for line in lines]
    for test in counted:
        row, words = row_of(test["test"])
        by_row[row].append((words, test))
    shown = [f"{'row':>3} {'times':>7} {'at stake':>9} {'lost':>5}  what was tried"]
    for row, tests in by_row.items():
        for words, test in sorted(tests, key=lambda test: test[0]):
            at_stake, lost = (test["at_stake"], test["lost"]) if test["at_stake"] else ("", "")
            mark = "  FAILED" if test["failed"] else ""
            shown.append(f"{row:>3} {test['times']:>7} {at_stake:>9} {lost:>5}  {words}{mark}")
        if not tests:
            shown.append(f"{row:>3} {0:>7} {'':>9} {'':>5}  NO TEST RAN")
    times, at_stake, lost = (
        sum(test[name] for test in counted) for name in ("times", "at_stake", "lost")
    )
    failed = sum(test["failed"] for test in counted)
    total = f"{len(counted)} tests, {failed} failed"
    return [*shown, f"all {times:>7} {at_stake:>9} {lost:>5}  {total}"]


if __name__ == "__main__":
    shown = table(Path(sys.argv[1]).read_text(encoding="utf-8").splitlines())
    print(*shown, sep="\n")
    sys.exit(any("NO TEST RAN" in line for line in shown))
