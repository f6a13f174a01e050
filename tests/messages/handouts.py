"""The report and the reminders."""

from __future__ import annotations

import datetime as dt

from icalendar import Calendar
from logs import NOW

from backcare_widgets import reminders, report, today
from backcare_widgets.workbook import shipped

from .said import Row, Said, Told
from .storage import DAY, written

NOTHING_WRITTEN = "Nothing was written"


def reported(name="r.html", **options):
    return lambda folder: report(folder / name, log=written(folder), **{"today": DAY} | options)


def reminded(name="r.ics", **options):
    return lambda folder: reminders(folder / name, **{"now": NOW} | options)


def nested(depth):
    value = []
    for _ in range(depth):
        value = [value]
    return value


def timed(wrong, times, do):
    return Row(reminded(times=times), Said(wrong, NOTHING_WRITTEN, do))


def without_a_goal(folder):
    text = (shipped() / "data" / "programme.toml").read_text(encoding="utf-8")
    lines = [line for line in text.splitlines() if not line.startswith("doses")]
    (folder / "mine.toml").write_text("\n".join(lines), encoding="utf-8")
    return reminders(folder / "r.ics", programme=folder / "mine.toml", now=NOW)


def in_the_calendar(folder):
    calendar = Calendar.from_ical(reminded()(folder).path.read_bytes())
    return "\n".join(f"{event['summary']}\n{event['description']}" for event in calendar.events)


def over_a_file(folder):
    (folder / "r.ics").write_text("BEGIN:VCALENDAR")
    return reminders(folder / "r.ics", now=NOW)


def over_a_folder(folder):
    (folder / "r.ics").mkdir()
    return reminders(folder / "r.ics", now=NOW)


ROWS = {
    "notes that are none": Row(
        reported(notes=[1]), Said("is no list of ids", NOTHING_WRITTEN, "True for all")
    ),
    "a name that is none": Row(
        lambda folder: report(folder / "r.html", log=written(folder), name=5),
        Said("is not text", NOTHING_WRITTEN, "or leave it out"),
    ),
    "an exercise named twice": timed(
        "times names an exercise twice",
        {"lying-down": ["08:00"], "Lying down": ["09:00"]},
        "give all its times at once",
    ),
    "a report of another kind": Row(
        reported("r.txt"),
        Said("r.txt ends in neither .pdf nor .html", NOTHING_WRITTEN, "such as report.pdf"),
    ),
    "weeks that are none": Row(
        reported(weeks="8"),
        Said("weeks is '8', which is not a number", NOTHING_WRITTEN, "give a whole number from 1"),
    ),
    "since a day to come": Row(
        reported(since=dt.date(2999, 1, 1)),
        Said("is in the future", NOTHING_WRITTEN, "give a day that has begun"),
    ),
    "a day that is none": Row(
        reported(since="October"),
        Said(
            "since is 'October', which is not a day", "Nothing was changed", 'give one such as "2'
        ),
    ),
    "a report": Row(reported(), Told("Only you can read it; it is sent nowhere")),
    "a report with notes": Row(
        lambda folder: [written(folder, note="hm"), reported(notes=True)(folder)][1],
        Told("1 of the notes"),
    ),
    "today, a day that is none": Row(
        lambda folder: today(log=written(folder), day="1 March"),
        Said("day is '1 March', which is not a day", "Nothing was changed", "give one such as"),
    ),
    "today, a day that cannot be shown": Row(
        lambda folder: today(log=written(folder), day=nested(9999)),
        Said("day is a value too long to be shown", "Nothing was changed", "give one such as"),
    ),
    "reminders now": Row(
        reminded(now=DAY), Said("which is not a time", NOTHING_WRITTEN, "datetime.datetime(2026")
    ),
    "reminders of another name": Row(
        reminded("r.txt"), Said("does not end in .ics", NOTHING_WRITTEN, "such as reminders.ics")
    ),
    "times of no exercise": timed("times must name the exercise", ["08:00"], "give them as times="),
    "a time that is none": timed(
        "'8 am' is not a time of the day", {"lying-down": ["8 am"]}, 'write it as "07:30"'
    ),
    "a time twice": timed(
        "08:00 is there twice", {"lying-down": ["08:00", "8:00"]}, "give each time once"
    ),
    "too many times": timed(
        "lying-down has 30 times",
        {"lying-down": [f"08:{n}" for n in range(10, 40)]},
        "give at most 24 a day",
    ),
    "no goal": Row(
        without_a_goal, Said("No exercise has a goal today", NOTHING_WRITTEN, "give times, such as")
    ),
    "another file there": Row(
        over_a_file, Said("holds something other", "It is unchanged", "choose another name")
    ),
    "a folder there": Row(
        over_a_folder,
        Said("cannot be read (Is a directory)", NOTHING_WRITTEN, "choose another folder or name"),
    ),
    "reminders": Row(reminded(), Told("Open the file on your phone")),
    "a reminder": Row(in_the_calendar, Told("Leave it out if it hurts or you need a rest.")),
    "reminders of one exercise": Row(reminded(times={"lying-down": []}), Told("no reminder")),
}
