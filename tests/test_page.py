"""What travels to the page with the widgets: whole, and light."""

import re
from pathlib import Path

import pytest

from backcare_widgets import page

STATIC = Path(page.__file__).parent / "static"


# The files of each part of the workbook that no other part has.
REVIEWING = {"asking.js", "forms.js", "past.js", "past.css", "review.js", "review.css"}


def kilobytes(names):
    return sum(len(page.files(name).encode()) for name in names) / 1000


def test_what_travels_to_the_page_with_a_session_is_below_60_kilobytes_in_all():
    assert kilobytes({p.name for p in STATIC.iterdir()} - REVIEWING) < 60


def test_what_travels_only_for_looking_back_is_below_20_kilobytes():
    assert 5 < kilobytes(REVIEWING) < 20


def test_comments_indentation_and_idle_line_ends_stay_behind():
    bare = page.files("page.js")
    assert "/**" not in bare
    assert not any(line.startswith((" ", "//")) for line in bare.splitlines())
    assert bare.count("\n") < (STATIC / "page.js").read_text(encoding="utf-8").count("\n") / 2


@pytest.mark.parametrize("name", sorted(p.name for p in STATIC.glob("*.js")))
def test_every_sentence_arrives_as_it_was_written(name):
    written = (STATIC / name).read_text(encoding="utf-8")
    written = re.sub(r"^\s*(//|/?\*).*|[;,{)] +// .*", "", written, flags=re.M)
    arrived = page.files(name)
    texts = re.findall(r'"([^"\n;]*)"', written)
    for template in re.findall(r"`([^`]*)`", written):
        texts += re.split(r"\$\{[^}]*\}", template)
    assert texts
    assert [text for text in texts if text not in arrived] == []


def test_a_comment_at_the_end_of_a_line_stays_behind_and_its_line_arrives():
    written = (STATIC / "page.js").read_text(encoding="utf-8")
    told = [line.split("; // ")[0].strip() for line in written.splitlines() if "; // " in line]
    assert told
    arrived = page.files("page.js")
    assert all(line in arrived for line in told)
    assert "//" not in arrived.replace("http://", "")


def test_a_selector_keeps_the_spaces_that_mean_something():
    assert ",.bc :focus-visible," in page.files("theme.css")
    assert ".bc-session:fullscreen{" in page.files("theme.css")
