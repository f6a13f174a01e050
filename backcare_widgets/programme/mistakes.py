"""The mistakes of a file, told all at once: line, key path, what stands there, what is allowed."""

from __future__ import annotations

import difflib
import re
from collections import Counter
from typing import Any

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from ..words import count, shown

MAX_SHOWN = 20

KeyPath = tuple[str | int, ...]


def told(error: ValidationError, schema: dict[str, Any], source: str) -> str:
    """Return all mistakes in words: their number, then one line each in the order of the file.

    `schema` is the JSON schema of the file, from which follows what is allowed; `source` its text.
    """
    lines = line_numbers(source)

    def line_of(mistake: ErrorDetails) -> int:
        path = mistake["loc"]
        while path not in lines:
            path = path[:-1]
        return lines[path]

    found = sorted(error.errors(include_url=False), key=line_of)
    number = count(len(found), "mistake")
    rows = [f"has {number}. Your log is not touched; correct the file and run the cell again."]
    for mistake in found[:MAX_SHOWN]:
        is_missing = mistake["type"] == "missing"
        where = _place(mistake["loc"][:-1] if is_missing else mistake["loc"])
        line = f"line {line_of(mistake)}, " if line_of(mistake) else ""
        rows.append(f"  {line}{where}: {_problem(mistake, schema)}")
    if len(found) > MAX_SHOWN:
        rows.append(f"  … and {len(found) - MAX_SHOWN} more")
    return "\n".join(rows)


def _place(path: KeyPath) -> str:
    keys = [f"[{k + 1}]" if isinstance(k, int) else f".{_bare(k)}" for k in path]
    return "".join(keys).lstrip(".") or "the file"


def _bare(key: str | int) -> str:
    return shown(key)[1:-1]


def _problem(mistake: ErrorDetails, schema: dict[str, Any]) -> str:
    path = mistake["loc"]
    match mistake["type"]:
        case "missing":
            return f"`{path[-1]}` is missing: {_allowed(_rule(path, schema))}"
        case "unexpected_keyword_argument":
            known = list(_rule(path[:-1], schema)["properties"])
            near = difflib.get_close_matches(str(path[-1]), known, n=1)
            hint = f"did you mean `{near[0]}`?" if near else f"known here: {', '.join(known)}"
            return f"unknown `{_bare(path[-1])}`, {hint}"
        case "disagreement":
            return mistake["msg"]
    return f"{shown(mistake['input'])} is not allowed; give {_allowed(_rule(path, schema))}"


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
        case {"enum": options}:
            return "one of " + ", ".join(f'"{option}"' for option in options)
        case {"const": option}:
            return f'"{option}"'
        case {"format": "date"}:
            return "a date such as 2026-05-01"
        case {"type": "string", "maxLength": most}:
            return f"text of 1 to {most} characters"
        case {"type": "integer", "minimum": least, "maximum": most}:
            return f"a whole number from {least} to {most}"
        case {"type": "number", "minimum": least, "maximum": most}:
            return f"a number from {least:g} to {most:g}"
    raise NotImplementedError(rule)


_TEXT_OR_COMMENT = re.compile(
    r'"""(?:\\.|[^\\])*?"""'
    r"|'''.*?'''"
    r'|"(?:\\.|[^"\\\n])*"'
    r"|'[^'\n]*'"
    r"|\#[^\n]*",
    re.DOTALL,
)
_HEADER = re.compile(r"\s*(\[\[?)\s*([^\[\]]+?)\s*\]\]?\s*")
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
            if depth == 1 and mark not in "]},":
                lines[*key, item] = number
                item += 1
            depth += (mark in "[{") - (mark in "]}")
    return lines
