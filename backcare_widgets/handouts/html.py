"""The report as one HTML file that needs no other: no script, nothing from a network."""

from __future__ import annotations

from collections.abc import Iterable
from html import escape

from .content import (
    HOW_TITLE,
    LANGUAGE,
    NOTES,
    PAIN,
    STOPS,
    Facts,
)
from .tables import MANY, Table

STYLE = """
@page { size: A4; margin: 10mm 15mm }
:root { color-scheme: light }
body { max-width: 180mm; margin: 8mm auto; padding: 0 4mm; background: #fff; color: #000;
  font: 9.5pt/1.4 "Helvetica Neue", Arial, "Liberation Sans", "DejaVu Sans", sans-serif }
h1 { font-size: 17pt; margin: 0 0 2mm }
h2, caption { font-size: 1.15em; font-weight: bold; text-align: left; margin: 0;
  padding: 4mm 0 1mm }
p, dd { margin: 0; overflow-wrap: anywhere }
.sample { border: 1.1pt solid; padding: 1mm; margin-bottom: 4mm; font-size: 12pt;
  font-weight: bold; text-align: center }
.made { float: right }
.line { display: inline-block; width: 90mm; border-bottom: .7pt solid }
.small { font-size: 8.5pt }
.statement { margin-top: 1mm }
.nothing { font-size: 12pt; font-weight: bold; margin-top: 4mm }
table { border-collapse: collapse; width: 100%; border-bottom: .7pt solid; margin-bottom: 1mm }
th, td { text-align: left; vertical-align: top; padding: 0 0 0 3mm }
th:first-child { padding-left: 0; overflow-wrap: anywhere }
thead th { border-bottom: 1.1pt solid }
tbody th { font-weight: normal }
tfoot > tr > * { border-top: .7pt solid }
.counts th { overflow-wrap: anywhere }
.counts :is(th, td):not(:first-child) { text-align: right }
.counts tbody :is(th, td) { white-space: nowrap }
svg { width: 24mm; height: 2.6mm; vertical-align: middle }
.two { display: grid; grid-template-columns: 1fr 1fr; gap: 0 8mm }
.two table { width: auto; border: 0 }
dl { display: grid; grid-template-columns: 36mm 1fr; margin: 0 }
dt { font-weight: bold }
dl.notes dt { font-weight: normal }
@media (max-width: 150mm) { .two { grid-template-columns: 1fr } .made { float: none }
  .wide { overflow-x: auto } .counts th { overflow-wrap: normal } .line { width: 60% }
  dl { grid-template-columns: 1fr 2fr } }
@media print { body { margin: 0; padding: 0; max-width: none; line-height: 1.2 }
  .small { font-size: 8pt } h2, caption { padding: 1.6mm 0 .5mm } h1 { margin: 0 } }
"""


def render(facts: Facts) -> bytes:
    """Give the page as UTF-8; `facts` are what `report_pdf.fitted` gave, so that both say one."""
    name = _text(facts.name) or '<span class="line"></span>'
    parts = [
        f"<!DOCTYPE html>\n<html lang={LANGUAGE}>\n<head>\n<meta charset=utf-8>",
        '<meta name=viewport content="width=device-width">',
        # Whatever a note may hold, the page runs nothing and fetches nothing.
        '<meta http-equiv="Content-Security-Policy" content="default-src \'none\'; '
        "style-src 'unsafe-inline'\">",
        f"<title>{_text(facts.title)}</title>\n<style>{STYLE}",
        f"@media print {{ body {{ font-size: {facts.points:g}pt }} }}\n</style>",
        "</head>\n<body>\n<main>",
        f"<p class=sample>{_text(facts.sample)}</p>" if facts.sample else "",
        f"<h1>{_text(facts.title)}</h1>",
        f"<p class=made>Made on {_text(facts.made_on)}</p>",
        f"<p>Name: {name}</p>\n<p>Period: {_text(facts.period)}</p>",
        f'<p class="small statement">{_text(facts.statement)}</p>',
        _table(facts.programme),
        f"<p class=nothing>{_text(facts.nothing)}</p>" if facts.nothing else "",
        _wide(_table(facts.counts, "counts")) if facts.counts else "",
        f"<p>{_text(' '.join(facts.days))}</p>" if facts.days else "",
        _two(facts) if facts.stops else "",
        _notes(facts),
        f"<h2>{_text(HOW_TITLE)}</h2>",
        _list(facts.how, "small"),
        "</main>\n</body>\n</html>\n",
    ]
    return "\n".join(filter(None, parts)).encode()


