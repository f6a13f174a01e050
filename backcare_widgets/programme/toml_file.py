"""A TOML file: read without ever hanging, and its mistakes told with their lines."""

from __future__ import annotations

import re
import tomllib
from collections import Counter
from pathlib import Path
from typing import Any

from ..errors import ProgrammeError
from ..words import shown
from .schema import (
    MAX_SHOWN,
    KeyPath,
    Mistake,
)

# Far above any real file. Python's parser takes time with the square of a key's dots.
MAX_BYTES = 250_000
MAX_DOTS = 100

_ADVICE = "Your log is not touched. Correct the file and run the cell again."


def as_path(name: str | Path) -> Path:
    """Give the path that a person named, `~` included.

    Raises
    ------
    ProgrammeError
        If it is no path at all.
    """
    try:
        if "\0" not in str(name):
            return Path(name).expanduser()
    except (RuntimeError, TypeError):  # nobody of that name has a home here; or no text
        pass
    msg = f"{shown(str(name))} is no path of a file. Your log is not touched. Check the path."
    raise ProgrammeError(msg)


def read(path: Path) -> tuple[dict[str, Any], str]:
    """Read a TOML file: its data, and its text for line numbers.

    Raises
    ------
    ProgrammeError
        If it is not there, too large, not UTF-8 (a byte-order mark is accepted) or not TOML.
    """
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
        msg = f"{path.absolute()} cannot be read ({why}). Your log is not touched. Check the path."
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


def refusal(path: Path, source: str, mistakes: list[Mistake]) -> ProgrammeError:
    """Word the error that tells all mistakes of a file, each with line and key path."""
    lines = line_numbers(source)

    def place(mistake: Mistake) -> str:
        at = mistake.path
        while at and at not in lines:
            at = at[:-1]
        keys = [f"[{k + 1}]" if isinstance(k, int) else f".{shown(k)[1:-1]}" for k in mistake.path]
        where = "".join(keys).lstrip(".") or "the file"
        return f"line {lines[at]}, {where}" if at else where

    rows = [f"  {place(m)}: {m.problem}" for m in mistakes[:MAX_SHOWN]]
    if len(mistakes) > MAX_SHOWN:
        rows.append(f"  … and {len(mistakes) - MAX_SHOWN} more")
    count = "1 mistake" if len(mistakes) == 1 else f"{len(mistakes)} mistakes"
    head = f"{path} has {count}. Your log is not touched; correct the file and run the cell again."
    return ProgrammeError("\n".join([head, *rows]))


_TOKEN = re.compile(
    r'"""(?:\\.|[^\\])*?"""'  # texts, so that nothing in them is taken for syntax
    r"|'''.*?'''"
    r'|"(?:\\.|[^"\\\n])*"'
    r"|'[^'\n]*'"
    r"|\#[^\n]*|\n|[\[\]{},=]|[^\s\[\]{},=\#\"']+",
    re.DOTALL,
)


def line_numbers(source: str) -> dict[KeyPath, int]:
    """Find the lines of a good file's tables, keys and list items; `tomllib` keeps none.

    What is written in another form than our files use (dotted keys and headers, keys within
    braces) is missing here, and a message falls back to what is around it.
    """
    lines: dict[KeyPath, int] = {}
    seen: Counter[str] = Counter()
    table: KeyPath = ()
    key: KeyPath | None = None  # whose value is being read
    head: list[str] = []  # the tokens of a statement before its value
    line, depth, item = 1, 0, 0
    is_list = awaits_item = False
    for token in [*_TOKEN.findall(source), "\n"]:
        if token == "\n" and depth == 0:
            name = "".join(head).strip("[]")
            if key is None and len(head) in (3, 5):  # [name] or [[name]]
                table = (name, seen[name]) if len(head) == 5 else (name,)
                seen[name] += 1
                lines[table] = line
            head, key = [], None
        elif token == "\n" or token.startswith("#"):
            pass
        elif key is None and token == "=":
            key, awaits_item = (*table, "".join(head).strip("\"'")), False
            lines[key] = line
        elif key is None:
            head.append(token)
        elif depth == 1 and token == ",":
            item, awaits_item = item + 1, is_list
        elif token in ("]", "}"):
            depth -= 1
        else:
            if depth == 1 and awaits_item:
                lines[*key, item], awaits_item = line, False
            if token in ("[", "{"):
                depth += 1
                if depth == 1:
                    item, awaits_item, is_list = 0, token == "[", token == "["
        line += token.count("\n")
    return lines
