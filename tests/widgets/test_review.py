"""The charts of a chosen period: drawn from the log as it is, and kept out of the notebook."""

import datetime as dt
import json
import struct

import pytest
from logs import SET, opened

from backcare_widgets import adherence, charts, load_programme
from backcare_widgets.widgets.review import PERIODS, Review

PROGRAMME = load_programme()
TODAY = dt.date(2026, 3, 1)
PAGE = {"started_at": "2026-03-01T12:00:00Z", "utc_offset_min": 60, "tz": "Europe/Berlin"}


class Page(Review):
    """Asks as the page does, and gives the answer and its bytes."""

    def __init__(self, log=None):
        self.sent = []
        super().__init__(log, PROGRAMME)

    def send(self, content, buffers=None):
        self.sent.append((json.loads(json.dumps(content, allow_nan=False)), buffers))

    def ask(self, op, **message):
        content = {"id": "7", "op": op, "now": PAGE} | message
        data = {"method": "custom", "content": content}
        self._handle_msg({"content": {"data": data}, "buffers": []})
        answer, buffers = self.sent.pop()
        assert answer.pop("id") == "7"
        return answer, buffers

    def draw(self, period="8 weeks", width=900, ratio=1):
        return self.ask("draw", period=period, width=width, ratio=ratio)


def size(png):
    assert png[:8] == b"\x89PNG\r\n\x1a\n"
    return struct.unpack(">II", png[16:24])


def fill(log, days):
    for n in range(days):
        start = dt.datetime(2026, 3, 1, 9, tzinfo=dt.UTC) - dt.timedelta(days=n)
        note = "by the window" if n in (3, 40) else ""
        log.add(**SET | {"started_at": start, "note": note}, entry_id=f"{n}")


@pytest.fixture
def log(tmp_path):
    return opened(tmp_path)


@pytest.mark.parametrize("period", PERIODS)
def test_a_period_is_its_weeks_up_to_today_and_no_day_more(log, period):
    fill(log, 500)
    answer, [png] = Page(log).draw(period)
    weeks = PERIODS[period]
    since = TODAY - dt.timedelta(weeks=weeks) if weeks else None
    entries = log.frame()
    daily = adherence.daily(entries, PROGRAMME, log.marks(), TODAY, since)
    assert len(daily) == (7 * weeks + 1 if weeks else 500)
    said = [sentence for _, sentence in answer["said"]]
    assert said == charts.summary(daily, entries).split("\n")
    assert size(png)[0] == answer["width"] == 900


def test_the_picture_is_as_wide_as_the_page_within_what_can_be_read_and_as_sharp(log):
    fill(log, 3)
    page = Page(log)
    for width, ratio, shown, dots in [
        (700, 1, 700, 700),
        (700, 2, 700, 1400),
        (100, 1, 403, 403),
        (5000, 1, 1008, 1008),
        (700, 0.5, 700, 700),
        (700, 9, 700, 2100),
    ]:
        answer, [png] = page.draw(width=width, ratio=ratio)
        assert (answer["width"], size(png)[0]) == (shown, dots)


def test_with_three_entries_it_says_little_and_says_so(log):
    fill(log, 3)
    answer, _ = Page(log).draw()
    said = dict(answer["said"])
    assert said["Is it going up or down?"] == "The line begins after three days."
    assert "A percentage is shown after three days." in said["How much did I do?"]
    assert not any("%" in sentence for sentence in said.values() if "percentage" not in sentence)


def test_until_the_first_set_the_sample_is_shown_and_marked(tmp_path, monkeypatch):
    monkeypatch.setenv("BACKCARE_LOG", str(tmp_path / "log.sqlite3"))
    monkeypatch.setenv("BACKCARE_BACKUPS", str(tmp_path / "backups"))
    page = Page()
    assert page.draw()[0]["is_sample"]
    assert list(tmp_path.iterdir()) == [], "looking must not make a log"
    fill(opened(tmp_path), 3)
    answer, _ = page.draw()
    assert not answer["is_sample"]
    assert dict(answer["said"])["How much did I do?"].startswith("2 of 8 sets")


def test_the_days_are_those_of_the_page_which_end_at_four(log):
    fill(log, 20)
    night = PAGE | {"started_at": "2026-03-02T02:00:00Z"}
    answer, _ = Page(log).ask("draw", period="2 weeks", width=900, ratio=1, now=night)
    assert "Today so far: 1 of 4 sets." in dict(answer["said"])["How much did I do?"]


def test_only_the_notes_of_the_period_are_offered_the_newest_first(log):
    fill(log, 60)
    page = Page(log)
    first = {
        "entry_id": "3",
        "day": "26 February 2026",
        "exercise": "Lying down",
        "note": "by the window",
    }
    assert page.draw("2 weeks")[0]["notes"] == [first]
    assert [note["entry_id"] for note in page.draw("8 weeks")[0]["notes"]] == ["3", "40"]


@pytest.mark.parametrize(("kind", "begins"), [("pdf", b"%PDF-"), ("html", b"<!DOCTYPE html>")])
def test_the_report_comes_as_a_file_with_the_notes_that_were_chosen(log, kind, begins):
    fill(log, 60)
    answer, [file] = Page(log).ask(
        "report", period="8 weeks", kind=kind, name="A. Person", notes=["3"]
    )
    assert answer == {"file": f"report.{kind}"}
    assert file.lower().startswith(begins.lower())
    if kind == "html":
        assert file.count(b"by the window") == 1
        assert b"A. Person" in file


@pytest.mark.parametrize(
    "wrong",
    [
        {"period": "a fortnight"},
        {"period": None},
        {"width": "900"},
        {"ratio": None},
        {"height": 900},
        {"op": "report"},
        {"op": "paint"},
    ],
    ids=str,
)
def test_what_is_not_understood_is_answered_with_a_problem(log, wrong):
    asked = {"op": "draw", "period": "8 weeks", "width": 900, "ratio": 1} | wrong
    answer, buffers = Page(log).ask(**asked)
    assert answer["problem"].startswith("The page sent something that this notebook does not")
    assert buffers == []


def test_neither_picture_nor_note_is_in_a_trait(log):
    fill(log, 60)
    page = Page(log)
    page.draw()
    state = page.get_state()
    assert state.keys() - {"_esm", "_css", "_anywidget_id"} >= {"periods"}
    text = json.dumps({k: v for k, v in state.items() if k not in ("_esm", "_css")}, default=str)
    assert "8 weeks" in text
    for private in ("by the window", "sets", "PNG"):
        assert private not in text
