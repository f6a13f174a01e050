"""What the charts show, in sentences: beside them, and for whoever does not see them."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

from .. import words
from ..days import PARTS_OF_DAY, in_words
from .given import checked
from .tables import FEWEST_DAYS, Period, before_today, has_today, period

if TYPE_CHECKING:
    import pandas as pd

NOTHING_YET = "Nothing is recorded yet. The first finished set will appear here."
NO_SET = "No set was recorded in these days."
STOPPING = "To stop for pain is to follow the programme."
NO_CAUSE = "Pain changes for many reasons; this does not tell which."
GUIDE = "80 %: a level research often uses, not a medical threshold"
SMALLEST_CHANGE = 2  # points; a smaller difference of two ratings is within chance
SMALLEST_TURN = 0.1  # of what was due; less apart is "about as much": our own choice
FEWEST_PAIRS = 3  # of ratings; fewer say nothing together
FEWEST_DAYS_OF_STOPS = 14
MOST_EXERCISES = 6  # in one chart or sentence
LONGEST_COUNTED = 60  # days; a longer time is named by its beginning
MOST_PAIRS = 24  # the latest ones; more cannot be told apart in one chart


def done_of_due(done: float, due: float, share: float | None, noun: str = "set") -> str:
    """Return counts with their percentage, if there is one: 12 of 21 sets (57 %)."""
    # 100 % is only what is wholly done.
    percent = "" if share is None else f" ({min(round(100 * share), 99 + (share > 0.9999))} %)"
    return f"{words.count(done)} of {words.count(due, noun)}{percent}"


def _sets(of: Period) -> str:
    return done_of_due(of.done, of.due, of.adherence)


def _last_days(daily: pd.DataFrame, days: int) -> str:
    """Return "the last 7 days", with their end if `daily` was cut short."""
    span = "the last day" if days == 1 else f"the last {days} days"
    last = daily.index[-1].date()
    end = daily.index[-2].date() if has_today(daily) else last
    today = daily.attrs.get("today", last)
    return span if (today - end).days <= 1 else f"{span} up to {in_words(end)}"


def calendar(daily: pd.DataFrame) -> str:
    """Return what was done in the last 7 finished days, and today so far."""
    if not len(daily):
        return NOTHING_YET
    week, said = period(daily), []
    if week.due:
        said.append(f"{_sets(week)} in {_last_days(daily, week.days)}.")
    if week.days > 1:
        said.append(f"You moved on {week.days_moved} of {_last_days(daily, week.days)}.")
    if has_today(daily):
        done, due, state = daily[["done", "due", "state"]].iloc[-1]
        said.append(f"Today so far: {done_of_due(done, due, None) if due else state}.")
    if len(daily) <= FEWEST_DAYS:
        said.append("A percentage is shown after three days.")
    return " ".join([*said, *undated(daily)])


def undated(daily: pd.DataFrame) -> list[str]:
    """Return how many sets were left out because of their day, if there are any."""
    n = daily.attrs.get("undated")
    return [f"Left out: {words.count(n, 'set')} with a day that looks wrong."] if n else []


def trend(daily: pd.DataFrame) -> str:
    """Return whether more or less is done than before, and how much on all finished days."""
    every = period(daily, days=max(len(daily), 1))
    if every.days < FEWEST_DAYS:
        return "The line begins after three days." if len(daily) else NOTHING_YET
    return (
        f"{_compared(daily)} {_sets(every)} since {in_words(daily.index[0])}, today left out. "
        "A day with nothing recorded counts as 0 here."
    )


def _compared(daily: pd.DataFrame) -> str:
    """Compare the last week, 4 weeks or 13 with as many before, whichever is the longest."""
    past = before_today(daily)
    days = next((span for span in (91, 28, 7) if len(past) >= 2 * span), None)
    if days is None:
        return "The trend appears after two weeks."
    late, early = period(past, days), period(past.iloc[:-days], days)
    if late.adherence is None or early.adherence is None:
        return "Too few days had something due to show a trend."
    apart = late.adherence - early.adherence
    word = "more than" if apart > 0 else "less than"
    word = "about as much as" if abs(apart) < SMALLEST_TURN else word
    return (
        f"{_sets(late)} in {_last_days(daily, days)}: {word} in the {days} days before, "
        f"{_sets(early)}."
    )


def exercise(row: dict[str, Any]) -> str:
    """Return what was done of one exercise, `row` being one of `daily.attrs["by_exercise"]`."""
    if not row["due"]:
        return f"{words.count(row['sets'], 'set')}, no goal"
    beyond = row["sets"] - row["done"]
    more = f", and {words.count(beyond)} more" if beyond >= 0.05 else ""
    return done_of_due(row["done"], row["due"], row["adherence"]) + more


def exercises(daily: pd.DataFrame) -> list[dict[str, Any]]:
    """Return the sums of the exercises with something due or done; none of a table without rows."""
    sums = daily.attrs.get("by_exercise", []) if len(daily) else []
    return [row for row in sums if row["due"] or row["sets"]]


def short(title: object) -> str:
    """Return the title of an exercise up to its colon."""
    return words.plain(title).split(":")[0]


def by_exercise(daily: pd.DataFrame) -> str:
    """Return how much was done of each exercise on the finished days."""
    rows, days = exercises(daily), len(before_today(daily))
    if not rows:
        return "The first bars appear on the second day." if len(daily) else NOTHING_YET
    summed = daily.attrs["days_summed"]  # more than `days`, if the table was cut
    first = daily.attrs["today"] - dt.timedelta(days=summed)
    is_long = summed > min(days, LONGEST_COUNTED)
    said = [f"Since {in_words(first)}" if is_long else f"In {_last_days(daily, days)}"]
    said += [f"{short(row['title'])}: {exercise(row)}" for row in rows[:MOST_EXERCISES]]
    if len(rows) > MOST_EXERCISES:
        said.append(f"The other {len(rows) - MOST_EXERCISES} exercises are not shown here")
    return f"{'. '.join(said)}."


def timed(daily: pd.DataFrame) -> list[dict[str, Any]]:
    """Return the sums of the first exercises that were due on enough days."""
    enough = [row for row in exercises(daily) if row["days_due"] >= FEWEST_DAYS]
    return enough[:MOST_EXERCISES]


def times(daily: pd.DataFrame) -> str:
    """Return for each exercise with a goal on how many days a set was started at which time."""
    rows = timed(daily)
    if not rows:
        return "This appears after three days." if len(daily) else NOTHING_YET
    said = ["Days on which you started a set at that time of day"]
    for row in rows:
        counts = {part: row[part] for part in PARTS_OF_DAY}
        each = ", ".join(f"{part} {n}" for part, n in counts.items())
        line = f"{short(row['title'])}: {each} of {words.count(row['days_due'], 'day')}"
        # Of one that is done once or twice a day, no time is left out.
        is_spread = row["due"] / row["days_due"] > len(counts) - 0.5
        fewest = [part for part, n in counts.items() if n == min(counts.values())]
        if is_spread and len(fewest) == 1:
            line += f", so least often in the {fewest[0]}"
        said.append(line)
    return f"{'. '.join(said)}."


def begun(daily: pd.DataFrame, entries: pd.DataFrame) -> pd.DataFrame:
    """Return the entries of the days of `daily`, today included."""
    if not len(daily):
        return entries.iloc[:0]
    return entries[entries["local_day"].between(daily.index[0], daily.index[-1])]


def stops(daily: pd.DataFrame, entries: pd.DataFrame) -> str:
    """Return how many sets were stopped for pain, in the earlier and the later half."""
    sets = begun(daily, entries)
    if not len(sets):
        return NO_SET if len(daily) else NOTHING_YET
    middle = daily.index[len(daily) // 2]
    early, late = sets[sets["local_day"] < middle], sets[sets["local_day"] >= middle]
    said = stopped(sets)
    if has_stops(daily, entries) and len(early) and len(late):
        said += (
            f": {n_stopped(early)} of {len(early)} before {in_words(middle)}, "
            f"{n_stopped(late)} of {len(late)} since"
        )
    return f"{said}. {STOPPING}"


def stopped(sets: pd.DataFrame) -> str:
    """Return how many of the sets were stopped for pain, to go on with."""
    return f"{n_stopped(sets)} of {words.count(len(sets), 'set')} stopped for pain"


def has_stops(daily: pd.DataFrame, entries: pd.DataFrame) -> bool:
    """Return whether sets were stopped for pain, and there are enough days to say when."""
    return len(daily) >= FEWEST_DAYS_OF_STOPS and n_stopped(begun(daily, entries)) > 0


def n_stopped(sets: pd.DataFrame) -> int:
    """Return the number of sets that were stopped for pain."""
    return int(sets["outcome"].eq("stopped_for_pain").sum())


def rated_twice(entries: pd.DataFrame) -> pd.DataFrame:
    """Return the sets that have a rating both before and after."""
    return entries.dropna(subset=["pain_before", "pain_after"])


def changes(pairs: pd.DataFrame) -> tuple[int, int, int]:
    """Return after how many sets rated twice the pain was lower, about the same and higher."""
    change = (pairs["pain_after"] - pairs["pain_before"]).astype(int)
    lower, higher = (change <= -SMALLEST_CHANGE).sum(), (change >= SMALLEST_CHANGE).sum()
    return int(lower), len(pairs) - int(lower + higher), int(higher)


def pain_pairs(entries: pd.DataFrame) -> pd.DataFrame:
    """Return the latest sets (at most 24) that were rated twice, in order."""
    return rated_twice(entries).sort_values("started_at", kind="stable").tail(MOST_PAIRS)


def pain(entries: pd.DataFrame) -> str:
    """Return how often the rating was another one after a set; never why."""
    pairs = pain_pairs(entries)
    if not len(pairs):
        return "No set has a pain rating both before and after. Ratings are optional."
    sets = words.count(len(pairs), "set")
    if len(pairs) < FEWEST_PAIRS:
        return f"Only {sets} with a rating before and after: too few to say anything."
    lower, same, higher = changes(pairs)
    return (
        f"The last {sets} with both ratings: {lower} lower, {higher} higher, "
        f"{same} about the same (less than {SMALLEST_CHANGE} points apart). {NO_CAUSE}"
    )


@checked
def summary(daily: pd.DataFrame, entries: pd.DataFrame) -> str:
    """Return the sentences of all charts, one a line, for `daily` and the entries it is of."""
    is_sample = daily.attrs.get("sample") or entries.attrs.get("sample")
    said = [f"{words.SAMPLE}."] if is_sample else []
    said += [calendar(daily), trend(daily), by_exercise(daily), times(daily)]
    said += [pain(begun(daily, entries)), stops(daily, entries)]
    return "\n".join(dict.fromkeys(said))
