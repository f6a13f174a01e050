"""The report as one A4 page: real text and lines in black, to be read from a photocopy too."""

from __future__ import annotations

import unicodedata
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import replace
from typing import Literal

from fpdf import FPDF
from fpdf.enums import XPos, YPos
from fpdf.prefs import ViewerPreferences

from .content import (
    HOW_TITLE,
    LANGUAGE,
    NOTES,
    PAIN,
    STOPS,
    Facts,
)
from .tables import Table
from .type import (
    FONT,
    NO_SIGN,
    NO_SIGN_SAID,
    add_type,
    close_type,
    printable,
)

MARGIN, TOP, FOOT = 15.0, 13.0, 10.0  # mm, and so on
RULE, THICK = 0.26, 0.42  # 0.7 and 1.2 pt: thinner lines are lost in a copy
SMALL = 8.0  # points
# Text in points with its share of white: the first that lets everything fit. Less than 8 points
# is for what nobody prescribes, such as eight exercises whose titles are all in capitals.
SIZES = ((9.0, 1.0), (8.5, 0.8), (8.0, 0.6), (8.0, 0.2), (7.0, 0.1), (6.0, 0.0), (4.0, 0.0))
READABLE = 4  # of them
GAP, BETWEEN = 8.0, 1.6  # between what stands side by side, and cells
BAR, NARROWEST, WIDEST = 24.0, 19.0, 34.0  # a bar, and the columns of exercises beside it
TERM = 32.0


def fitted(facts: Facts) -> Facts:
    """Choose the size of the text, and count those of the oldest notes that have no room."""
    page = _page_of(facts, SIZES[:READABLE])
    if page is None:
        # As if some were left out already: that takes a line too.
        full = _Page(replace(facts, notes_left_out=1), *SIZES[READABLE - 1])
        close_type(full)
        too_low = full.y - (full.h - FOOT)
        n = max(bisect_right(full.notes_end, full.notes_end[-1] - too_low) - 1, 0)
        left_out = facts.notes_left_out + len(facts.notes) - n
        facts = replace(facts, notes=facts.notes[:n], notes_left_out=left_out)
        page = _page_of(facts, SIZES[READABLE - 1 :])
    if page:
        close_type(page)
    return replace(facts, points=page.points if page else SIZES[-1][0])


def _page_of(facts: Facts, sizes: Sequence[tuple[float, float]]) -> _Page | None:
    """Draw the page in the first size that fits."""
    for size in sizes:
        page = _Page(facts, *size)
        if page.y <= page.h - FOOT:
            return page
        close_type(page)
    return None


def render(facts: Facts) -> bytes:
    """Give the page as a PDF; `facts` are what `fitted` gave."""
    sizes = [size for size in SIZES if size[0] <= facts.points]
    page = _page_of(facts, sizes) or _Page(facts, *SIZES[-1])
    try:
        return bytes(page.output())
    finally:
        close_type(page)


