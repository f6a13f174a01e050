"""Read a TOML file and check it against rules: every mistake at once, each with its line."""

from __future__ import annotations

import difflib
import math
import re
import tomllib
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from .errors import ProgrammeError

# Far above any real file, far below what could make a notebook hang.
MAX_BYTES = 1_000_000
MAX_SHOWN = 20

KeyPath = tuple[str | int, ...]


@dataclass(frozen=True)
class Rule:
    """What one value may be.

    Attributes
    ----------
    allowed
        In words, for the message: "a number from 0 to 600".
    accepts
        True for a good value. It is never given a value twice, and may not raise.
    required
        Whether leaving the key out is a mistake.
    table
        For a list of tables: the rules of each table's keys.
    """

    allowed: str
    accepts: Callable[[Any], bool]
    required: bool = True
    table: Mapping[str, Rule] | None = None


def number(low: float, high: float, *, required: bool = True) -> Rule:
    """Allow a finite number, whole or not, from `low` to `high`."""
    return Rule(
        f"a number from {low:g} to {high:g}",
        lambda v: type(v) in (int, float) and math.isfinite(v) and low <= v <= high,
        required,
    )


def whole(low: int, high: int, *, required: bool = True) -> Rule:
    """Allow a whole number from `low` to `high`; true and false are not numbers here."""
    return Rule(
        f"a whole number from {low} to {high}",
        lambda v: type(v) is int and low <= v <= high,
        required,
    )


def text(max_length: int, *, required: bool = True) -> Rule:
    """Allow text of 1 to `max_length` characters that is not only spaces."""
    return Rule(
        f"text of 1 to {max_length} characters",
        lambda v: isinstance(v, str) and v.strip() != "" and len(v) <= max_length,
        required,
    )


def texts(max_items: int, max_length: int, *, required: bool = True) -> Rule:
    """Allow a list of at most `max_items` texts."""
    one = text(max_length)
    return Rule(
        f"a list of at most {max_items} texts of 1 to {max_length} characters",
        lambda v: isinstance(v, list) and len(v) <= max_items and all(map(one.accepts, v)),
        required,
    )


def choice(*options: str, required: bool = True) -> Rule:
    """Allow one of `options`."""
    return Rule("one of " + ", ".join(f'"{o}"' for o in options), lambda v: v in options, required)


def tables(
    rules: Mapping[str, Rule], low: int, high: int, what: str, *, required: bool = True
) -> Rule:
    """Allow a list of `low` to `high` tables, each of which keeps `rules`."""
    return Rule(
        f"{low} to {high} {what}",
        lambda v: (
            isinstance(v, list) and low <= len(v) <= high and all(isinstance(t, dict) for t in v)
        ),
        required,
        rules,
    )


def table(rules: Mapping[str, Rule], *, required: bool = True) -> Rule:
    """Allow one table, which keeps `rules`."""
    return Rule("a table", lambda v: isinstance(v, dict), required, rules)


@dataclass(frozen=True)
class Mistake:
    """One thing wrong in a file: where, and what is wrong with what is allowed."""

    path: KeyPath
    problem: str


def shown(value: object) -> str:
    """Give the value as it can stand in a message: short, on one line."""
    words = repr(value)
    return words if len(words) <= 60 else words[:57] + "…"


def mistakes_in(
    data: Mapping[str, Any], rules: Mapping[str, Rule], path: KeyPath = ()
) -> list[Mistake]:
    """List what is wrong with a table and the tables in it, in the order of the rules."""
    found = []
    for key in data.keys() - rules.keys():
        near = difflib.get_close_matches(key, rules, n=1)
        hint = f"did you mean `{near[0]}`?" if near else "known here: " + ", ".join(rules)
        found.append(Mistake((*path, key), f"unknown `{shown(key)[1:-1]}`, {hint}"))
    for key, rule in rules.items():
        here = (*path, key)
        if key not in data:
            if rule.required:
                found.append(Mistake(path, f"`{key}` is missing: {rule.allowed}"))
        elif not rule.accepts(data[key]):
            problem = f"{shown(data[key])} is not allowed; {rule.allowed} is"
            found.append(Mistake(here, problem))
        elif rule.table is not None and isinstance(data[key], list):
            for index, inner in enumerate(data[key]):
                found += mistakes_in(inner, rule.table, (*here, index))
        elif rule.table is not None:
            found += mistakes_in(data[key], rule.table, here)
    return found


