"""A TOML file: read without ever hanging, held against rules, and its mistakes told."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any, TypeVar

from pydantic import TypeAdapter, ValidationError

from ..errors import ProgrammeError
from ..files import reason_of
from . import mistakes

# Far above any real file. Python's parser takes time with the square of a key's dots.
MAX_BYTES = 250_000
MAX_DOTS = 100

_ADVICE = "Your log is not touched. Correct the file and run the cell again."

Model = TypeVar("Model")


def load(rules: TypeAdapter[Model], path: Path) -> Model:
    """Read a TOML file as the model that `rules` are of.

    Raises
    ------
    ProgrammeError
        If the file is not there, too large, not UTF-8 (a byte-order mark is accepted) or not TOML;
        or if it has mistakes: all of them at once.
    """
    data, source = _read(path)
    try:
        return rules.validate_python(data, context=set())  # ids met so far
    except ValidationError as error:
        rows = mistakes.told(error, rules.json_schema(), source)
        raise ProgrammeError(f"{path} {rows}") from None


def _read(path: Path) -> tuple[dict[str, Any], str]:
    """Return what a TOML file says, and its text."""
    try:
        with path.open("rb") as file:
            raw = file.read(MAX_BYTES + 1)
    except OSError as exc:
        msg = f"{path} cannot be read ({reason_of(exc)}). Your log is not touched. Check the path."
        raise ProgrammeError(msg) from exc
    problem = _excess(raw)
    if not problem:
        try:
            source = raw.decode("utf-8-sig")
            return tomllib.loads(source), source
        except UnicodeDecodeError:
            problem = "is not saved as UTF-8 text"
        except RecursionError:
            problem = "is nested too deeply"
        except ValueError as exc:  # not TOML, or a number of thousands of digits
            problem = f"cannot be understood: {exc}"
    msg = f"{path} {problem}. {_ADVICE}"
    raise ProgrammeError(msg)


def _excess(raw: bytes) -> str:
    """Return what a file has too much of, or ""."""
    if len(raw) > MAX_BYTES:
        return f"has over {MAX_BYTES // 1000} kB, too much for such a file"
    for number, line in enumerate(raw.split(b"\n"), start=1):
        if line.count(b".") > MAX_DOTS:
            return f"has more than {MAX_DOTS} dots on line {number}"
    return ""
