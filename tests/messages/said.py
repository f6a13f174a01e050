"""What a row of the table is: what is provoked, and what a person is then told."""

from __future__ import annotations

import ast
import re
import tempfile
import warnings
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from backcare_widgets.errors import Interrupted, PlainError

ROOT = Path(__file__).parents[2]


@dataclass(frozen=True)
class Said:
    """The three parts of a message about what went wrong, in whatever order they read best."""

    wrong: str
    safe: str
    do: str


@dataclass(frozen=True)
class Told:
    """Words that tell what is, or was done; nothing is wrong, so no parts are asked for."""

    words: str


@dataclass(frozen=True, eq=False)
class Row:
    """A message: `provoke` is given an empty folder, and raises it, warns of it or returns it."""

    provoke: Callable[[Path], object]
    said: Said | Told

    @property
    def parts(self) -> list[str]:
        return list(vars(self.said).values())


@cache
def message_of(row: Row) -> str:
    """Return what a person is told when a row is provoked."""
    with tempfile.TemporaryDirectory() as name, warnings.catch_warnings(record=True) as warned:
        warnings.simplefilter("always")
        try:
            returned = row.provoke(Path(name))
        except (PlainError, Interrupted) as error:
            return str(error)
    return "\n".join([*(str(one.message) for one in warned), str(returned)])


# Three words in a row: what has fewer is a name, a unit or a part of something that has more.
_WORDS = re.compile(r"[A-Za-z][a-z'’]*[ ,:;]+(?:[A-Za-z]\w*[ ,:;.]+)+\w+")
_SQL = re.compile(
    r"\b(?:SELECT|CREATE|INSERT|WHERE|PRAGMA|CHECK|NOT NULL|AND|BY|NULL)\b|\bOR\b|<>|= ON$"
)
# Explanations that no person meets: of a trait, and of what `--help` prints.
_NO_MESSAGE = {"help", "description"}


def texts(source: str, *, only_raised: bool) -> Iterator[tuple[str, ...]]:
    """Yield the pieces between the values of each text in a Python file that reads as words.

    With `only_raised` only of those that stand in one block with a `raise`.
    """
    tree = ast.parse(source)
    blocks = [getattr(node, "body", None) for node in ast.walk(tree)]
    raised = {
        id(part)
        for block in blocks
        if isinstance(block, list) and any(isinstance(each, ast.Raise) for each in block)
        for each in block
        for part in ast.walk(each)
    }
    skipped: set[int] = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef):
            skipped |= {id(part) for part in ast.walk(node.body[0]) if _is_docstring(node.body[0])}
        if isinstance(node, ast.Call):
            explained = [k.value for k in node.keywords if k.arg in _NO_MESSAGE and _is_trait(node)]
            skipped |= {id(part) for value in explained for part in ast.walk(value)}
    for node in ast.walk(tree):
        if isinstance(node, ast.JoinedStr):
            pieces = [part.value for part in node.values if isinstance(part, ast.Constant)]
            skipped |= {id(part) for part in node.values}
        elif isinstance(node, ast.Constant) and isinstance(node.value, str):
            pieces = [node.value]
        else:
            continue
        whole = "…".join(pieces)
        if only_raised and id(node) not in raised:
            continue
        if id(node) not in skipped and _WORDS.search(whole) and not _SQL.search(whole):
            yield tuple(pieces)


def _is_docstring(node: ast.stmt) -> bool:
    return isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)


def _is_trait(call: ast.Call) -> bool:
    called = ast.unparse(call.func)
    return called.startswith(("traitlets.", "argparse.")) or called.endswith(
        (".add_argument", ".add_parser")
    )


def is_met(pieces: tuple[str, ...], messages: list[str]) -> bool:
    """Return whether the pieces of a text stand in one of the messages, in their order."""
    filled = (re.split(r"\{\w*\}", piece) for piece in pieces)  # for str.format
    wanted = re.compile(".*".join(re.escape(p) for some in filled for p in some), re.DOTALL)
    return any(wanted.search(message) for message in messages)