def line_numbers(source: str) -> dict[KeyPath, int]:
    """Find the line of every table, key and list item that begins a line of its own.

    `tomllib` keeps no positions. This reads the plain forms that our files use; where a file
    is written otherwise a key is missing here, and a message falls back to what is around it.
    """
    lines: dict[KeyPath, int] = {}
    seen: Counter[str] = Counter()
    inside: KeyPath = ()
    open_list: KeyPath | None = None
    item = 0
    for line_number, line in enumerate(source.splitlines(), start=1):
        stripped = line.strip()
        if not stripped or stripped.startswith("#"):
            continue
        if open_list is not None:
            if stripped.startswith("]"):
                open_list = None
            else:
                lines[(*open_list, item)] = line_number
                item += 1
        elif header := re.match(r"\[(\[?)\s*([\w-]+)\s*\]", stripped):
            name = header[2]
            inside = (name, seen[name]) if header[1] else (name,)
            seen[name] += 1
            lines[inside] = line_number
        elif pair := re.match(r"([\w-]+)\s*=\s*(.*)", stripped):
            lines[(*inside, pair[1])] = line_number
            if pair[2].startswith("[") and not pair[2].split("#")[0].rstrip().endswith("]"):
                open_list, item = (*inside, pair[1]), 0
    return lines


def read(path: Path) -> tuple[dict[str, Any], str]:
    """Read a TOML file: its data, and its text for line numbers.

    Raises
    ------
    ProgrammeError
        If it is not there, too large, not UTF-8 (a byte-order mark is accepted) or not TOML.
    """
    advice = "Nothing else was changed. Correct the file and run the cell again."
    try:
        with path.open("rb") as file:
            raw = file.read(MAX_BYTES + 1)
        if len(raw) > MAX_BYTES:
            msg = (
                f"{path} is larger than {MAX_BYTES // 1000} kB, too large for such a file. {advice}"
            )
            raise ProgrammeError(msg)
        source = raw.decode("utf-8-sig")
        return tomllib.loads(source), source
    except OSError as exc:
        why = exc.strerror or exc
        msg = f"{path} cannot be read ({why}). Your log is not touched. Check the path."
        raise ProgrammeError(msg) from exc
    except UnicodeDecodeError as exc:
        msg = f"{path} is not saved as UTF-8 text. {advice}"
        raise ProgrammeError(msg) from exc
    except RecursionError as exc:
        msg = f"{path} is nested too deeply. {advice}"
        raise ProgrammeError(msg) from exc
    except tomllib.TOMLDecodeError as exc:
        msg = f"{path} cannot be understood: {exc}. {advice}"
        raise ProgrammeError(msg) from exc


def refuse(path: Path, source: str, mistakes: list[Mistake]) -> ProgrammeError:
    """Word the error that tells all mistakes of a file, each with line and key path."""
    lines = line_numbers(source)

    def place(mistake: Mistake) -> str:
        at = mistake.path
        while at and at not in lines:
            at = at[:-1]
        keys = "".join(f"[{k + 1}]" if isinstance(k, int) else f".{k}" for k in mistake.path)
        where = keys.lstrip(".") or "the file"
        return f"line {lines[at]}, {where}" if at else where

    rows = [f"  {place(m)}: {m.problem}" for m in mistakes[:MAX_SHOWN]]
    if len(mistakes) > MAX_SHOWN:
        rows.append(f"  … and {len(mistakes) - MAX_SHOWN} more")
    count = "1 mistake" if len(mistakes) == 1 else f"{len(mistakes)} mistakes"
    head = f"{path} has {count}. Your log is not touched; correct the file and run the cell again."
    return ProgrammeError("\n".join([head, *rows]))
