"""The report: one page and one HTML file that say the same, and nothing that is not known."""

import dataclasses
import datetime as dt
import gc
import io
import os
import re
import stat
import subprocess
import sys
import warnings
from html.parser import HTMLParser
from itertools import pairwise
from pathlib import Path

import logs
import pandas as pd
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from pypdf import PdfReader

from backcare_widgets import Log, report
from backcare_widgets.errors import LogError, ReportError
from backcare_widgets.handouts import pdf as report_pdf
from backcare_widgets.handouts import tables as report_tables
from backcare_widgets.handouts import type as report_type
from backcare_widgets.handouts.content import Note, gather
from backcare_widgets.handouts.report import facts_of, render
from backcare_widgets.programme.models import Dose, load_programme

ROOT = Path(__file__).parents[2]
PROGRAMME = load_programme()
LYING, SITTING, STANDING = (exercise.id for exercise in PROGRAMME.exercises)
TODAY = dt.date(2026, 10, 21)  # a Wednesday
COLUMNS = [
    "ago", "exercise_id", "repetitions_done", "outcome", "pain_before", "pain_after", "note",
]  # fmt: skip
TYPES = {
    "exercise_id": "string", "repetitions_done": "Int64", "repetitions_prescribed": "Int64",
    "outcome": "string", "pain_before": "Int64", "pain_after": "Int64", "note": "string",
    "entry_id": "string",
}  # fmt: skip


def one(ago, exercise=LYING, repetitions=5, outcome="done", before=None, after=None, note=""):
    return (ago, exercise, repetitions, outcome, before, after, note)


def frame(rows, **attrs):
    """Make the log's table; the ids of its entries are "0", "1" and so on."""
    table = pd.DataFrame(rows, columns=COLUMNS)
    table["local_day"] = pd.to_datetime([TODAY - dt.timedelta(days=n) for n in table["ago"]])
    table["started_at"] = table["local_day"].dt.tz_localize("UTC") + pd.Timedelta(hours=9)
    table["entry_id"] = [str(n) for n in range(len(table))]
    table = table.assign(repetitions_prescribed=5).astype(TYPES)
    table.attrs = {"today": TODAY, **attrs}
    return table


def facts(rows, programme=PROGRAMME, marks=None, attrs=(), **which):
    return gather(frame(rows, **dict(attrs)), programme, marks or {}, **which)


ALL_DAY = (Dose(3, "all day"),)


def exercises(n, title="Exercise {}: what it is called at length", doses=ALL_DAY):
    """Make a programme of so many exercises out of the first of ours."""
    first = PROGRAMME.exercises[0]
    made = [
        dataclasses.replace(first, id=f"exercise-{i}", title=title.format(i), doses=tuple(doses))
        for i in range(n)
    ]
    return dataclasses.replace(PROGRAMME, exercises=tuple(made))


