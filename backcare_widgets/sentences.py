"""What the charts say, in plain words: for the charts, and for whoever does not see them."""

from __future__ import annotations

import datetime as dt
from calendar import month_name
from typing import TYPE_CHECKING, Any

from . import adherence, card

if TYPE_CHECKING:
    import pandas as pd

NOTHING_YET = "Nothing is recorded yet. The first finished set will appear here."
GUIDE = "80 %: a level research often uses, not a medical threshold"
SMALLEST_CHANGE = 2  # points; a smaller difference of two ratings is within chance
FEWEST_PAIRS = 3  # fewer say nothing together
MOST_PAIRS = 24  # the latest ones; more cannot be told apart in one chart


def count(number: float, noun: str = "") -> str:
    """Write a number of things: 12 sets, or 12.4 sets when a part of a set is in it."""
    shown = f"{number:.1f}".removesuffix(".0")
    return f"{shown} {noun}{'' if shown == '1' else 's'}" if noun else shown


def date(day: dt.date) -> str:
    """Write a day: 30 August 2026."""
    return f"{day.day} {month_name[day.month]} {day.year}"


def done_of_due(done: float, due: float, share: float | None) -> str:
    """Write counts, with their percentage if there is one: 12 of 21 sets (57 %)."""
    # 100 % is only what is wholly done.
    percent = "" if share is None else f" ({min(round(100 * share), 99 + (share > 0.9999))} %)"
    return f"{count(done)} of {count(due, 'set')}{percent}"


def _last_days(daily: pd.DataFrame, days: int) -> str:
    """Name the finished days: "the last 7 days", with their end if `daily` was cut short."""
    span = "the last day" if days == 1 else f"the last {days} days"
    last = daily.index[-1].date()
    end = daily.index[-2].date() if adherence.has_today(daily) else last
    today = daily.attrs.get("today", last)
    return span if (today - end).days <= 1 else f"{span} up to {date(end)}"


def calendar(daily: pd.DataFrame) -> str:
    """Say what was done in the last 7 finished days, and today so far."""
    if not len(daily):
        return NOTHING_YET
    week, said = adherence.period(daily), []
    if week.due:
        span = _last_days(daily, week.days)
        said.append(f"{done_of_due(week.done, week.due, week.adherence)} in {span}.")
    if week.days > 1:
        said.append(f"You moved on {week.days_moved} of {_last_days(daily, week.days)}.")
    if adherence.has_today(daily):
        done, due, state = (daily[name].iloc[-1] for name in ("done", "due", "state"))
        so_far = done_of_due(done, due, None) if due else state
        said.append(f"Today so far: {so_far}.")
    if len(daily) <= adherence.FEWEST_DAYS:
        said.append("A percentage is shown after three days.")
    if daily.attrs.get("undated"):
        said.append(
            f"Left out: {count(daily.attrs['undated'], 'set')} with a day that looks wrong."
        )
    return " ".join(said)


def trend(daily: pd.DataFrame) -> str:
    """Say how much was done over all finished days."""
    every = adherence.period(daily, days=max(len(daily), 1))
    if not every.days:
        return NOTHING_YET if not len(daily) else "The line begins after three days."
    return (
        f"{done_of_due(every.done, every.due, every.adherence)} since {date(daily.index[0])}, "
        "today left out. A day with nothing recorded counts as 0 here."
    )


def exercise(row: dict[str, Any]) -> str:
    """Say what was done of one exercise; `row` is one of `daily.attrs["by_exercise"]`."""
    if not row["due"]:
        return f"{count(row['sets'], 'set')}, no goal"
    beyond = row["sets"] - row["done"]
    more = f", and {count(beyond)} more" if beyond >= 0.05 else ""
    return done_of_due(row["done"], row["due"], row["adherence"]) + more


def by_exercise(daily: pd.DataFrame) -> str:
    """Say for each exercise how much was done in the last 28 finished days."""
    rows = daily.attrs.get("by_exercise", [])
    if not any(row["due"] or row["sets"] for row in rows):
        return NOTHING_YET if not len(daily) else "The first bars come with the second day."
    span = "the last day" if rows[0]["days"] == 1 else f"the last {rows[0]['days']} days"
    said = [f"{card.plain(row['title']).split(':')[0]}: {exercise(row)}" for row in rows]
    return f"In {span}. {'. '.join(said)}."


def pain_pairs(entries: pd.DataFrame) -> pd.DataFrame:
    """Give the latest sets (at most 24) that have a rating both before and after, in order."""
    both = entries.dropna(subset=["pain_before", "pain_after"])
    return both.sort_values("started_at", kind="stable").tail(MOST_PAIRS)


def pain(entries: pd.DataFrame) -> str:
    """Say how often the rating was another one after a set; never why."""
    pairs = pain_pairs(entries)
    if not len(pairs):
        return "No set has a pain rating both before and after. Ratings are optional."
    sets = count(len(pairs), "set")
    if len(pairs) < FEWEST_PAIRS:
        return f"Only {sets} with a rating before and after: too few to say anything."
    change = (pairs["pain_after"] - pairs["pain_before"]).astype(int)
    lower = int((change <= -SMALLEST_CHANGE).sum())
    higher = int((change >= SMALLEST_CHANGE).sum())
    return (
        f"The last {sets} with both ratings: {lower} lower, {higher} higher, "
        f"{len(pairs) - lower - higher} about the same (less than 2 points apart). "
        "Pain changes for many reasons; this does not tell which."
    )


def summary(daily: pd.DataFrame, entries: pd.DataFrame) -> str:
    """Give the sentences of all charts as plain text, one a line.

    Parameters
    ----------
    daily
        From `adherence.daily`.
    entries
        `Log.frame()`.
    """
    is_sample = daily.attrs.get("sample") or entries.attrs.get("sample")
    said = [calendar(daily), trend(daily), by_exercise(daily), pain(entries)]
    return "\n".join([*([f"{card.SAMPLE}."] if is_sample else []), *dict.fromkeys(said)])
