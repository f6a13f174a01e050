"""The charts of a chosen period, and the page for a physiotherapist."""

from __future__ import annotations

import io
import json

import pytest
from playwright.sync_api import expect
from pypdf import PdfReader

import backcare_widgets

from .host import log_of
from .lab import until
from .test_past import NOTE, PastPage, fill, filled, past_cell, press_twice, yesterday
from .test_private import SAVE, WIDGET_STATE, widget_state_saved  # noqa: F401  (a fixture)


class ReviewPage:
    """The charts in the cell of that number."""

    def __init__(self, book, cell=1):
        self.book, self.page = book, book.page
        self.root = book.cell(cell).locator(".bc-review")
        self.charts = self.root.locator("img")
        self.wait()

    def wait(self):
        """Wait until what was asked for is drawn."""
        drawn = self.root.locator("img:not(.bc-review__charts--old)")
        expect(drawn).to_be_visible(timeout=20_000)  # the first drawing loads what draws

    def choose(self, period):
        self.root.get_by_label(period, exact=True).check(force=True)
        self.wait()

    def open(self, *parts):
        for part in parts:
            self.root.get_by_text(part, exact=True).click()

    def said(self):
        """Give what is said of each chart, by its title."""
        terms, words = (self.root.locator(tag).all_text_contents() for tag in ("dt", "dd"))
        return dict(zip(terms, words, strict=True))

    def drawn_width(self):
        """Give the pixels that the picture has, and those that it takes."""
        return self.charts.evaluate("(img) => [img.naturalWidth, img.clientWidth]")

    def download(self, button):
        with self.page.expect_download() as download:
            self.root.get_by_role("button", name=button).click()
        path = self.book.folder / download.value.suggested_filename
        download.value.save_as(path)
        return path


def review_cell(host):
    """Show the charts of a host's log."""
    return backcare_widgets.review(log=log_of(host))


@pytest.fixture
def shown(open_host, tmp_path):
    log = fill(tmp_path, days=30)
    host = open_host(review_cell)
    host.run(1)
    return ReviewPage(host), log


@pytest.fixture
def shown_in_lab(open_cells, server, tmp_path):
    folder, log = filled(server, tmp_path, days=30)
    return ReviewPage(open_cells("review()", folder=folder)), log


def test_a_period_is_chosen_by_one_click_or_by_keyboard_and_remembered(shown):
    review, _ = shown
    trend = "Is it going up or down?"
    assert "in the last 7 days" in review.said()[trend]
    eight_weeks = review.said()
    review.choose("2 weeks")
    until(lambda: review.said() != eight_weeks, "the charts stayed those of 8 weeks")
    two_weeks = review.said()
    assert "In the last 14 days" in two_weeks["Which exercises did I do?"]
    review.page.keyboard.press("ArrowRight")
    until(lambda: review.said() == eight_weeks, "the arrow key chose nothing")
    review.choose("2 weeks")
    review.book.run(1)
    review.wait()
    expect(review.root.get_by_label("2 weeks", exact=True)).to_be_checked()
    assert review.said() == two_weeks


def test_the_charts_follow_the_width_of_the_page(shown):
    review, _ = shown
    natural, taken = review.drawn_width()
    assert natural == taken
    wide = review.charts.bounding_box()["height"]
    review.page.set_viewport_size({"width": 600, "height": 1600})
    until(lambda: review.drawn_width()[0] < 600, "the charts were not drawn anew")
    natural, taken = review.drawn_width()
    assert natural - taken < 5, "shrunk, the words would be too small to read"
    assert review.charts.bounding_box()["height"] > wide, "the charts stand below each other"


def test_the_page_for_a_physiotherapist_is_saved_with_the_notes_that_were_ticked(shown):
    review, log = shown
    log.edit("1-1", note="not this one")
    review.choose("2 weeks")
    review.open("A page for a physiotherapist")
    expect(review.root.get_by_role("checkbox")).to_have_count(2)
    assert review.root.get_by_role("checkbox", checked=True).count() == 0
    review.root.get_by_label("Your name").fill("A. Person")
    review.root.get_by_label(NOTE).check()
    pdf = review.download("Save as PDF")
    expect(review.root).to_contain_text("report.pdf is in your downloads.")
    html = review.download("Save as a web page").read_text(encoding="utf-8")
    [page] = PdfReader(io.BytesIO(pdf.read_bytes())).pages
    for text in (" ".join(page.extract_text().split()), " ".join(html.split())):
        assert "A. Person" in text
        assert "Zwölf-Uhr-Notiz" in text
        assert "not this one" not in text
        assert str(yesterday().year) in text


def test_a_set_recorded_meanwhile_is_in_the_next_charts(shown):
    review, log = shown
    before = review.said()["How much did I do?"]
    for entry_id in ("0-0", "1-0", "2-0"):
        log.delete(entry_id)
    review.choose("A year")
    until(lambda: review.said()["How much did I do?"] != before, "the charts are of the old log")


