"""The HTML report in a real browser: one page when printed, and nothing for axe-core to find."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from axe_playwright_python.base import AXE_SCRIPT
from pypdf import PdfReader

from backcare_widgets import Log, load_programme
from backcare_widgets.handouts.content import gather
from backcare_widgets.handouts.report import drawn

ROOT = Path(__file__).parent.parent.parent


@pytest.fixture
def opened(chromium, tmp_path):
    """Open the report of the sample log, with every note, from a file."""
    file = tmp_path / "report.html"
    sample = Log.open(tmp_path / "none.sqlite3", sample_if_empty=True)
    found = gather(sample.frame(), load_programme(), sample.marks(), notes=True)
    content, _ = drawn(found, "html")
    file.write_bytes(content)
    # axe is put into the page, which lets nothing in.
    page = chromium.new_page(bypass_csp=True)
    page.goto(file.as_uri())
    yield page
    page.close()


def test_it_prints_on_one_page(opened):
    printed = PdfReader(io.BytesIO(opened.pdf(prefer_css_page_size=True)))
    assert len(printed.pages) == 1
    assert [round(float(side) * 25.4 / 72) for side in printed.pages[0].mediabox[2:]] == [210, 297]


@pytest.mark.parametrize("width", [390, 1280])
def test_axe_finds_nothing(opened, width):
    opened.set_viewport_size({"width": width, "height": 900})
    opened.evaluate(AXE_SCRIPT)
    violations = opened.evaluate("async () => (await axe.run()).violations")
    assert [(one["id"], one["nodes"][0]["html"]) for one in violations] == []


def test_on_a_narrow_screen_only_the_table_is_scrolled_to(opened):
    opened.set_viewport_size({"width": 390, "height": 900})
    assert opened.evaluate("document.documentElement.scrollWidth") <= 390
    wide = opened.get_by_role("region", name="Sets by exercise")
    assert wide.evaluate("region => region.scrollWidth > region.clientWidth")
