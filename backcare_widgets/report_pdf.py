"""The report as one A4 page: real text and lines in black, to be read from a photocopy too."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import replace
from functools import cache
from pathlib import Path

import matplotlib as mpl
from fontTools.ttLib import TTFont
from fpdf import FPDF
from fpdf.enums import Align, MethodReturnValue, XPos, YPos

from .report_facts import LANGUAGE, Facts
from .report_tables import Table

FONT = "DejaVu Sans"
MARGIN = 15.0  # mm, and so on
FOOT = 12.0
RULE, THICK = 0.18, 0.4  # 0.5 and 1.1 pt: thinner lines are lost in a copy
SMALL = 8.0  # points; nothing is smaller
# Text in points with its share of white: the first that lets everything fit.
SIZES = ((9.0, 1.0), (8.5, 0.8), (8.0, 0.6))
NO_SIGN = "□"
NO_SIGN_SAID = f"{NO_SIGN} stands for a sign that the type of this page does not have."
BAR, NARROWEST = 26.0, 17.0  # a bar, and the column of an exercise beside which it has room


def fitted(facts: Facts) -> Facts:
    """Leave out of the oldest notes what has no room on the page, and count what is left out."""
    most = len(facts.notes)

    def is_too_long(n: int) -> bool:
        return _fits(_with_notes(facts, n)) is None

    n = bisect_left(range(1, most + 1), True, key=is_too_long)  # noqa: FBT003
    return _with_notes(facts, n)


def _with_notes(facts: Facts, n: int) -> Facts:
    left_out = facts.notes_left_out + len(facts.notes) - n
    return replace(facts, notes=facts.notes[:n], notes_left_out=left_out)


def _fits(facts: Facts) -> _Page | None:
    """Draw the page in the largest size that fits."""
    pages = (_Page(facts, *size) for size in SIZES)
    return next((page for page in pages if page.y <= page.h - FOOT), None)


def render(facts: Facts) -> bytes:
    """Give the page as a PDF; `facts` are what `fitted` gave."""
    page = _fits(facts) or _Page(facts, *SIZES[-1])
    return bytes(page.output())


@cache
def _font(style: str) -> Path:
    """Give the file of a type that every matplotlib brings along."""
    name = f"DejaVuSans{'-Bold' if style else ''}.ttf"
    return Path(mpl.get_data_path()) / "fonts" / "ttf" / name


@cache
def _signs(style: str) -> frozenset[int]:
    return frozenset(TTFont(_font(style)).getBestCmap())


def printable(text: str) -> str:
    """Put `NO_SIGN` for each sign that the type does not have."""
    known = _signs("") & _signs("B")
    return "".join(c if ord(c) in known else NO_SIGN for c in text)


class _Page(FPDF):
    """The page, drawn in one size of text; `y` is then where it ends."""

    def __init__(self, facts: Facts, points: float, white: float) -> None:
        super().__init__(format="A4")
        self._points, self._white, self._lacks = points, white, False
        self.set_lang(LANGUAGE)
        self.set_title(facts.title)
        self.set_subject(f"{facts.period}. {facts.sample}".strip())
        self.set_creator("backcare_widgets")
        for style in ("", "B"):
            self.add_font(FONT, style, _font(style))
        self.set_margins(MARGIN, MARGIN)
        self.set_auto_page_break(False)  # noqa: FBT003
        self.c_margin = 0
        self.add_page()
        self.set_font(FONT, size=points)
        self.set_text_shaping(True)  # noqa: FBT003  (letters from right to left)
        self._head(facts)
        self._body(facts)

    def _head(self, facts: Facts) -> None:
        if facts.sample:
            self.set_line_width(THICK)
            self._write(facts.sample, self.epw, points=12, bold=True, align="C", border=1)
            self._space(3)
        self._write(facts.title, self.epw, points=16, bold=True)
        self._space(1.5)
        top = self.y
        self._write(f"Name: {facts.name}", self.epw * 0.56)
        if not facts.name:
            start = self.l_margin + self.get_string_width("Name:  ")
            self._rule(self.y - 0.6, RULE, start, self.l_margin + self.epw * 0.52)
        under = self.y
        for text in (f"Period: {facts.period}", f"Made on {facts.made_on}"):
            self._write(text, self.epw, y=top, align="R") if text[0] == "M" else None
        self.set_y(under)
        self._write(f"Period: {facts.period}", self.epw)
        self._space(1)
        self._write(facts.statement, self.epw, points=SMALL)

    def _body(self, facts: Facts) -> None:
        width, gap = self.epw, 8.0
        self._heading(facts.programme.caption)
        self._table(facts.programme, (0.4, 0.13, 0.19, 0.28), align="L")
        if facts.nothing:
            self._space(4)
            self._write(facts.nothing, width, points=11, bold=True)
        if facts.counts:
            self._heading(facts.counts.caption)
            self._counts(facts.counts)
            self._space(1)
        if facts.days:
            self._write(" ".join(facts.days), width)
        if facts.stops:
            half, top = (width - gap) / 2, self.y
            self._heading("Stops for pain", half)
            self._write(" ".join(facts.stops), half)
            low, self.y = self.y, top
            self._pain(facts, self.l_margin + half + gap, half)
            self.set_y(max(low, self.y))
        if facts.notes or facts.notes_left_out or facts.notes_elsewhere:
            self._heading("Notes that the person chose to show")
            for note in facts.notes:
                self._write(f"{note.day}, {note.exercise}: {note.text}", width)
            rest = " ".join(filter(None, [facts.more_notes, facts.notes_elsewhere]))
            self._write(rest, width) if rest else None
        self._heading("How each number is worked out")
        for line in facts.how:
            self._write(line, width, points=SMALL)
        if self._lacks:
            self._write(NO_SIGN_SAID, width, points=SMALL)

    def _pain(self, facts: Facts, x: float, width: float) -> None:
        self._heading("Pain before and after a set", width, x)
        self._write(" ".join(facts.pain), width, x)
        longest = max((n for _, n in facts.changes), default=0)
        label = width * 0.56
        for words, n in facts.changes:
            top = self.y
            self._write(f"{words}", label, x)
            tall = self.y - top
            full = width - label - 10
            self.set_line_width(RULE)
            if n:
                long = full * n / longest
                self.rect(x + label, top + tall * 0.2, long, tall * 0.6, style="F")
            self._write(str(n), 8, x + label + full * n / max(longest, 1) + 1.5, y=top)

    def _counts(self, table: Table) -> None:
        n = len(table.columns) - 2
        self.set_font(FONT, size=self._points)
        cells = [[row[0] for row in table.rows], [row[-1] for row in (*table.rows, table.total)]]
        first, last = (max(map(self._width, each)) + 2 for each in cells)
        left = self.epw - first - last
        bar = BAR if left - BAR >= n * NARROWEST else 0
        each = (left - bar) / max(n, 1)
        widths = [first, *[min(each, 32)] * n, last]
        ends = self._table(table, [width / self.epw for width in widths], align="R")
        if not bar:
            return
        x = self.l_margin + sum(widths) + 4
        self.set_line_width(RULE)
        for (top, low), share in zip(ends, table.shares, strict=False):
            if share is None:
                continue
            tall = low - top
            place = (x, top + tall * 0.2, BAR - 4, tall * 0.55)
            self.rect(*place)
            self.rect(*place[:2], place[2] * share, place[3], style="F")

    def _width(self, text: str) -> float:
        return self.get_string_width(text)

    def _table(
        self, table: Table, shares: Sequence[float], align: str
    ) -> list[tuple[float, float]]:
        """Draw a table, and give the top and the foot of each row."""
        widths = [share * self.epw for share in shares]
        right = self.l_margin + sum(widths)
        self._row(table.columns, widths, align, bold=True)
        self._rule(self.y, THICK, self.l_margin, right)
        self._space(0.6)
        ends = [self._row(row, widths, align) for row in table.rows]
        if table.total:
            self._space(0.4)
            self._rule(self.y, RULE, self.l_margin, right)
            self._space(0.6)
            self._row(table.total, widths, align, bold=True)
        self._rule(self.y + 0.4, RULE, self.l_margin, right)
        self._space(0.6)
        return ends

    def _row(
        self, cells: Sequence[str], widths: Sequence[float], align: str, *, bold: bool = False
    ) -> tuple[float, float]:
        top = low = self.y
        x = self.l_margin
        for i, (cell, width) in enumerate(zip(cells, widths, strict=True)):
            between = 2.0 if i else 0.0
            self._write(
                cell, width - between, x + between, y=top, bold=bold, align=align if i else "L"
            )
            low, x = max(low, self.y), x + width
        self.y = low
        return top, low

    def _heading(self, text: str, width: float | None = None, x: float | None = None) -> None:
        self._space(3.2)
        self._write(text, width or self.epw, x, points=self._points + 1.5, bold=True)
        self._space(0.6)

    def _write(
        self,
        text: str,
        width: float,
        x: float | None = None,
        *,
        y: float | None = None,
        points: float | None = None,
        bold: bool = False,
        align: str = "L",
        border: int = 0,
    ) -> None:
        """Write a paragraph, and go below it."""
        points = points or self._points
        self.set_font(FONT, "B" if bold else "", points)
        self.set_xy(self.l_margin if x is None else x, self.y if y is None else y)
        shown = printable(text)
        self._lacks |= shown.count(NO_SIGN) > text.count(NO_SIGN)
        self.multi_cell(
            width,
            points / self.k * (1.24 + 0.16 * self._white),
            shown,
            border=border,
            align=align,
            new_x=XPos.LMARGIN,
            new_y=YPos.NEXT,
        )

    def _space(self, height: float) -> None:
        self.y += height * self._white

    def _rule(self, y: float, thick: float, left: float, right: float) -> None:
        self.set_line_width(thick)
        self.line(left, y, right, y)
