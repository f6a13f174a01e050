"""The mistakes of a file, told all at once: line, key path, what stands there, what is allowed."""

from __future__ import annotations

import difflib
import re
from collections import Counter
from collections.abc import Sequence
from typing import Any

from pydantic_core import ErrorDetails

from ..words import shown

MAX_SHOWN = 20

KeyPath = tuple[str | int, ...]


def told(errors: Sequence[ErrorDetails], schema: dict[str, Any], source: str) -> list[str]:
    """Return a line of text for each of the first `MAX_SHOWN` mistakes, and one for the others.

    Parameters
    ----------
    errors
        What pydantic found, with paths in `schema`.
    schema
        The JSON schema of the file, from which follows what is allowed.
    source
        The text of the file, which is good TOML.
    """
    lines = line_numbers(source)
    found = []
    for error in errors:
        path: KeyPath = error["loc"]
        at = path
        while at not in lines:
            at = at[:-1]
        found.append((lines[at], path, error))
    found.sort(key=lambda each: each[0])
    rows = [
        f"  {_place(line, path, error)}: {_problem(path, error, schema)}"
        for line, path, error in found[:MAX_SHOWN]
    ]
    return rows + [f"  … and {len(found) - MAX_SHOWN} more"] * (len(found) > MAX_SHOWN)


def _place(line: int, path: KeyPath, error: ErrorDetails) -> str:
    shown_path = path[:-1] if error["type"] == "missing" else path
    keys = [f"[{k + 1}]" if isinstance(k, int) else f".{_bare(k)}" for k in shown_path]
    where = "".join(keys).lstrip(".") or "the file"
    return f"line {line}, {where}" if line else where


def _bare(key: str | int) -> str:
    return shown(key)[1:-1]


def _problem(path: KeyPath, error: ErrorDetails, schema: dict[str, Any]) -> str:
    match error["type"]:
        case "unexpected_keyword_argument":
            return f"unknown `{_bare(path[-1])}`, {_hint(str(path[-1]), _rule(path[:-1], schema))}"
        case "disagreement":
            return error["msg"]
        case "missing":
            return f"`{path[-1]}` is missing: {_allowed(_rule(path, schema))}"
    return f"{shown(error['input'])} is not allowed; {_allowed(_rule(path, schema))} is"


def _hint(key: str, table: dict[str, Any]) -> str:
    known = list(table["properties"])
    near = difflib.get_close_matches(key[:60], known, n=1)
    return f"did you mean `{near[0]}`?" if near else f"known here: {', '.join(known)}"


def _rule(path: KeyPath, schema: dict[str, Any]) -> dict[str, Any]:
    """Return the part of a JSON schema that is about the value at `path`."""
    rule = schema
    for key in (*path, None):
        rule = rule.get("anyOf", [rule])[0]  # the other one is null, which TOML does not have
        if "$ref" in rule:
            rule = schema["$defs"][rule["$ref"].rpartition("/")[2]]
        if key is not None:
            rule = rule["items"] if isinstance(key, int) else rule["properties"][key]
    return rule


def _allowed(rule: dict[str, Any]) -> str:
    match rule:
        case {"type": "object"}:
            return "a table"
        case {"description": words}:
            return str(words)
        case {"enum": options} | {"const": options}:
            each = options if isinstance(options, list) else [options]
            return "one of " + ", ".join(f'"{option}"' for option in each)
        case {"type": "string", "format": "date"}:
            return "a date such as 2026-05-01"
        case {"type": "string", "maxLength": most}:
            return f"text of 1 to {most} characters"
        case {"type": kind, "minimum": least, "maximum": most}:
            return f"a {'whole ' if kind == 'integer' else ''}number from {least:g} to {most:g}"
    raise ValueError(rule)


_TEXT_OR_COMMENT = re.compile(
    r'"""(?:\\.|[^\\])*?"{3,5}'
    r"|'''.*?'{3,5}"
    r'|"(?:\\.|[^"\\\n])*"'
    r"|'[^'\n]*'"
    r"|\#[^\n]*",
    re.DOTALL,
)
_HEADER = re.compile(r"\s*(\[\[?)\s*([\w-]+)\s*\]\]?\s*")
_KEY = re.compile(r"\s*([\w-]+)\s*=")
_MARK = re.compile(r"[\[\]{},]|[^\s\[\]{},]+")


def line_numbers(source: str) -> dict[KeyPath, int]:
    """Find the lines of a good file's tables, keys and list items; `tomllib` keeps none.

    The whole file is at 0. What is written in another form than our files use (dotted keys and
    headers, keys within braces) is missing: a message names the line of what is around it.
    """

    def emptied(text: re.Match[str]) -> str:
        return ("" if text[0][0] == "#" else "_") + "\n" * text[0].count("\n")

    lines: dict[KeyPath, int] = {(): 0}
    seen: Counter[str] = Counter()
    table: KeyPath = ()
    key: KeyPath = ()
    depth = item = 0
    awaits_item = False
    for number, line in enumerate(_TEXT_OR_COMMENT.sub(emptied, source).split("\n"), start=1):
        if depth == 0 and (header := _HEADER.fullmatch(line)):
            name = header[2]
            table = (name, seen[name]) if header[1] == "[[" else (name,)
            seen[name] += 1
            lines[table] = number
            continue
        if depth == 0 and (start := _KEY.match(line)):
            key, item = (*table, start[1]), 0
            lines[key] = number
            line = line[start.end() :]
        for mark in _MARK.findall(line):
            if mark in "]}":
                depth -= 1
            elif mark == ",":
                awaits_item = depth == 1
            else:
                if depth == 1 and awaits_item:
                    lines[*key, item] = number
                    item, awaits_item = item + 1, False
                if mark in "[{":
                    depth += 1
                    awaits_item = depth == 1
    return lines
