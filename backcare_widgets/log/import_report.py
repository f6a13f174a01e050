"""What became of each row of an imported file."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, NamedTuple

_MOST_SHOWN = 100


class ImportedRow(NamedTuple):
    """What became of one row, which begins on `line` of the file (from 1, as in a text editor).

    `reason` says why it was refused, or what was changed in it; it quotes nothing of the row.
    """

    line: int
    outcome: Literal["added", "already there", "refused"]
    reason: str = ""


@dataclass(frozen=True, repr=False)
class ImportReport:
    """What became of each row, in the file's order; in a dry run, what would become of it.

    Shown, it counts the rows, and lists the first hundred that have a reason.
    """

    rows: tuple[ImportedRow, ...]
    is_dry_run: bool = False

    @property
    def added(self) -> int:
        """Number of rows that went in."""
        return self._count("added")

    @property
    def already_there(self) -> int:
        """Number of rows that the log had already."""
        return self._count("already there")

    @property
    def refused(self) -> int:
        """Number of rows that did not go in."""
        return self._count("refused")

    def _count(self, outcome: str) -> int:
        return sum(row.outcome == outcome for row in self.rows)

    def __repr__(self) -> str:
        lines = ["Nothing was imported yet; this is what would come:"] if self.is_dry_run else []
        lines.append(
            f"{self.added} added, {self.already_there} already there, {self.refused} refused"
        )
        told = [row for row in self.rows if row.reason]
        lines += [f"line {row.line}: {row.outcome}: {row.reason}" for row in told[:_MOST_SHOWN]]
        if len(told) > _MOST_SHOWN:
            lines.append(f"… and {len(told) - _MOST_SHOWN} more, up to line {told[-1].line}")
        return "\n".join(lines)
