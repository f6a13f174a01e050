"""The count of the fault catalogue: nothing lost goes unseen, and no row is without a test."""

import re
import subprocess
import sys
from pathlib import Path

import faults
import pytest

TESTS = Path(__file__).parent
# Told by the system at once if it has no way there; a test network that no machine is in.
PROBE = """
import errno, socket
with socket.create_server(("127.0.0.1", 0)) as here:
    socket.create_connection(here.getsockname()).close()
with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as out:
    print(errno.errorcode.get(out.connect_ex(("192.0.2.1", 9)), "a way out"))
"""


def test_every_row_of_the_catalogue_has_a_test():
    named = {
        int(row)
        for path in TESTS.rglob("test_*.py")
        for row in re.findall(r"^\s*def test_fault_(\d\d)_", path.read_text("utf-8"), re.MULTILINE)
    }
    assert sorted(set(range(1, faults.ROWS + 1)) - named) == []


@pytest.mark.parametrize(
    ("test", "row"),
    [
        ("tests/test_store.py::test_fault_07_a_path[.]", (7, "a path")),
        ("tests/test_log.py::TestFault_16_undo::runTest", None),
        ("tests/test_store.py::test_a_path[test_fault_07_x]", None),
    ],
)
def test_a_test_is_of_the_row_in_its_name(test, row):
    assert faults.row_of(test) == row


def test_what_is_missing_is_counted_and_fails():
    faults.kept({"a", "b"}, {"b", "a", "c"})
    with pytest.raises(AssertionError, match=r"1 of 3 lost: \['x'\]"):
        faults.kept({"a", "b", "x"}, {"a", "b"})
    faults.tried(4)
    assert faults.count() == faults.Count(times=6, at_stake=5, lost=1)


def test_the_table_names_failures_and_rows_without_a_test(tmp_path):
    counts = {"t.py::test_fault_02_two": faults.Count(3, 20, 1)}
    file = tmp_path / "counts"
    faults.write(file, ["t.py::test_fault_01_one[a]", "t.py::test_fault_01_one[b]"], [], counts)
    faults.write(file, [], ["t.py::test_fault_02_two"], counts)
    lines = faults.table(file.read_text().splitlines())
    assert [line.split() for line in lines[1:3]] == [
        ["1", "2", "one"],
        ["2", "3", "20", "1", "two", "FAILED"],
    ]
    assert sum("NO TEST RAN" in line for line in lines) == faults.ROWS - 2
    assert lines[-1].split() == ["all", "5", "20", "1", "2", "tests,", "1", "failed"]


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux can cut one program off")
def test_fault_40_the_browser_tests_run_where_there_is_no_way_out_of_the_machine():
    script = TESTS.parent / "scripts" / "offline.sh"
    said = subprocess.run(
        ["sh", str(script), sys.executable, "-c", PROBE], capture_output=True, text=True, check=True
    )
    assert said.stdout == "ENETUNREACH\n", said.stderr
    how = re.findall(r"^.*pytest.*$", (script.parent / "test.sh").read_text(), re.MULTILINE)
    for line in how:
        assert "--ignore tests/browser" in line or "--nbval" in line or "offline.sh" in line