def texts(value):
    """Yield every text of the facts, however deep."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, tuple):
        for item in value:
            yield from texts(item)
    elif dataclasses.is_dataclass(value):
        for field in dataclasses.fields(value):
            yield from texts(getattr(value, field.name))
    elif isinstance(value, int):
        yield str(value)


def bare(text):
    """Leave the letters: a line is broken where there is room, in a word if need be."""
    return re.sub(r"\s+", "", text)


def read(content):
    """Open a PDF, hold it against what every report must be, and give its text."""
    pdf = PdfReader(io.BytesIO(content))
    assert len(pdf.pages) == 1
    page = pdf.pages[0]
    assert [round(float(side) * 25.4 / 72) for side in page.mediabox[2:]] == [210, 297]
    return page.extract_text()


class Page(HTMLParser):
    """What a browser would see of the HTML: its text, its tags, and where they point."""

    def __init__(self, content):
        super().__init__()
        self.tags, self.text, self.inside = [], "", []
        self.feed(content.decode("utf-8"))

    def handle_starttag(self, tag, attrs):
        self.tags.append((tag, dict(attrs)))
        self.inside.append(tag)

    def handle_endtag(self, tag):
        while self.inside and self.inside.pop() != tag:
            pass

    def handle_data(self, data):
        if "style" not in self.inside:
            self.text += data


# A week and two days by hand. Due a day: 3 sets lying, 1 sitting, none standing.
#   Mon 12 Oct  3 lying, 1 sitting                      4 of 4
#   Tue 13 Oct  4 lying (one more), 2 standing          3 of 4
#   Wed 14 Oct  1 lying stopped at 2 of 5               0.4 of 3.4 (0.6 are no longer due)
#   Thu 15 Oct  rest                                    nothing due
#   Fri 16 Oct  nothing recorded                        0 of 4
#   Sat, Sun    3 lying each                            6 of 8
#   Mon 19 Oct  1 sitting                               1 of 4
#   Tue 20 Oct  flare-up, 1 lying all the same          nothing due
#   Wed 21 Oct  today: 1 lying
BY_HAND = [
    *[one(9, before=6, after=3)] * 3, one(9, SITTING),
    *[one(8, before=5, after=4)] * 4, *[one(8, STANDING)] * 2,
    one(7, repetitions=2, outcome="stopped_for_pain", before=4, after=6, note="It caught me."),
    *[one(4, before=4)] * 3, *[one(3, note="Better.")] * 3,
    one(2, SITTING), one(1), one(0, before=2, after=0),
]  # fmt: skip
MARKS = {TODAY - dt.timedelta(days=6): "rest", TODAY - dt.timedelta(days=1): "flare-up"}


def test_the_numbers_are_those_worked_out_by_hand():
    found = facts(BY_HAND, marks=MARKS)
    assert found.period == "12 October 2026 to 21 October 2026, from the first record on"
    assert found.counts.columns == (
        "Days", "Lying down", "Sitting down", "Standing up", "All exercises",
    )  # fmt: skip
    assert found.counts.rows == (
        ("12–18 Oct", "12.4 of 17.4", "1 of 6", "2 sets", "13.4 of 23.4 (57 %)"),
        ("19–20 Oct (2 days)", "0 of 3", "1 of 1", "–", "1 of 4"),
    )
    assert found.counts.total == (
        "Together", "12.4 of 20.4 (61 %) +2", "2 of 7 (29 %)", "2 sets, no goal",
        "14.4 of 27.4 (53 %)",
    )  # fmt: skip
    assert [round(share, 3) for share in found.counts.shares] == [0.573, 0.25]
    assert found.days == (
        "A set was recorded on 7 of 9 days.",
        "Something was due and nothing recorded: 1 day.",
        "Marked as rest: 1 day; as flare-up: 1 day; in a pause: 0 days.",
        "Today so far: 1 of 4 sets; counted when it is over.",
    )
    assert found.stops == (
        "1 of 20 sets stopped for pain.",
        "Lying down 1 of 16.",
        "The latest: 14 October 2026.",
        "To stop for pain is to follow the programme.",
    )
    assert found.pain[:2] == (
        "9 of 20 sets with a rating both before and after.",
        "Median 5 before, 4 after.",
    )
    assert [n for _, n in found.changes] == [4, 4, 1]


def test_a_dose_that_was_changed_keeps_its_past_and_its_date():
    day = TODAY - dt.timedelta(days=2)
    doses = [Dose(3, "all day"), Dose(1, "mornings", since=day), Dose(0, since=dt.date(2027, 1, 1))]
    found = facts([one(5, "exercise-0")], exercises(1, doses=doses))
    assert found.programme.rows[0][1:] == (
        "5", "5 s, each side", "1, mornings (from 19 October 2026); before: 3, all day",
    )  # fmt: skip
    assert found.counts.rows[0][1] == "1 of 9"
    assert found.counts.rows[1][1] == "0 of 2"


def test_what_has_no_goal_gets_no_percentage():
    found = facts([one(n, STANDING) for n in range(1, 9)])
    assert [row[3] for row in found.counts.rows] == ["6 sets", "2 sets"]
    assert found.counts.total[3] == "8 sets, no goal"
    assert found.programme.rows[2][3] == "no goal"


def test_a_change_of_less_than_two_points_is_not_called_a_change():
    pairs = [(5, 4), (4, 5), (5, 5), (5, 3), (3, 5), (9, 1)]
    found = facts([one(1, before=before, after=after) for before, after in pairs])
    assert found.changes == (
        ("at least 2 points lower", 2),
        ("less than 2 points apart", 3),
        ("at least 2 points higher", 1),
    )


def test_of_fewer_than_three_pairs_nothing_is_said():
    found = facts([one(1, before=9, after=1), one(1, before=9, after=1), one(1, before=9)])
    assert found.pain[0] == "2 of 3 sets with a rating both before and after."
    assert found.changes == ()
    assert "Median" not in " ".join(found.pain)


@pytest.mark.parametrize(
    ("weeks", "first", "rows"),
    [(2, "5 October", 3), (8, "24 August", 9), (52, "20 October 2025", 13), (None, "8 June", 5)],
)
def test_a_period_is_so_many_whole_weeks_and_the_one_still_going_on(weeks, first, rows):
    last = 500 if weeks == 52 else 135
    found = facts([one(n) for n in range(last + 1)], weeks=weeks)
    assert found.period.startswith(first)
    assert ("from the first record" in found.period) == (weeks is None)
    assert len(found.counts.rows) == rows


def test_a_first_day_that_is_asked_for_is_the_first():
    found = facts([one(n) for n in range(90)], since=dt.date(2026, 10, 6))
    assert found.period == "6 October 2026 to 21 October 2026"
    assert found.counts.rows[0][0] == "6–11 Oct (6 days)"


@given(
    start=st.dates(dt.date(2001, 1, 1), dt.date(2030, 1, 1)),
    n=st.one_of(st.integers(1, 200), st.integers(1, 36_000)),
)
@settings(deadline=None, max_examples=60)
def test_spans_hold_every_day_once_in_at_most_13_rows(start, n):
    days = [start + dt.timedelta(days=i) for i in range(n)]
    spans = report_tables.spans(days)
    assert len(spans) <= 13
    assert (spans[0][1], spans[-1][2]) == (days[0], days[-1])
    assert all(b[1] - a[2] == dt.timedelta(days=1) for a, b in pairwise(spans))
    assert not any("day" in label for label, *_ in spans[1:-1])
    assert len({label for label, *_ in spans}) == len(spans)


def test_a_week_that_is_not_whole_says_how_many_days_it_has():
    days = [dt.date(2026, 9, 24) + dt.timedelta(days=n) for n in range(13)]
    assert [label for label, *_ in report_tables.spans(days)] == [
        "24–27 Sep (4 days)", "28 Sep – 4 Oct", "5–6 Oct (2 days)",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("n", "labels"),
    [
        (100, ("Jul 2026 (18 days)", "Aug 2026", "Sep 2026", "Oct 2026 (21 days)")),
        (400, ("Jul–Sep 2026 (79 days)", "Oct–Dec 2026", "Jan–Mar 2027", "Apr–Jun 2027")),
        (3650, ("2026 (171 days)", "2027", "2028", "2029")),
        (9000, ("2026–2027 (536 days)", "2028–2029", "2030–2031", "2032–2033")),
    ],
)
def test_many_weeks_are_months_many_months_quarters_and_so_on(n, labels):
    days = [dt.date(2026, 7, 14) + dt.timedelta(days=i) for i in range(n)]
    assert tuple(label for label, *_ in report_tables.spans(days))[:4] == labels


def test_two_exercises_that_begin_alike_are_told_apart():
    programme = exercises(2, title="Knee rolls: kind {}")
    found = facts([one(1, "exercise-0"), one(1, "exercise-1")], programme)
    assert found.counts.columns[1:3] == ("exercise-0", "exercise-1")


def test_more_exercises_than_there_is_room_for_are_counted_together():
    programme = exercises(12)
    found = facts([one(n, f"exercise-{i}") for n in range(1, 5) for i in range(12)], programme)
    assert found.programme.rows[-1][0] == "and 4 more exercises"
    assert found.counts.columns[-2:] == ("5 others", "All exercises")
    assert found.counts.total[-2:] == ("20/60 (33 %)", "48/144 (33 %)")


def test_an_exercise_that_is_no_longer_in_the_programme_is_there_by_its_id():
    found = facts([one(2, "old-one"), one(2)])
    assert found.counts.columns[-2] == "old-one"
    assert found.counts.total[-2] == "1 set, no goal"


def test_notes_are_shown_only_where_chosen_the_newest_first():
    rows = [one(3, note="first"), one(2, note="  "), one(1, note="last"), one(90, note="old")]
    assert facts(rows).notes == facts(rows, notes=False).notes == ()
    assert [note.text for note in facts(rows, notes=["0"]).notes] == ["first"]
    assert facts(rows, notes=True).notes == (
        Note("20 October 2026", "Lying down", "last"),
        Note("18 October 2026", "Lying down", "first"),
    )
    found = facts(rows, notes=["2", "3", "nobody"])
    assert [note.text for note in found.notes] == ["last"]
    assert found.notes_elsewhere == "2 chosen sets are not of these days, and not shown."


def test_pdf_and_html_say_the_same():
    found = report_pdf.fitted(facts(BY_HAND, marks=MARKS, notes=True, name="Zoë Ångström"))
    said = [bare(text) for text in texts(found) if text != "0"]
    pdf, page = read(render(found, "pdf")), Page(render(found, "html"))
    assert len(said) > 60
    assert [text for text in said if text not in bare(pdf)] == []
    assert [text for text in said if text not in bare(page.text)] == []


TYPED = st.text(st.characters(exclude_categories=["Cs"]), max_size=80)
ENTRY = st.tuples(
    st.integers(0, 700),
    st.sampled_from([f"exercise-{i}" for i in range(10)]),
    st.integers(0, 7),
    st.sampled_from(["done", "stopped", "stopped_for_pain"]),
    st.none() | st.integers(0, 10),
    st.none() | st.integers(0, 10),
    st.one_of(st.just(""), TYPED, st.just("a long one, told again " * 170)),
)


@given(
    rows=st.lists(ENTRY, max_size=60),
    n=st.integers(1, 10),
    weeks=st.sampled_from([1, 2, 8, 9, 52, None]),
    name=TYPED,
)
@example([(n, f"exercise-{n % 10}", 2, "stopped_for_pain", 9, 1, "W" * 4000) for n in range(400)],
         10, 52, "W" * 60)  # fmt: skip
@example(
    [(1, "exercise-0", 5, "done", 1, 2, "😀👩‍👩‍👧 日本 שלום 12 مرحبا\x07‮ <b>$x$ \\n")], 1, 8, "日"
)
@example([], 1, None, "")
@settings(deadline=None, max_examples=8)  # each draws some pages, in a second or two
def test_whatever_is_in_the_log_it_is_one_page_that_says_what_the_html_says(rows, n, weeks, name):
    doses = [Dose(3, "all day")]
    doses += [Dose(i % 3, "w" * 60, since=TODAY - dt.timedelta(days=90 - 9 * i)) for i in range(9)]
    programme = exercises(n, title="W" * 70 + " {}", doses=doses)
    found = report_pdf.fitted(facts(rows, programme, weeks=weeks, notes=True, name=name))
    pdf, page = read(render(found, "pdf")), Page(render(found, "html"))
    numbers = texts((found.counts, found.stops, found.pain, found.days, found.more_notes))
    assert [text for text in numbers if bare(text) not in bare(pdf)] == []
    said = [text for text in texts(found) if not text.isdigit()]
    assert [text for text in said if bare(text) not in bare(page.text)] == []
    chosen = facts(rows, programme, weeks=weeks, notes=True)
    assert len(found.notes) + found.notes_left_out == len(chosen.notes) + chosen.notes_left_out


def test_the_html_is_printed_in_the_size_of_text_that_has_room_on_the_page():
    few, many = [one(1)], [one(n, note="it was fine " * 9) for n in range(50)]
    for rows, points in ((few, 9), (many, 8)):
        found = report_pdf.fitted(facts(rows, notes=True))
        assert f"@media print {{ body {{ font-size: {points}pt }}" in render(found, "html").decode()


def test_notes_that_have_no_room_are_counted_and_the_newest_stay():
    found = report_pdf.fitted(facts([one(n, note=f"note of {n}") for n in range(50)], notes=True))
    assert 5 < len(found.notes) < 40
    assert [note.text for note in found.notes[:3]] == ["note of 0", "note of 1", "note of 2"]
    assert found.more_notes == f"{50 - len(found.notes)} more notes are not shown here."
    assert bare(found.more_notes) in bare(read(render(found, "pdf")))


def sizes_of_text(content):
    found = set()
    page = PdfReader(io.BytesIO(content)).pages[0]
    page.extract_text(
        visitor_text=lambda text, cm, tm, font, size: found.add(size) if text.strip() else None
    )
    return found


@pytest.mark.parametrize(("n", "days"), [(3, 60), (8, 64), (8, 400), (10, 400), (3, 3650)])
def test_the_text_of_an_ordinary_programme_is_8_points_or_more(n, days):
    rows = [
        one(ago, f"exercise-{i}", note="it was fine " * 9) for ago in range(days) for i in range(n)
    ]
    found = facts(rows, exercises(n), weeks=None, notes=True)
    assert min(sizes_of_text(render(report_pdf.fitted(found), "pdf"))) >= 8


def test_the_pdf_names_itself_and_its_language_and_holds_its_own_type():
    found = facts(BY_HAND)
    pdf = PdfReader(io.BytesIO(render(found, "pdf")))
    assert pdf.metadata.title == "Exercise record for a physiotherapist"
    assert pdf.trailer["/Root"]["/Lang"] == "en-GB"
    assert pdf.trailer["/Root"]["/ViewerPreferences"]["/DisplayDocTitle"].value
    resources = pdf.pages[0]["/Resources"]
    fonts = [font.get_object() for font in resources["/Font"].values()]
    assert len(fonts) == 2
    for font in fonts:
        assert re.match(r"/[A-Z]{6}\+DejaVuSans", font["/BaseFont"]), "only what is used of it"
        assert "/FontFile2" in font["/DescendantFonts"][0]["/FontDescriptor"]
    assert len(pdf.pages[0].images) == 0
    assert "/XObject" not in resources


def test_lines_are_thick_enough_and_all_is_black_for_a_photocopy():
    content = PdfReader(io.BytesIO(render(facts(BY_HAND), "pdf"))).pages[0].get_contents()
    drawn = content.get_data().decode("latin-1")
    widths = {float(width) for width in re.findall(r"([\d.]+) w\b", drawn)}
    assert widths
    assert min(widths) >= 0.5
    colours = re.findall(r"(?:^|\s)([\d. ]+) (?:g|G|rg|RG|k|K)\s", drawn)
    assert {float(part) for colour in colours for part in colour.split()} <= {0.0}


def test_signs_that_the_type_does_not_have_are_named_as_such():
    found = facts([one(1, note="ok 日本 ok")], notes=True)
    text = read(render(found, "pdf"))
    assert "ok □□ ok" in text
    assert report_type.NO_SIGN_SAID in text
    assert "日本" in Page(render(found, "html")).text
    assert report_type.NO_SIGN_SAID not in read(render(facts([one(1)]), "pdf"))


def test_text_from_right_to_left_is_read_in_its_order():
    assert "שלום עולם" in read(render(facts([one(1, note="שלום עולם")], notes=True), "pdf"))


def test_the_html_needs_no_other_file_and_runs_nothing():
    content = render(facts(BY_HAND, marks=MARKS, notes=True), "html")
    page = Page(content)
    tags = [tag for tag, _ in page.tags]
    assert ("html", {"lang": "en-GB"}) in page.tags
    assert tags.count("title") == tags.count("h1") == tags.count("main") == 1
    assert not {"script", "link", "img", "iframe", "object", "form", "base"} & set(tags)
    names = {name for _, attrs in page.tags for name in attrs}
    assert not {name for name in names if name in ("src", "href", "style") or name[:2] == "on"}
    assert not re.search(rb"url\(|@import|https?:", content)
    assert all(attrs.get("scope") in ("col", "row") for tag, attrs in page.tags if tag == "th")
    assert tags.count("caption") == 2


def test_markup_in_a_note_or_a_name_is_text():
    bad = "<script>alert(1)</script> &amp; \"'"
    found = facts([one(1, note=bad)], notes=True, name=bad)
    page = Page(render(found, "html"))
    assert "script" not in [tag for tag, _ in page.tags]
    assert page.text.count(bad) == 2


def test_a_report_of_the_sample_says_so_first():
    log = Log.open(ROOT / "no such.sqlite3", sample_if_empty=True)
    found = facts_of(log)
    assert found.sample == "SAMPLE DATA: invented, and of no person"
    assert read(render(found, "pdf")).startswith(found.sample)
    without_title = Page(render(found, "html")).text.strip().removeprefix(found.title)
    assert without_title.strip().startswith(found.sample)


def test_an_empty_log_gives_a_page_that_says_so(tmp_path):
    made = report(tmp_path / "report.pdf", log=logs.opened(tmp_path))
    text = read(made.path.read_bytes())
    assert "Nothing is recorded yet." in text
    assert "Lying down: knees to the chest" in text
    assert "Stops for pain" not in text
    assert "Nothing is recorded yet." in repr(made)
    assert not logs.opened(tmp_path).path.exists(), "looking must not make a log"


def test_days_without_a_record_give_a_page_that_says_so():
    assert facts([one(1)], since=TODAY + dt.timedelta(days=9)).nothing == (
        "Nothing is recorded in these days."
    )


def test_only_today_is_no_count_yet():
    found = facts([one(0)])
    assert found.period == "21 October 2026, from the first record on"
    assert found.counts is None
    assert found.days == ("Today so far: 1 of 4 sets; counted when it is over.",)
    assert "Today so far" in read(render(found, "pdf"))


@pytest.mark.parametrize("name", ["report.pdf", "Report.HTML"])
def test_the_file_is_whole_and_for_its_owner_only(tmp_path, name):
    log = logs.opened(tmp_path)
    log.add(**logs.SET, note="for nobody")
    (tmp_path / name).write_text("an older one")
    made = report(tmp_path / name, log=log, today=logs.NOW.date() + dt.timedelta(days=3))
    assert made.path == tmp_path / name
    content = made.path.read_bytes()
    assert content[:5] in (b"%PDF-", b"<!DOC")
    assert content.rstrip().endswith((b"%%EOF", b"</html>"))
    assert stat.S_IMODE(made.path.stat().st_mode) == 0o600
    assert repr(made) == (
        f"{made.path} is written: one page, 1 March 2026 to 4 March 2026, from the first record on,"
        " with none of the notes. Only you can read it; it is sent nowhere."
    )
    assert {file.name for file in tmp_path.iterdir()} == {name, "log.sqlite3", "backups"}


def test_a_file_that_cannot_be_written_is_a_sentence_and_the_older_one_stays(tmp_path):
    (tmp_path / "report.pdf").mkdir()
    with pytest.raises(LogError, match=r"cannot be written .* The log is unchanged"):
        report(tmp_path / "report.pdf", log=logs.opened(tmp_path))
    with pytest.raises(LogError, match="cannot be written"):
        report(tmp_path / "nowhere" / "report.html", log=logs.opened(tmp_path))
    assert [file.name for file in tmp_path.iterdir()] == ["report.pdf"]


@pytest.mark.parametrize(
    ("which", "says"),
    [
        ({"path": "report.docx"}, "neither .pdf nor .html"),
        ({"path": "report"}, "neither .pdf nor .html"),
        ({"weeks": 0}, "weeks is 0: give a whole number"),
        ({"weeks": "8"}, "weeks is '8'"),
        ({"weeks": True}, "weeks is True"),
        ({"since": "2026-10-01"}, "since is '2026-10-01': give a day"),
        ({"today": "2026-10-31"}, "today is '2026-10-31': give a day"),
        ({"since": dt.date(2999, 1, 1)}, "since is 2999-01-01, which is in the future"),
    ],
)
def test_what_cannot_be_asked_for_is_a_sentence(tmp_path, which, says):
    which = {"path": "report.pdf"} | which
    with pytest.raises(ReportError, match=re.escape(says)):
        report(tmp_path / which.pop("path"), log=logs.opened(tmp_path), **which)
    assert list(tmp_path.iterdir()) == []


def test_the_log_itself_is_never_written_over(tmp_path):
    log = Log.open(tmp_path / "log.pdf", backups=tmp_path / "backups", clock=lambda: logs.NOW)
    log.add(**logs.SET)
    with pytest.raises(LogError, match="is the log itself"):
        report(tmp_path / "log.pdf", log=log)
    assert len(log.frame()) == 1


def test_a_report_loads_its_libraries_only_when_one_is_made():
    program = (
        "import sys, backcare_widgets as b; b.report;"
        "print({'fpdf', 'pandas', 'numpy', 'matplotlib'} & {*sys.modules})"
    )
    run = subprocess.run(
        [sys.executable, "-c", program], cwd=ROOT, env=os.environ, capture_output=True, text=True
    )
    assert (run.stdout, run.stderr) == ("set()\n", "")


@pytest.mark.parametrize("n_notes", [1, 90])  # which have room, and which have not
def test_a_report_leaves_no_file_open(n_notes):
    rows = [one(1, note="x " * 150) for _ in range(n_notes)]
    with warnings.catch_warnings(record=True) as said:
        warnings.simplefilter("always", ResourceWarning)
        render(facts(rows, notes=True), "pdf")
        render(report_pdf.fitted(facts(rows, notes=True)), "pdf")
        gc.collect()
    assert [str(w.message) for w in said if w.category is ResourceWarning] == []
