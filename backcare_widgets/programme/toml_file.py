"""A TOML file: read without ever hanging, held against a model, and its mistakes told."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any, TypeVar

from pydantic import TypeAdapter, ValidationError

from ..errors import ProgrammeError
from . import mistakes

# Far above any real file. Python's parser takes time with the square of a key's dots.
MAX_BYTES = 250_000
MAX_DOTS = 100

_ADVICE = "Your log is not touched. Correct the file and run the cell again."

Model = TypeVar("Model")


def load(model: type[Model], path: Path) -> Model:
    """Read a TOML file as a model.

    Raises
    ------
    ProgrammeError
        If the file is not there, too large, not UTF-8 (a byte-order mark is accepted) or not TOML;
        or if it has mistakes: all of them at once.
    """
    data, source = _read(path)
    rules = TypeAdapter(model)
    try:
        return rules.validate_python(data, context=set())  # ids met so far
    except ValidationError as error:
        found = error.errors(include_url=False)
        rows = mistakes.told(found, rules.json_schema(), source)
        count = "1 mistake" if len(found) == 1 else f"{len(found)} mistakes"
        msg = f"{path} has {count}. Your log is not touched; correct the file and run the cell"
        raise ProgrammeError("\n".join([f"{msg} again.", *rows])) from None


def _read(path: Path) -> tuple[dict[str, Any], str]:
    """Return what a TOML file says, and its text."""
    try:
        with path.open("rb") as file:
            raw = file.read(MAX_BYTES + 1)
        if len(raw) > MAX_BYTES:
            msg = f"{path} has over {MAX_BYTES // 1000} kB, too much for such a file. {_ADVICE}"
            raise ProgrammeError(msg)
        source = raw.decode("utf-8-sig")
        for number, line in enumerate(source.split("\n"), start=1):
            if line.count(".") > MAX_DOTS:
                msg = f"{path}, line {number}: more than {MAX_DOTS} dots on a line. {_ADVICE}"
                raise ProgrammeError(msg)
        return tomllib.loads(source), source
    except ProgrammeError:
        raise
    except OSError as exc:
        why = exc.strerror or exc
        msg = f"{path} cannot be read ({why}). Your log is not touched. Check the path."
        raise ProgrammeError(msg) from exc
    except UnicodeDecodeError as exc:
        msg = f"{path} is not saved as UTF-8 text. {_ADVICE}"
        raise ProgrammeError(msg) from exc
    except RecursionError as exc:
        msg = f"{path} is nested too deeply. {_ADVICE}"
        raise ProgrammeError(msg) from exc
    except ValueError as exc:  # not TOML, or a number of thousands of digits
        msg = f"{path} cannot be understood: {exc}. {_ADVICE}"
        raise ProgrammeError(msg) from exc
