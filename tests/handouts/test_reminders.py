"""Reminders that a phone's calendar takes, and takes again in place of the ones before."""

import datetime as dt
import re
import tempfile
from dataclasses import replace
from pathlib import Path

import pytest
from dateutil.rrule import rrulestr
from hypothesis import given
from hypothesis import strategies as st
from icalendar import Calendar

from backcare_widgets import load_programme, reminders
from backcare_widgets.errors import LogError, PlainError
from backcare_widgets.programme.models import WEEKDAYS, Dose

NOW = dt.datetime(2026, 3, 1, 12, 30, tzinfo=dt.timezone(dt.timedelta(hours=1)))
PROGRAMME = load_programme()
HOURS = ["08:00", "13:00", "18:00"]


@pytest.fixture
def file(tmp_path):
    return tmp_path / "reminders.ics"


def write(file, now=NOW, **options):
    return reminders(file, now=now, **options)


def events(file):
    return {str(e["uid"]): e for e in Calendar.from_ical(file.read_bytes()).walk("VEVENT")}


def at(file, exercise_id):
    """Return the times of day of an exercise, in the order of the file."""
    return [
        e.start.strftime("%H:%M")
        for uid, e in events(file).items()
        if uid.startswith(f"{exercise_id}-")
    ]


def dosed(*doses):
    """Return the shipped programme with these doses of its first exercise, and no others."""
    lying, *others = (replace(e, doses=()) for e in PROGRAMME.exercises)
    return replace(PROGRAMME, exercises=(replace(lying, doses=doses), *others))


def refusal(file, **options):
    with pytest.raises(PlainError) as caught:
        write(file, **options)
    assert not file.exists()
    return str(caught.value)


def test_the_first_exercise_has_three_a_day_the_second_one_each_morning_the_third_none(file):
    said = write(file)
    assert [at(file, e.id) for e in PROGRAMME.exercises] == [HOURS, ["07:30"], []]
    assert repr(said).splitlines()[:4] == [
        "Lying down: every day at 08:00, 13:00, 18:00",
        "Sitting down: every day at 07:30",
        "Standing up: no reminder",
        f"They are in {file}",
    ]
    assert said.path == file


def starts(file, until=dt.datetime(2027, 3, 1)):
    """Return when the phone reminds of the first exercise, by day."""
    found = {}
    for uid, event in events(file).items():
        assert event.start.tzinfo is None, "a traveller would be reminded at night"
        if uid.startswith("lying-down-"):
            rule = rrulestr(event["rrule"].to_ical().decode(), dtstart=event.start)
            assert rule[0] == event.start, "some calendars show the start, whatever the rule"
            for start in rule.between(dt.datetime(2026, 3, 1), until):
                found.setdefault(start.date(), []).append(f"{start:%H:%M}")
    return found


@pytest.mark.parametrize(
    ("days", "first", "said"),
    [
        ((), dt.date(2026, 3, 1), "every day"),
        (("mon", "wed", "fri"), dt.date(2026, 3, 2), "on Mon, Wed and Fri"),
        (("sun",), dt.date(2026, 3, 1), "on Sun"),
        (("sat", "tue"), dt.date(2026, 3, 3), "on Tue and Sat"),
    ],
)
def test_a_dose_reminds_on_its_weekdays_from_the_first_of_them_on(file, days, first, said):
    made = write(file, programme=dosed(Dose(2, days=days)))  # on a Sunday
    assert made.lines[0] == f"Lying down: {said} at 08:00, 18:00"
    found = starts(file)
    assert min(found) == first
    days = days or WEEKDAYS
    assert {day.strftime("%a").lower() for day in found} == set(days)
    assert len(found) in (52 * len(days), 52 * len(days) + 1), "for as long as one looks"
    assert set(map(tuple, found.values())) == {("08:00", "18:00")}


def test_the_times_are_the_persons_own_and_the_other_exercises_keep_theirs(file):
    own = {"lying-down": ["19:00", "7:30"], "standing-up": ("12:15",)}
    write(file, times=own)
    assert at(file, "lying-down") == ["07:30", "19:00"]
    assert at(file, "sitting-down") == ["07:30"]
    assert at(file, "standing-up") == ["12:15"]
    write(file, times={"sitting-down": "06:45"})
    assert at(file, "sitting-down") == ["06:45"]


