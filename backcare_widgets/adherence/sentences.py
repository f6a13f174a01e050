"""What the charts say, in plain words: for the charts, and for whoever does not see them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from .. import adherence, words
from ..days import in_words

if TYPE_CHECKING:
    import pandas as pd

NOTHING_YET = "Nothing is recorded yet. The first finished set will appear here."
GUIDE = "80 %: a level research often uses, not a medical threshold"
SMALLEST_CHANGE = 2  # points; a smaller difference of two ratings is within chance
SMALLEST_TURN = 0.1  # of what was due; less apart is "about as much": our own choice
FEWEST_PAIRS = 3  # fewer say nothing together
FEWEST_DAYS_OF_STOPS = 14
MOST_EXERCISES = 6  # in one chart or sentence
LONGEST_COUNTED = 60  # days; a longer time is named by its beginning
MOST_PAIRS = 24  # the latest ones; more cannot be told apart in one chart


def done_of_due(done: float, due: float, share: float | None, noun: str = "set") -> str:
    """Write counts, with their percentage if there is one: 12 of 21 sets (57 %)."""
    # 100 % is only what is wholly done.
    percent = "" if share is None else f" ({min(round(100 * share), 99 + (share > 0.9999))} %)"
    return f"{words.count(done)} of {words.count(due, noun)}{percent}"


def _last_days(daily: pd.DataFrame, days: int) -> str:
    """Name the finished days: "the last 7 days", with their end if `daily` was cut short."""
    span = "the last day" if days == 1 else f"the last {days} days"
    last = daily.index[-1].date()
    end = daily.index[-2].date() if adherence.has_today(daily) else last
    today = daily.attrs.get("today", last)
    return span if (today - end).days <= 1 else f"{span} up to {in_words(end)}"


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
            f"Left out: {words.count(daily.attrs['undated'], 'set')} with a day that looks wrong."
        )
    return " ".join(said)


def _spans(n_days: int) -> int:
    """Give how many days are held against as many before: a week, 4 weeks or 13."""
    return next((span for span in (91, 28, 7) if 2 * span <= n_days), 7)


def _compared(daily: pd.DataFrame) -> str:
    """Say whether more or less was done lately than before, if there are days enough."""
    past = adherence.before_today(daily)
    days = _spans(len(past))
    if len(past) < 2 * days:
        return "Whether it goes up or down is said after two weeks."
    late, early = adherence.period(past, days), adherence.period(past.iloc[:-days], days)
    if late.adherence is None or early.adherence is None:
        return "Too few days had something due to say whether it goes up or down."
    apart = late.adherence - early.adherence
    word = "more than" if apart > 0 else "less than"
    word = "about as much as" if abs(apart) < SMALLEST_TURN else word
    return (
        f"{done_of_due(late.done, late.due, late.adherence)} in {_last_days(daily, days)}: {word} "
        f"in the {days} days before, {done_of_due(early.done, early.due, early.adherence)}."
    )


def trend(daily: pd.DataFrame) -> str:
    """Say whether more or less is done than before, and how much over all finished days."""
    every = adherence.period(daily, days=max(len(daily), 1))
    if every.days < adherence.FEWEST_DAYS:
        return NOTHING_YET if not len(daily) else "The line begins after three days."
    return (
        f"{_compared(daily)} {done_of_due(every.done, every.due, every.adherence)} since "
        f"{in_words(daily.index[0])}, today left out. A day with nothing recorded counts as 0 here."
    )


def exercise(row: dict[str, Any]) -> str:
    """Say what was done of one exercise; `row` is one of `daily.attrs["by_exercise"]`."""
    if not row["due"]:
        return f"{words.count(row['sets'], 'set')}, no goal"
    beyond = row["sets"] - row["done"]
    more = f", and {words.count(beyond)} more" if beyond >= 0.05 else ""
    return done_of_due(row["done"], row["due"], row["adherence"]) + more


def exercises(daily: pd.DataFrame) -> list[dict[str, Any]]:
    """Give the sums of the exercises of which there is something to say."""
    return [row for row in daily.attrs.get("by_exercise", []) if row["due"] or row["sets"]]


def _span(daily: pd.DataFrame) -> str:
    """Name all finished days of the table, to begin a sentence with."""
    days = len(adherence.before_today(daily))
    if days > LONGEST_COUNTED:
        return f"Since {in_words(daily.index[0])}"
    return f"In {_last_days(daily, days)}"


def short(title: object) -> str:
    """Give the title of an exercise up to its colon."""
    return words.plain(title).split(":")[0]


def by_exercise(daily: pd.DataFrame) -> str:
    """Say for each exercise how much was done in the finished days."""
    rows = exercises(daily)
    if not rows:
        return NOTHING_YET if not len(daily) else "The first bars come with the second day."
    said = [f"{short(row['title'])}: {exercise(row)}" for row in rows[:MOST_EXERCISES]]
    if len(rows) > MOST_EXERCISES:
        said.append(f"The other {len(rows) - MOST_EXERCISES} exercises are not shown here")
    return f"{_span(daily)}. {'. '.join(said)}."


def timed(daily: pd.DataFrame) -> list[dict[str, Any]]:
    """Give the sums of the first exercises with days enough to say something of the time."""
    enough = [row for row in exercises(daily) if row["days_due"] >= adherence.FEWEST_DAYS]
    return enough[:MOST_EXERCISES]


def times(daily: pd.DataFrame) -> str:
    """Say for each exercise with a goal on how many days a set was begun at which time."""
    rows = timed(daily)
    if not rows:
        return NOTHING_YET if not len(daily) else "This is said after three days."
    said = []
    for row in rows:
        counts = {part: row[part] for part in adherence.PARTS_OF_DAY}
        each = ", ".join(f"{part} {n}" for part, n in counts.items())
        line = f"{short(row['title'])}: {each} of {words.count(row['days_due'], 'day')}"
        # Of one that is done once or twice a day, no time is left out.
        is_spread = row["due"] / row["days_due"] > len(counts) - 0.5
        fewest = [part for part, n in counts.items() if n == min(counts.values())]
        if is_spread and len(fewest) == 1:
            line += f", so least often in the {fewest[0]}"
        said.append(line)
    return f"Days with a set begun then. {'. '.join(said)}."


def begun(daily: pd.DataFrame, entries: pd.DataFrame) -> pd.DataFrame:
    """Give the entries of the days of `daily`, today included."""
    if not len(daily):
        return entries.iloc[:0]
    return entries[entries["local_day"].between(daily.index[0], daily.index[-1])]


def stops(daily: pd.DataFrame, entries: pd.DataFrame) -> str:
    """Say how many of the sets were stopped for pain, in the earlier and the later half."""
    sets = begun(daily, entries)
    if not len(sets):
        return NOTHING_YET if not len(daily) else "No set was recorded in these days."
    middle = daily.index[len(daily) // 2]
    halves = [sets[sets["local_day"] < middle], sets[sets["local_day"] >= middle]]
    n, (early, late) = n_stopped(sets), map(n_stopped, halves)
    said = f"{n} of {words.count(len(sets), 'set')} stopped for pain"
    if has_stops(daily, entries) and all(map(len, halves)):
        said += f": {early} of {len(halves[0])} before {in_words(middle)}"
        said += f", {late} of {len(halves[1])} since"
    return f"{said}. To stop for pain is to follow the programme."


def has_stops(daily: pd.DataFrame, entries: pd.DataFrame) -> bool:
    """Tell whether there are sets stopped for pain, in days enough to say when."""
    return len(daily) >= FEWEST_DAYS_OF_STOPS and n_stopped(begun(daily, entries)) > 0


def n_stopped(sets: pd.DataFrame) -> int:
    """Count the sets that were stopped for pain."""
    return int(sets["outcome"].eq("stopped_for_pain").sum())


def pain_pairs(entries: pd.DataFrame) -> pd.DataFrame:
    """Give the latest sets (at most 24) that have a rating both before and after, in order."""
    both = entries.dropna(subset=["pain_before", "pain_after"])
    return both.sort_values("started_at", kind="stable").tail(MOST_PAIRS)


def pain(entries: pd.DataFrame) -> str:
    """Say how often the rating was another one after a set; never why."""
    pairs = pain_pairs(entries)
    if not len(pairs):
        return "No set has a pain rating both before and after. Ratings are optional."
    sets = words.count(len(pairs), "set")
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
    said = [calendar(daily), trend(daily), by_exercise(daily), times(daily)]
    said += [pain(begun(daily, entries)), stops(daily, entries)]
    return "\n".join([*([f"{words.SAMPLE}."] if is_sample else []), *dict.fromkeys(said)])