def _text(text: str) -> str:
    """Escape text, and keep a percentage together."""
    return escape(text).replace(" %", "&nbsp;%")


def _paragraphs(sentences: Iterable[str]) -> str:
    return "\n".join(f"<p>{_text(sentence)}</p>" for sentence in sentences if sentence)


def _list(pairs: Iterable[tuple[str, str]], kind: str) -> str:
    items = [f"<dt>{_text(term)}</dt><dd>{_text(text)}</dd>" for term, text in pairs]
    return "\n".join([f'<dl class="{kind}">', *items, "</dl>"])


def _table(table: Table, kind: str = "") -> str:
    has_bars = any(share is not None for share in table.shares) and len(table.columns) <= MANY + 2
    heads = [f"<th scope=col>{_text(column)}</th>" for column in table.columns]
    rows = []
    for i, row in enumerate(table.rows):
        share = table.shares[i] if has_bars else None
        rows.append(_row(row, "" if share is None else _bar(share)))
    return "\n".join(
        [
            f'<table class="{kind}">\n<caption>{_text(table.caption)}</caption>',
            f"<thead><tr>{''.join(heads)}{'<td></td>' * has_bars}</tr></thead>",
            f"<tbody>\n{''.join(rows)}</tbody>",
            f"<tfoot>\n{_row(table.total, '')}</tfoot>" if table.total else "",
            "</table>",
        ]
    )


def _wide(table: str) -> str:
    """Let a table be scrolled on a narrow screen, by keys too, and the page stay."""
    return f'<div class=wide role=region aria-label="Sets by exercise" tabindex=0>{table}</div>'


def _row(cells: tuple[str, ...], bar: str) -> str:
    first, *others = map(_text, cells)
    tds = "".join(f"<td>{cell}</td>" for cell in others)
    return f"<tr><th scope=row>{first}</th>{tds}{f'<td>{bar}</td>' if bar else ''}</tr>\n"


def _bar(share: float, *, length: float = 1.0) -> str:
    """Draw a bar of which a share is filled; the numbers beside it say the same."""
    rects = "".join(
        f'<rect x="1" y="1" width="{98 * length * part:.1f}" height="8" fill="{fill}"'
        ' stroke="#000" stroke-width=".7" vector-effect="non-scaling-stroke"/>'
        for part, fill in ((1, "none"), (share, "#000"))
    )
    return f'<svg viewBox="0 0 100 10" preserveAspectRatio="none" aria-hidden="true">{rects}</svg>'


def _two(facts: Facts) -> str:
    longest = max([1, *(n for _, n in facts.changes)])
    rows = [
        f"<tr><th scope=row>{_text(words)}</th><td>{n}</td>"
        f"<td>{_bar(1, length=n / longest)}</td></tr>"
        for words, n in facts.changes
    ]
    table = f"<table>\n<tbody>{''.join(rows)}</tbody></table>" if rows else ""
    return (
        f"<div class=two>\n<section><h2>{_text(STOPS)}</h2>\n{_paragraphs(facts.stops)}</section>"
        f"\n<section><h2>{_text(PAIN)}</h2>\n{_paragraphs(facts.pain)}\n{table}</section>\n</div>"
    )


def _notes(facts: Facts) -> str:
    rest = _paragraphs([facts.more_notes, facts.notes_elsewhere])
    if not facts.notes and not rest:
        return ""
    pairs = [(note.day, f"{note.exercise}: {note.text}") for note in facts.notes]
    return f"<h2>{_text(NOTES)}</h2>\n{_list(pairs, 'notes') if pairs else ''}\n{rest}"