def test_it_is_the_dose_in_force_that_day_that_counts(file):
    programme = dosed(Dose(3), Dose(2, since=dt.date(2026, 3, 2)))
    write(file, programme=programme)
    assert at(file, "lying-down") == HOURS
    write(file, programme=programme, now=NOW + dt.timedelta(days=1))
    assert at(file, "lying-down") == ["08:00", "18:00"]


@pytest.mark.parametrize("n", range(1, 25))
def test_a_dose_of_any_size_is_spread_over_the_day(file, n):
    write(file, programme=dosed(Dose(n)))
    times = at(file, "lying-down")
    assert len(set(times)) == n
    assert times == sorted(times)
    assert times[0] == ("07:30" if n == 1 else "08:00")
    assert all("07:30" <= time <= "18:00" for time in times)


def test_the_file_is_what_the_standard_asks_for(file):
    """RFC 5545: 3.1 (lines), 3.6 (the calendar), 3.6.1 (events), 3.6.6 (alarms)."""
    write(file)
    raw = file.read_bytes()
    *lines, rest = raw.split(b"\r\n")
    assert rest == b""
    assert b"\n" not in b"".join(lines)
    assert max(map(len, lines)) <= 75
    calendar = Calendar.from_ical(raw)
    assert calendar["version"] == "2.0"
    assert calendar["prodid"]
    assert calendar["method"] == "PUBLISH"
    assert not calendar.errors
    found = calendar.walk("VEVENT")
    assert len({str(e["uid"]) for e in found}) == len(found) == 4
    for event in found:
        assert not event.errors
        assert event["dtstamp"].dt == event["last-modified"].dt == NOW
        assert event["dtstamp"].to_ical().endswith(b"Z")
        assert event["dtstart"].to_ical() == event.start.strftime("%Y%m%dT%H%M%S").encode()
        assert {"uid", "summary", "sequence", "status"} <= {name.lower() for name in event}
        [alarm] = event.walk("VALARM")
        assert alarm["action"] == "DISPLAY"
        assert alarm["description"] == event["summary"]
        assert not alarm.TRIGGER, "at the start"
        assert event["transp"] == "TRANSPARENT"


def test_the_words_are_kind_and_name_the_way_in_and_the_way_out(file):
    write(file)
    for exercise in PROGRAMME.exercises[:2]:
        event = events(file)[f"{exercise.id}-1@backcare-widgets"]
        assert len(event["summary"]) < 60
        text = event["description"]
        assert f'exercise("{exercise.id}")' in text
        assert "Leave it out if it hurts" in text
        assert "999 in the UK" in text
        words = f"{event['summary']} {text}".lower()
        assert not re.search(r"missed|forg[eo]t|must|pain\b|should|streak|treats|cures", words)


def test_a_second_file_replaces_each_reminder_and_doubles_none(file, tmp_path):
    write(file)
    first = events(file)
    assert all(e["sequence"] < 2**31 for e in first.values()), "calendars keep 32 bits of it"
    # Written anew elsewhere a second later, as after a lost file; and over it, in the same second
    # and after the clock was put back.
    other = tmp_path / "other.ics"
    for where, later in ((other, dt.timedelta(seconds=1)), (file, dt.timedelta(0)),
                         (file, dt.timedelta(days=-400))):  # fmt: skip
        write(where, now=NOW + later)
        second = events(where)
        assert second.keys() == first.keys()
        assert all(second[uid]["sequence"] > first[uid]["sequence"] for uid in first)


def test_what_a_later_file_no_longer_has_is_left_to_the_person_who_is_told_how(file):
    write(file)
    said = write(file, times={"lying-down": ["09:00"], "sitting-down": []})
    assert list(events(file)) == ["lying-down-1@backcare-widgets"]
    assert "Sitting down: no reminder" in said.lines
    assert "if you want fewer, delete the old calendar" in repr(said)


def test_no_reminder_at_all_is_refused_and_an_earlier_file_stays(file):
    write(file)
    before = file.read_bytes()
    with pytest.raises(PlainError, match="nothing to remind of"):
        write(file, programme=dosed())
    assert file.read_bytes() == before


