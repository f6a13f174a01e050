"""What the report says of the log: worked out once, drawn as a page or as HTML.

What it always says stands in `report.json`.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from numbers import Integral

import pandas as pd

from .. import adherence, words
from ..adherence import sentences
from ..adherence.tables import day_now
from ..days import in_words, read_day_or_none
from ..errors import ReportError
from ..programme.models import Programme
from ..storage.entry import is_number
from . import tables
from .tables import Table

SAMPLE = "SAMPLE DATA: invented, and of no person"
LONGEST_NOTE = 300  # characters; more would take the page from the other notes
MOST_NOTES = 40  # more never have room
LATEST_STOPS, MOST_STOPPED = 3, 4  # sets, and exercises


@dataclass(frozen=True)
class Facts:
    """What the report says; an empty text or tuple is left out.

    With `nothing` to count, only that and what stands above it is said. `changes` are words and
    numbers of sets; `notes`, days and words, begin with the newest; `points` is the size of text
    that fits a page.
    """

    period: str
    made_on: str
    programme: Table
    sample: str = ""
    name: str = ""
    nothing: str = ""
    counts: Table | None = None
    days: tuple[str, ...] = ()
    stops: tuple[str, ...] = ()
    pain: tuple[str, ...] = ()
    changes: tuple[tuple[str, int], ...] = ()
    notes: tuple[tuple[str, str], ...] = ()
    notes_left_out: int = 0
    notes_elsewhere: str = ""
    points: float = 9.0


def gather(
    entries: pd.DataFrame,
    programme: Programme,
    marks: Mapping[dt.date, str],
    *,
    weeks: int | None = 8,
    since: dt.date | str | None = None,
    notes: Collection[str] | bool = (),
    name: str = "",
    today: dt.date | str | None = None,
) -> Facts:
    """Return what the report says of `Log.frame()` and `Log.marks()`, with up to 40 notes.

    The other parameters, and the error if one is wrong, are those of `report`.
    """
    if weeks is not None and not is_number(weeks, Integral, 1):
        problem = f"weeks is {words.shown(weeks)}, which is not a number of weeks"
        raise ReportError.of(problem, "give a whole number from 1 on, or None for all of the log")
    if not isinstance(name, str | None):
        problem = f"name is {words.shown(name)}, which is not text"
        raise ReportError.of(problem, "give it as text, or leave it out")
    chosen = _chosen(notes)
    since, today = read_day_or_none("since", since), read_day_or_none("today", today)
    now = day_now(entries)
    if since is not None and since > (today or now):
        problem = f"since is {since}, which is in the future"
        raise ReportError.of(problem, "give a day that has begun")
    today = today or entries.attrs.get("today") or now
    if since is None and weeks is not None:
        monday = today - dt.timedelta(days=today.weekday())
        # Nobody has a record of more weeks than there were.
        since = monday - dt.timedelta(weeks=min(int(weeks), monday.toordinal() // 7 - 1))
    daily = adherence.daily(entries, programme, marks, today, since)
    first = daily.index[0].date() if len(daily) else since or today
    is_from_first = len(daily) and (since is None or first > since)
    begins = ", from the first record on" if is_from_first else ""
    ends = dict.fromkeys(in_words(day) for day in (first, today))
    facts = Facts(
        period=f"{' to '.join(ends)}{begins}",
        made_on=in_words(today),
        programme=tables.prescribed(programme, first, today),
        sample=SAMPLE if entries.attrs.get("sample") else "",
        name=words.plain(name or "", 60),
    )
    if not len(daily):
        when = "in these days" if len(entries) else "yet"
        return replace(facts, nothing=f"Nothing is recorded {when}.")
    by_exercise = adherence.by_exercise(entries, programme, marks, today, since)
    headings = tables.headings(programme, by_exercise["exercise_id"].unique())
    counts = tables.counts(daily, by_exercise, headings)
    sets = sentences.begun(daily, entries).sort_values("started_at", ascending=False, kind="stable")
    shown, elsewhere = _notes(sets, headings, chosen)
    pain, changes = _pain(sets)
    return replace(
        facts,
        counts=counts if counts.rows else None,
        days=_days(daily),
        stops=_stops(sets, headings),
        pain=pain,
        changes=changes,
        notes=tuple(shown[:MOST_NOTES]),
        notes_left_out=len(shown[MOST_NOTES:]),
        notes_elsewhere=elsewhere,
    )


def _days(daily: pd.DataFrame) -> tuple[str, ...]:
    """Count the days in each state, in sentences."""
    said = []
    every = adherence.period(daily, len(daily))
    if every.days:
        states = Counter(adherence.before_today(daily)["state"])
        n = {state: words.count(states[state], "day") for state in adherence.STATES}
        said = [
            f"A set was recorded on {every.days_moved} of {words.count(every.days, 'day')}.",
            f"Something was due and nothing recorded: {n[adherence.NOT_RECORDED]}.",
            f"Marked as rest: {n[adherence.REST]}; as flare-up: {n[adherence.FLARE_UP]}; "
            f"in a pause: {n[adherence.PAUSED]}.",
        ]
    if adherence.has_today(daily):
        done, due, sets = (daily[name].iloc[-1] for name in ("done", "due", "sets"))
        so_far = sentences.done_of_due(done, due, None) if due else words.count(sets, "set")
        said.append(f"Today so far: {so_far}; counted when it is over.")
    return (*said, *sentences.undated(daily))


def _stops(sets: pd.DataFrame, headings: Mapping[str, str]) -> tuple[str, ...]:
    """Count the sets stopped for pain, by exercise, and name the latest days of one."""
    if not len(sets):
        return (sentences.NO_SET,)
    said = [f"{sentences.stopped(sets)}."]
    is_stop = sets["outcome"].eq("stopped_for_pain")
    if is_stop.any():
        each = is_stop.groupby(sets["exercise_id"]).agg(["sum", "count"])
        each = each[each["sum"] > 0].sort_values("sum", ascending=False, kind="stable")
        of_each = [f"{headings[id_]} {k} of {m}" for id_, k, m in each.itertuples()]
        if len(of_each) > MOST_STOPPED:
            left = each.iloc[MOST_STOPPED:].sum()
            of_each[MOST_STOPPED:] = [f"others {left['sum']} of {left['count']}"]
        dates = dict.fromkeys(map(in_words, sets["local_day"][is_stop].head(LATEST_STOPS)))
        said += [f"{'; '.join(of_each)}.", f"The latest: {'; '.join(dates)}."]
    return (*said, sentences.STOPPING)


def _pain(sets: pd.DataFrame) -> tuple[tuple[str, ...], tuple[tuple[str, int], ...]]:
    """Compare the ratings before and after, in sentences and in counts; never say why."""
    pairs = sentences.rated_twice(sets)
    n, of = len(pairs), words.count(len(sets), "set")
    said = f"{n} of {of} with a rating both before and after."
    if n < sentences.FEWEST_PAIRS:
        return (said, "Too few to say more; ratings are optional."), ()
    before, after = (words.count(pairs[f"pain_{when}"].median()) for when in ("before", "after"))
    points = f"{sentences.SMALLEST_CHANGE} points"
    names = (f"at least {points} lower", f"less than {points} apart", f"at least {points} higher")
    counts = tuple(zip(names, sentences.changes(pairs), strict=True))
    return (said, f"Median {before} before, {after} after.", sentences.NO_CAUSE), counts


def _chosen(notes: object) -> set[str] | None:
    """Return the ids of the notes to show, None for all of them; one id may stand alone."""
    if notes is True:
        return None
    if notes is None or notes is False:
        return set()
    given = [notes] if isinstance(notes, str) or not isinstance(notes, Iterable) else list(notes)
    ids = {each for each in given if isinstance(each, str)}
    if not all(isinstance(each, str) for each in given):
        problem = f"notes is {words.shown(notes)}, which is no list of ids"
        raise ReportError.of(problem, "give one, or True for all, or leave it out")
    return ids


def _notes(
    sets: pd.DataFrame, headings: Mapping[str, str], ids: set[str] | None
) -> tuple[list[tuple[str, str]], str]:
    """Return the days and words of the chosen notes, and a sentence if some are of other days."""
    said = ""
    if ids is not None:
        if n := len(ids - set(sets["entry_id"])):
            verb = "is" if n == 1 else "are"
            said = f"{words.count(n, 'chosen set')} {verb} not of these days, and not shown."
        sets = sets[sets["entry_id"].isin(ids)]
    written = sets[["local_day", "exercise_id", "note"]].itertuples(index=False)
    return [
        (in_words(day), f"{headings[id_]}: {text}")
        for day, id_, note in written
        if (text := words.plain(note, LONGEST_NOTE))
    ], said
