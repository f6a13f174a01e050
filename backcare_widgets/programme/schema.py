"""Rules for the values of a table, and the list of all that break them."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from ..words import shown

# A message shows so many mistakes and counts the others.
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
        For a table or a list of tables: the rules of each table's keys.
    item
        For a list of values: the rule of each, so that a mistake is told of its item.
    """

    allowed: str
    accepts: Callable[[Any], bool]
    required: bool = True
    table: Mapping[str, Rule] | None = None
    item: Rule | None = None


def number(low: float, high: float, *, required: bool = True) -> Rule:
    """Allow a finite number, whole or not, from `low` to `high`."""
    return Rule(
        f"a number from {low:g} to {high:g}",
        lambda v: type(v) in (int, float) and low <= v <= high,  # false for NaN
        required,
    )


def whole(low: int, high: int, *, required: bool = True) -> Rule:
    """Allow a whole number from `low` to `high`; true and false are not numbers here."""
    return Rule(
        f"a whole number from {low} to {high}",
        lambda v: type(v) is int and low <= v <= high,
        required,
    )


def numbers(size: int, limit: float, *, required: bool = True) -> Rule:
    """Allow a list of `size` numbers from -`limit` to `limit`."""
    return Rule(
        f"a list of {size} numbers",
        lambda v: isinstance(v, list) and len(v) == size,
        required,
        item=number(-limit, limit),
    )


def text(max_length: int, *, required: bool = True) -> Rule:
    """Allow text of 1 to `max_length` characters that is not only spaces."""
    return Rule(
        f"text of 1 to {max_length} characters",
        lambda v: isinstance(v, str) and v.strip() != "" and len(v) <= max_length,
        required,
    )


def texts(low: int, high: int, max_length: int, *, required: bool = True) -> Rule:
    """Allow a list of `low` to `high` texts."""
    one = text(max_length)
    return Rule(
        f"a list of {low} to {high} texts",
        lambda v: isinstance(v, list) and low <= len(v) <= high,
        required,
        item=one,
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


def mistakes_in(
    data: Mapping[str, Any], rules: Mapping[str, Rule], path: KeyPath = ()
) -> list[Mistake]:
    """List what is wrong with a table and the tables in it, in the order of the rules."""
    unknown = [key for key in data if key not in rules]
    found = [
        Mistake((*path, key), f"unknown `{shown(key)[1:-1]}`, {_hint(key, rules)}")
        for key in unknown[:MAX_SHOWN]
    ]
    # To look for likely names takes long, and more of them would not be shown.
    found += [Mistake((*path, key), "unknown") for key in unknown[MAX_SHOWN:]]
    for key, rule in rules.items():
        if key not in data:
            if rule.required:
                found.append(Mistake(path, f"`{key}` is missing: {rule.allowed}"))
        else:
            found += _mistakes_at((*path, key), data[key], rule)
    return found


def _hint(key: str, rules: Mapping[str, Rule]) -> str:
    import difflib  # only a mistake needs it

    near = difflib.get_close_matches(key[:60], rules, n=1)
    return f"did you mean `{near[0]}`?" if near else "known here: " + ", ".join(rules)


def _mistakes_at(path: KeyPath, value: Any, rule: Rule) -> list[Mistake]:
    if not rule.accepts(value):
        return [Mistake(path, f"{shown(value)} is not allowed; {rule.allowed} is")]
    items = [((*path, n), item) for n, item in enumerate(value)] if isinstance(value, list) else []
    if rule.item is not None:
        each = (_mistakes_at(at, item, rule.item) for at, item in items)
    elif rule.table is not None:
        each = (mistakes_in(inner, rule.table, at) for at, inner in items)
        if isinstance(value, dict):
            return mistakes_in(value, rule.table, path)
    else:
        return []
    return list(itertools.chain.from_iterable(each))
