"""The report as one HTML file that needs no other: no script, nothing from a network."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable
from html import escape
from pathlib import Path
from string import Template

from .content import Facts
from .tables import MANY, Table

TEMPLATE = Path(__file__).with_name("report.html")
ALWAYS = json.loads(TEMPLATE.with_suffix(".json").read_text(encoding="utf-8"))


def draw(facts: Facts) -> bytes:
    """Return the page as UTF-8, with the notes that `page.draw` found room for."""
    body = [_table(facts.programme)]
    if facts.nothing:
        body.append(f'<p class="nothing">{_text(facts.nothing)}</p>')
    if facts.counts:
        # On a narrow screen the table is scrolled, by keys too, and the page stays.
        body.append('<div class="wide" role="region" aria-label="Sets by exercise" tabindex="0">')
        body.append(f"{_table(facts.counts, 'counts')}</div>")
    body.append(_paragraphs([" ".join(facts.days)]))
    if facts.stops:
        body.append(f'<div class="two">{_section("stops", _paragraphs(facts.stops))}')
        body.append(f"{_section('pain', _paragraphs(facts.pain) + _changes(facts.changes))}</div>")
    n = facts.notes_left_out
    rest = [f"{ALWAYS['no_room']}: {n}." if n else "", facts.notes_elsewhere]
    if facts.notes or any(rest):
        body.append(_section("notes", _list(facts.notes, "notes") + _paragraphs(rest)))
    body.append(_section("how", _list(ALWAYS["numbers"], "small")))
    page = Template(TEMPLATE.read_text(encoding="utf-8")).substitute(
        title=_text(ALWAYS["title"]),
        points=f"{facts.points:g}",
        sample=f'<p class="sample">{_text(facts.sample)}</p>' if facts.sample else "",
        made_on=_text(facts.made_on),
        name=_text(facts.name) or '<span class="line"></span>',
        period=_text(facts.period),
        statement=_text(ALWAYS["statement"]),
        body="\n".join(filter(None, body)),
    )
    return page.encode()


def _text(text: str) -> str:
    """Escape text, and keep a percentage together."""
    return escape(text).replace(" %", "&nbsp;%")


def _paragraphs(sentences: Iterable[str]) -> str:
    return "\n".join(f"<p>{_text(sentence)}</p>" for sentence in sentences if sentence)


def _section(name: str, content: str) -> str:
    return f"<section>\n<h2>{_text(ALWAYS[name])}</h2>\n{content}\n</section>"


def _list(pairs: Iterable[tuple[str, str]], kind: str) -> str:
    items = [f"<dt>{_text(term)}</dt><dd>{_text(text)}</dd>\n" for term, text in pairs]
    return f'<dl class="{kind}">\n{"".join(items)}</dl>\n' if items else ""


def _table(table: Table, kind: str = "") -> str:
    has_bars = bool(table.shares) and len(table.columns) <= MANY + 2
    shares = table.shares if has_bars else [None] * len(table.rows)
    heads = "".join(f'<th scope="col">{_text(column)}</th>' for column in table.columns)
    rows = "".join(map(_row, table.rows, ("" if s is None else _bar(s) for s in shares)))
    foot = f"<tfoot>\n{_row(table.total)}</tfoot>\n" if table.total else ""
    return (
        f'<table class="{kind}">\n<caption>{_text(table.caption)}</caption>\n'
        f"<thead><tr>{heads}{'<td></td>' * has_bars}</tr></thead>\n"
        f"<tbody>\n{rows}</tbody>\n{foot}</table>"
    )


def _row(cells: Iterable[str], bar: str = "") -> str:
    first, *others = map(_text, cells)
    tds = "".join(f"<td>{cell}</td>" for cell in [*others, *filter(None, [bar])])
    return f'<tr><th scope="row">{first}</th>{tds}</tr>\n'


def _changes(changes: Collection[tuple[str, int]]) -> str:
    longest = max([1, *(n for _, n in changes)])
    rows = "".join(_row((name, str(n)), _bar(1, n / longest)) for name, n in changes)
    return f"\n<table>\n<tbody>\n{rows}</tbody>\n</table>" if changes else ""


def _bar(share: float, length: float = 1) -> str:
    """Draw a bar of which a share is filled; the numbers beside it say the same."""
    rects = "".join(
        f'<rect x="1" y="1" width="{98 * length * part:.1f}" height="8" fill="{fill}"'
        ' stroke="#000" stroke-width=".7" vector-effect="non-scaling-stroke"/>'
        for part, fill in ((1, "none"), (share, "#000"))
    )
    return f'<svg viewBox="0 0 100 10" preserveAspectRatio="none" aria-hidden="true">{rects}</svg>'
