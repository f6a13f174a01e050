"""What a person takes out of the log and puts into it, by buttons instead of code."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import Annotated, Any, ClassVar, Literal, TypeAlias

import traitlets
from pydantic import Base64Bytes, Field, TypeAdapter

from ..errors import LogError
from ..log.log import AnyLog, Log
from ..programme.models import AnyProgramme, Programme, load_programme
from .bridge import Answer, Hello, Question, Screen

_STATIC = Path(__file__).parent / "static"


class Look(Question):
    """Look the log over, as `doctor` does."""

    op: Literal["look"]


class Restore(Question):
    """Bring back what the backups have and the log lacks."""

    op: Literal["restore"]


class Export(Question):
    """Give all sets as a file."""

    op: Literal["export"]
    kind: Literal["csv", "json"]


class Import(Question):
    """Take in the sets of a file, `content` in base 64, or say what would come."""

    op: Literal["import"]
    name: str
    content: Annotated[Base64Bytes, Field(strict=False)]
    is_dry_run: bool


class Remind(Question):
    """Make the reminders, with the times of each exercise."""

    op: Literal["remind"]
    times: dict[str, list[str]]


_Kinds: TypeAlias = Hello | Look | Restore | Export | Import | Remind


def records(*, log: AnyLog | None = None, programme: AnyProgramme | None = None) -> Records:
    """Show the buttons that export, import and restore the log, and make reminders.

    `log` and `programme` are one or its path, by default those of the workbook.

    Raises
    ------
    ProgrammeError
        If the programme has mistakes.
    LogError
        If the log cannot be used.
    """
    return Records(Log.open(log), load_programme(programme))


class Records(Screen):
    """Answer the page with files and sentences; a file goes to the downloads of the browser."""

    _esm = _STATIC / "records.js"
    _css = _STATIC / "records.css"
    questions: ClassVar[TypeAdapter[Any]] = TypeAdapter(
        Annotated[_Kinds, Field(discriminator="op")]
    )

    exercises: Any = traitlets.List(help="the id and the name of each exercise").tag(sync=True)

    def __init__(self, log: Log, programme: Programme) -> None:
        self._log = log
        self._programme = programme
        super().__init__(exercises=[{"id": e.id, "name": e.name} for e in programme.exercises])

    def __repr__(self) -> str:
        return "Buttons for your data are shown here when this cell is run in JupyterLab."

    def answer(self, question: Any) -> Answer:
        """Return what was found or done in sentences, or a file."""
        match question:
            case Restore():
                return {"said": str(self._log.restore())}, []
            case Look():
                from ..log.doctor import doctor

                found = doctor(self._log).findings
                return {"said": "\n".join(f"{label}: {text}" for label, text in found)}, []
        with tempfile.TemporaryDirectory() as folder:  # 0700
            return self._with_file(question, Path(folder))

    def _with_file(self, question: Any, folder: Path) -> Answer:
        match question:
            case Export(kind="csv"):
                return _file(self._log.export_csv(folder / "my_sets.csv"))
            case Export():
                return _file(self._log.export_json(folder / "my_sets.json"))
            case Remind():
                from ..handouts.reminders import reminders

                made = reminders(
                    folder / "reminders.ics",
                    times={e: times for e, times in question.times.items() if times} or None,
                    programme=self._programme,
                    now=question.now.when(),
                )
                return _file(made.path)
        given = folder / Path(question.name).name
        try:
            given.write_bytes(question.content)
            report = self._log.import_csv(given, dry_run=question.is_dry_run)
        except (LogError, OSError) as exc:
            raise LogError(str(exc).replace(f"{folder}/", "")) from exc
        return {"said": str(report), "added": report.added}, []


def _file(path: Path) -> Answer:
    return {"file": path.name}, [path.read_bytes()]