@pytest.mark.usefixtures("without_kernel")
def test_without_a_kernel_the_charts_stay_and_it_is_said_what_to_do(shown_in_lab, server):
    review, _ = shown_in_lab
    server.end_kernels()
    review.root.get_by_label("A year", exact=True).check(force=True)
    expect(review.root).to_contain_text("run the cell again")
    expect(review.charts).to_be_visible()


def test_a_saved_notebook_holds_neither_charts_nor_notes(shown_in_lab, widget_state_saved):  # noqa: F811
    review, _ = shown_in_lab
    review.page.evaluate(SAVE)
    text = (review.book.server.root / review.book.path).read_text(encoding="utf-8")
    assert '"periods"' in text, "the traits were not saved, so this test sees nothing"
    assert "The charts are shown here" in text
    for output in json.loads(text)["cells"][1]["outputs"]:
        assert set(output["data"]) <= {"text/plain", "application/vnd.jupyter.widget-view+json"}
    for private in ("nobody-else", "last 7 days", str(yesterday())):
        assert private not in text, private


def test_two_reviews_in_one_notebook_are_two_choices(open_host, tmp_path):
    fill(tmp_path)
    host = open_host(review_cell, review_cell)
    host.run_all()
    first, second = ReviewPage(host), ReviewPage(host, 2)
    expect(first.root.get_by_label("8 weeks", exact=True)).to_be_checked()
    second.root.get_by_label("A year", exact=True).check(force=True)
    expect(first.root.get_by_label("8 weeks", exact=True)).to_be_checked()


def test_the_charts_follow_what_is_put_right_below_them(open_host, tmp_path):
    fill(tmp_path, days=5)
    host = open_host(past_cell, review_cell)
    host.run_all()
    past, review = PastPage(host), ReviewPage(host, 2)
    which = "Which exercises did I do?"
    before = review.said()[which]
    assert "Lying down: 5 of" in before
    past.act("Delete", "1-0")
    until(lambda: "Lying down: 4 of" in review.said()[which], "the charts stayed as they were")
    past.press("Undo")
    until(lambda: review.said()[which] == before, "the charts did not follow the undo")


@pytest.mark.parametrize("button", ["Save as PDF", "Save as a web page"])
def test_fault_43_pressed_twice_or_held_down_a_button_makes_one_report(shown, button):
    review, _ = shown
    review.open("A page for a physiotherapist")
    save = review.root.get_by_role("button", name=button)
    for n, way in enumerate((0, 150, 400, "held")):
        with review.page.expect_download():
            press_twice(review.page, save, way)
        expect(review.root.locator("[aria-disabled]")).to_have_count(0)
        assert len(review.book.sent("report")) == n + 1, way


def test_fault_45_whatever_stands_under_the_period_the_charts_are_shown(shown):
    review, _ = shown
    for found in ("null", "{", '"a fortnight"', '{"period": "All"}', "[" * 5000):
        review.page.evaluate("(found) => localStorage.setItem('backcare:period', found)", found)
        review.book.run(1)
        review.wait()
        expect(review.root.get_by_label("8 weeks", exact=True)).to_be_checked()
    assert review.page.evaluate("localStorage.getItem('backcare:period')") is None


# Until the page is laid out, and all who watch sizes have heard of it.
LAID_OUT = """() => new Promise((done) =>
  new ResizeObserver(() => done(null)).observe(document.documentElement))"""


def test_fault_52_while_it_draws_one_question_is_in_flight_and_the_newest_comes_next(
    open_host, tmp_path
):
    fill(tmp_path)
    host = open_host(review_cell, clock=True)
    page, root = host.page, host.cell(1).locator(".bc-review")
    charts, beside = root.locator("img"), 90 + 16

    def pass_time():
        page.evaluate(LAID_OUT)
        page.clock.run_for(4000)

    def wide(width):
        page.set_viewport_size({"width": width, "height": 600})
        pass_time()

    def style(name, value):
        host.cell(1).evaluate("(cell, [name, value]) => (cell.style[name] = value)", [name, value])
        pass_time()

    host.be_busy()
    host.run(1)
    page.set_viewport_size({"width": 820, "height": 600})
    until(lambda: host.sent("draw"), "nothing was asked")
    for width in (600, 500, 420, 1000):
        wide(width)
    for period in ("A year", "2 weeks"):
        root.get_by_label(period, exact=True).check(force=True)
    assert [asked["period"] for asked in host.sent("draw")] == ["8 weeks"]
    host.be_free()
    expect(charts).to_be_visible()
    pass_time()
    asked = [(asked["period"], asked["width"]) for asked in host.sent("draw")]
    assert asked[1:] == [("2 weeks", 1000 - beside)]

    style("paddingRight", "15px")  # as a scroll bar does that comes with the picture
    page.set_viewport_size({"width": 1000, "height": 900})
    for shown in ("none", "", "none", ""):
        style("display", shown)
    assert len(host.sent("draw")) == 2
    style("display", "none")
    wide(600)
    assert len(host.sent("draw")) == 2, "nobody sees it"
    style("display", "")
    assert host.sent("draw")[2:][0]["width"] == 600 - beside - 15
    assert len(host.sent("draw")) == 3