class _Page(FPDF):
    """The page, drawn in one size of text; `y` is then where it ends, `notes_end` each note."""

    def __init__(self, facts: Facts, points: float, white: float) -> None:
        super().__init__(format="A4")
        self.points, self._white, self._lacks = points, white, False
        self._small = min(SMALL, points)
        self.notes_end: list[float] = []
        self.set_lang(LANGUAGE)
        self.set_title(facts.title)
        self.set_subject(f"{facts.period}. {facts.sample}".strip())
        self.set_creator("backcare_widgets")
        self.viewer_preferences = ViewerPreferences(display_doc_title=True)
        add_type(self)
        self.set_margins(MARGIN, TOP)
        self.set_auto_page_break(False)
        self.c_margin = 0
        self.add_page()
        self.set_font(FONT, size=points)
        self._head(facts)
        self._body(facts)

    def _head(self, facts: Facts) -> None:
        if facts.sample:
            self.set_line_width(THICK)
            self._write(facts.sample, self.epw, points=12, bold=True, align="C", border=1)
            self._space(4)
        self._write(facts.title, self.epw, points=16, bold=True)
        self._space(2)
        top = self.y
        self._write(f"Made on {facts.made_on}", self.epw, align="R")
        self._write(f"Name: {facts.name}", self.epw * 0.6, y=top)
        if not facts.name:
            start = self.l_margin + self.get_string_width("Name:  ")
            self._rule(self.y - 0.6, RULE, start, self.l_margin + self.epw * 0.6)
        self._space(0.5)
        self._write(f"Period: {facts.period}", self.epw)
        self._space(1.5)
        self._write(facts.statement, self.epw, points=self._small)

    def _body(self, facts: Facts) -> None:
        self._heading(facts.programme.caption)
        self._table(facts.programme, self._spread(facts.programme), align="L")
        if facts.nothing:
            self._space(4)
            self._write(facts.nothing, self.epw, points=11, bold=True)
        if facts.counts:
            self._heading(facts.counts.caption)
            self._counts(facts.counts)
        if facts.days:
            self._space(1)
            self._write(" ".join(facts.days), self.epw)
        if facts.stops:
            half, top = (self.epw - GAP) / 2, self.y
            self._heading(STOPS, half)
            for sentence in facts.stops:
                self._write(sentence, half)
            low, self.y = self.y, top
            self._pain(facts, self.l_margin + half + GAP, half)
            self.y = max(low, self.y)
        rest = " ".join(filter(None, [facts.more_notes, facts.notes_elsewhere]))
        if facts.notes or rest:
            self._heading(NOTES)
            self.notes_end.append(self.y)
            for note in facts.notes:
                self._row((note.day, f"{note.exercise}: {note.text}"), (TERM, self.epw - TERM), "L")
                self.notes_end.append(self.y)
            if rest:
                self._write(rest, self.epw)
        self._heading(HOW_TITLE)
        for term, text in facts.how:
            self._row((term, text), (TERM, self.epw - TERM), "L", points=self._small, is_list=True)
        if self._lacks:
            self._write(NO_SIGN_SAID, self.epw, points=self._small)

    def _pain(self, facts: Facts, x: float, width: float) -> None:
        self._heading(PAIN, width, x)
        for sentence in facts.pain:
            self._write(sentence, width, x)
        self._space(0.6)
        longest = max((n for _, n in facts.changes), default=0)
        label, beside = width * 0.54, 12.0
        for words, n in facts.changes:
            top = self.y
            long = (width - label - beside) * n / max(longest, 1)
            self._write(str(n), beside, x + label + long + 1.5, y=top)
            self._write(words, label, x, y=top)
            self._bar(x + label, top, self.y, long, 1.0 if n else 0.0)

    def _bar(self, x: float, top: float, low: float, long: float, share: float) -> None:
        """Draw a bar in a row of text, of which a share is filled."""
        y, tall = top + (low - top) * 0.2, (low - top) * 0.58
        self.set_line_width(RULE)
        self.rect(x, y, long, tall)
        self.rect(x, y, long * share, tall, style="F")

    def _counts(self, table: Table) -> None:
        self.set_font(FONT, size=self.points)
        ends = [*table.rows, table.total]
        first, last = (max(self.get_string_width(row[i]) for row in ends) for i in (0, -1))
        self.set_font(FONT, "B", self.points)
        last = max(last, self.get_string_width(table.columns[-1]))
        n = len(table.columns) - 2
        left = self.epw - first - last - BETWEEN
        bar = BAR if left - BAR - GAP >= n * NARROWEST else 0.0
        each = min((left - bar - (GAP if bar else 0)) / n, WIDEST)
        rows = self._table(table, [first, *[each] * n, last + BETWEEN], align="R")
        for (top, low), share in zip(rows, table.shares, strict=True):
            if bar and share is not None:
                self._bar(self.w - self.r_margin - bar, top, low, bar, share)

    def _spread(self, table: Table) -> list[float]:
        """Give columns as wide as their text; what there is of room, or too little, is shared."""
        self.set_font(FONT, "B", self.points)
        rows = [*table.rows, table.columns]
        wide = [
            max(map(self.get_string_width, cells)) + GAP / 2 for cells in zip(*rows, strict=True)
        ]
        is_wide = [width > self.epw / 4 for width in wide]
        narrow = sum(width for width, is_it in zip(wide, is_wide, strict=True) if not is_it)
        by = (self.epw - narrow) / max(sum(wide) - narrow, 1)
        return [width * by if is_it else width for width, is_it in zip(wide, is_wide, strict=True)]

    def _table(
        self, table: Table, widths: Sequence[float], align: str
    ) -> list[tuple[float, float]]:
        """Draw a table, and give the top and the foot of each row."""
        self._row(table.columns, widths, align, bold=True)
        self._rule(self.y + 0.2, THICK)
        self._space(0.9)
        ends = [self._row(row, widths, align) for row in table.rows]
        if table.total:
            self._rule(self.y + 0.5, RULE)
            self._space(1)
            self._row(table.total, widths, align, is_list=True)
        self._rule(self.y + 0.5, RULE)
        self._space(0.8)
        return ends

    def _row(
        self,
        cells: Sequence[str],
        widths: Sequence[float],
        align: str,
        *,
        bold: bool = False,
        is_list: bool = False,
        points: float | None = None,
    ) -> tuple[float, float]:
        """Write some cells side by side, and give the top and the foot of the row."""
        top = low = self.y
        x = self.l_margin
        for i, (cell, width) in enumerate(zip(cells, widths, strict=True)):
            between = BETWEEN if i else 0.0
            self._write(
                cell,
                width - between,
                x + between,
                y=top,
                points=points,
                bold=bold or (is_list and not i),
                align=align if i else "L",
            )
            low, x = max(low, self.y), x + width
        self.y = low
        return top, low

    def _heading(self, text: str, width: float | None = None, x: float | None = None) -> None:
        self._space(4)
        self._write(text, width or self.epw, x, points=self.points + 1.5, bold=True)
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
        border: Literal[0, 1] = 0,
    ) -> None:
        """Write a paragraph, and go below it."""
        points = points or self.points
        self.set_font(FONT, "B" if bold else "", points)
        self.set_xy(self.l_margin if x is None else x, self.y if y is None else y)
        shown = printable(text)
        self._lacks |= shown.count(NO_SIGN) > text.count(NO_SIGN)
        # Letters from right to left need it; for the others it takes four times as long.
        self.set_text_shaping(any(unicodedata.bidirectional(c) in ("R", "AL") for c in text))
        self.multi_cell(
            width,
            points / self.k * (1.22 + 0.18 * self._white),
            shown.replace(" %", "\u00a0%"),
            border=border,
            align=align,
            new_x=XPos.LMARGIN,
            new_y=YPos.NEXT,
        )

    def _space(self, height: float) -> None:
        self.y += height * max(self._white, 0.4)

    def _rule(
        self, y: float, thick: float, left: float | None = None, right: float | None = None
    ) -> None:
        self.set_line_width(thick)
        self.line(left or self.l_margin, y, right or self.w - self.r_margin, y)
