"""What became of each line of an imported file, or would become of it: for people to read."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import count
from pathlib import Path

from ..files import replacing
from ..storage.entry import Record, started_at
from ..storage.rows import ADDED, ALREADY_THERE
from .csv_export import fill_table, guarded
from .csv_import import Reading

_REJECTED = ("line", "reason", "row")

# A report of more lines than this shows the first few of each kind and counts the others.
_MOST_LINES = 40
_FEW = 10

_WOULD_BE = {ADDED: "would be added", ALREADY_THERE: "is there already"}


@dataclass(frozen=True, repr=False)
class ImportReport:
    """What became of each row of an imported file, or would become of it in a dry run.

    `fates` holds (line, "added" or "already there" or the reason of the refusal), `rejected` those
    refused, the line counted from 1 as in a text editor; `what` says what is in a line that could
    be read. `rejected_file` is where the rejected rows were written, if any were; `remarks` are
    sentences on what else is worth knowing. Shown, it stays short; `full` has every line.
    """

    fates: tuple[tuple[int, str], ...]
    is_dry_run: bool = False
    rejected_file: Path | None = None
    remarks: tuple[str, ...] = ()
    what: Mapping[int, str] = field(default_factory=dict)

    @property
    def added(self) -> int:
        """How many rows went in, or would."""
        return sum(fate == ADDED for _, fate in self.fates)

    @property
    def already_there(self) -> int:
        """How many rows the log says already."""
        return sum(fate == ALREADY_THERE for _, fate in self.fates)

    @property
    def rejected(self) -> tuple[tuple[int, str], ...]:
        """Line and reason of each row that does not go in."""
        return tuple(x for x in self.fates if x[1] not in (ADDED, ALREADY_THERE))

    @property
    def full(self) -> str:
        """The report with every line of the file, in the file's order."""
        return self._worded(map(self._line, self.fates))

    def __str__(self) -> str:
        shown = self.fates if self.is_dry_run else self.rejected
        if len(shown) <= _MOST_LINES:
            return self._worded(map(self._line, shown))
        alike = [[x for x in shown if x[1] == fate] for fate in (ADDED, ALREADY_THERE)]
        lines = [line for kind in (self.rejected, *alike) for line in self._first_of(kind)]
        if self.is_dry_run:
            lines.append("To see every line: print(log.import_csv(…, dry_run=True).full)")
        return self._worded(lines)

    __repr__ = __str__  # what a notebook shows

    def _worded(self, lines: Iterable[str]) -> str:
        said = [
            f"{self.added} added, {self.already_there} already there, {len(self.rejected)} rejected"
        ]
        if self.is_dry_run:
            said.insert(0, "Nothing was imported yet; this is what would come:")
        said += lines
        if self.rejected_file:
            said.append(f"The rejected rows are in {self.rejected_file}, to be put right there.")
        return "\n".join([*said, *self.remarks])

    def _line(self, one: tuple[int, str]) -> str:
        line, fate = one
        words = _WOULD_BE.get(fate, f"rejected: {fate}") if self.is_dry_run else fate
        return ": ".join(filter(None, [f"line {line}", self.what.get(line), words]))

    def _first_of(self, kind: Sequence[tuple[int, str]]) -> list[str]:
        lines = [self._line(one) for one in kind[:_FEW]]
        if len(kind) > _FEW:
            lines.append(f"… and {len(kind) - _FEW} more like these, up to line {kind[-1][0]}")
        return lines


def report(
    source: Path, reading: Reading, fates: Iterable[str], *, is_dry_run: bool
) -> ImportReport:
    """Say what became of a file; unless in a dry run, write its rejected rows beside it."""
    known = [(record.line, fate) for record, fate in zip(reading.records, fates, strict=True)]
    what = {record.line: _in_words(record) for record in reading.records}
    every = ImportReport(tuple(sorted([*reading.rejected, *known])), is_dry_run, what=what)
    remarks = [
        f"line {line}: characters that cannot be stored were replaced by \ufffd."
        for line, _ in known
        if "\0" in reading.texts[line]
    ]
    file = None
    if every.rejected and not is_dry_run:
        try:
            file = _write_rejected(source, reading, every.rejected)
        except OSError as exc:
            remarks.append(f"The rejected rows could not be written beside {source} ({exc}).")
    return replace(every, rejected_file=file, remarks=tuple(remarks))


def _write_rejected(source: Path, reading: Reading, rejected: Iterable[tuple[int, str]]) -> Path:
    """Write rejected rows as they stand, with line and reason, beside `source`; give the file.

    A file of an earlier import is replaced, one of anybody else is not. OSError if none can be.
    """
    for n in count(1):
        path = source.with_name(f"{source.stem}.rejected{'' if n == 1 else f'-{n}'}.csv")
        if not path.exists() or _is_ours(path):
            break
    rows = [
        {"line": line, "reason": reason, "row": guarded(reading.texts[line])}
        for line, reason in rejected
    ]
    with replacing(path) as file:
        fill_table(file, _REJECTED, rows)
    return path


def _is_ours(path: Path) -> bool:
    with path.open("rb") as file:
        return file.readline().strip() == ",".join(_REJECTED).encode()


def _in_words(record: Record) -> str:
    row = record.row
    if record.table == "mark":
        return f"{row['mark']} on {row['local_day']}"
    name = " ".join(row["exercise_id"].split())
    done = f"{row['repetitions_done']} of {row['repetitions_prescribed']} repetitions"
    return f"{name} on {started_at(row):%Y-%m-%d at %H:%M}, {done}"