def test_a_control_character_in_a_title_is_left_out(file):
    lying, *others = PROGRAMME.exercises
    programme = replace(PROGRAMME, exercises=(replace(lying, title="Ly\x07ing\x85 down"), *others))
    said = write(file, programme=programme)
    assert said.lines[0] == "Lying down: every day at 08:00, 13:00, 18:00"
    first = events(file)["lying-down-1@backcare-widgets"]
    assert first["summary"] == "Lying down: a gentle set, when you are ready"
    assert not re.search(rb"[^\r\n\x20-\x7e\x80-\xff]", file.read_bytes())


def test_a_file_of_ours_with_a_control_character_is_still_known_as_ours(file):
    write(file)
    file.write_bytes(file.read_bytes().replace(b"SUMMARY:Lying", b"SUMMARY:Ly\x07\x0bing"))
    write(file)
    assert events(file)


@pytest.mark.parametrize(
    ("times", "said"),
    [
        ({"lying": ["08:00"]}, "no exercise 'lying'. Your log is not touched; give one of"),
        ({"lying-down": ["8 am"]}, "'8 am' is not a time of the day, from 00:00 to 23:59"),
        ({"lying-down": ["24:00"]}, "'24:00' is not a time"),
        ({"lying-down": ["08:60"]}, "'08:60' is not a time"),
        ({"lying-down": ["٠٨:٠٠"]}, "is not a time"),
        ({"lying-down": [8]}, "8 is not a time"),
        ({"lying-down": 8}, "8 is not a time"),
        ({"lying-down": ["08:00", "13:00", "8:00"]}, "08:00 is there twice"),
        ({"lying-down": [f"{h:02}:00" for h in range(24)] + ["08:30"]}, "at most 24 a day"),
        (["08:00"], 'name the exercise. Nothing was written; give them as times={"lying-down"'),
    ],
)
def test_times_that_are_none_are_refused_in_words(file, times, said):
    assert said in refusal(file, times=times)


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"\xff\xfe",
        b"my words",
        b"BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//A//B//EN\r\nEND:VCALENDAR\r\n",
        b"BEGIN:VCALENDAR\r\nPRODID:-//backcare-widgets//reminders//EN\r\nBEGIN:VEVENT\r\n"
        b"UID:a\r\nSEQUENCE:many\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n",
    ],
)
def test_a_file_of_somebody_else_is_left_alone(file, content):
    file.write_bytes(content)
    with pytest.raises(PlainError, match=r"something other .* It is unchanged; choose another"):
        write(file)
    assert file.read_bytes() == content


def test_what_cannot_be_a_time_or_a_name_is_a_sentence(tmp_path, file):
    assert "now is datetime.date" in refusal(file, now=NOW.date())
    assert "does not end in .ics" in refusal(tmp_path / "log.sqlite3")


def test_the_file_is_for_its_owner_only_and_whole_or_not_there(file, tmp_path):
    write(file)
    assert file.stat().st_mode & 0o777 == 0o600
    with pytest.raises(LogError, match=r"cannot be written .* The log is unchanged"):
        write(tmp_path / "nowhere" / "reminders.ics")
    with pytest.raises(LogError, match="cannot be written"):
        write(file / "reminders.ics")
    assert [path.name for path in tmp_path.iterdir()] == ["reminders.ics"]


days_times = st.lists(st.times().map("{:%H:%M}".format), max_size=24, unique=True)
choices = st.fixed_dictionaries(
    {"lying-down": days_times.filter(bool)},
    optional={e.id: days_times for e in PROGRAMME.exercises[1:]},
)


@given(st.lists(choices, min_size=1, max_size=4))
def test_after_any_changes_a_calendar_that_took_every_file_has_the_wanted_times_first(changes):
    """What a calendar does: the higher SEQUENCE of a UID wins; what is gone stays."""
    with tempfile.TemporaryDirectory() as folder:
        file, kept = Path(folder) / "reminders.ics", {}
        for times in [{}, *changes]:
            write(file, times=times)
            for uid, event in events(file).items():
                assert uid not in kept or event["sequence"] > kept[uid]["sequence"]
                kept[uid] = event
    wanted = {"lying-down": HOURS, "sitting-down": ["07:30"]} | changes[-1]
    for exercise_id, times in wanted.items():
        shown = [
            f"{kept[f'{exercise_id}-{n}@backcare-widgets'].start:%H:%M}"
            for n, _ in enumerate(times, start=1)
        ]
        assert shown == sorted(times)
