"""The calendar: each day where it belongs, each kind of day told apart."""

import matplotlib as mpl
import numpy as np
import pytest
from tables import ALL_KINDS, MARKS, days, done

from backcare_widgets import charts
from backcare_widgets.charts.calendar import _MARKS, LARGEST


def test_every_kind_of_day_has_a_shape_of_its_own_and_words_in_the_legend(drawn, texts):
    ax = charts.calendar(days(ALL_KINDS, MARKS))
    found = {name: n for name, n in drawn(ax).items() if name.startswith("days:")}
    assert found == {
        "days:done": 2, "days:partly done": 1, "days:rest": 1, "days:flare-up": 1,
        "days:paused": 1, "days:not recorded": 3, "days:so far": 1, "days:share": 1,
    }  # fmt: skip
    assert texts(ax, "legend") == [
        "done", "partly done: the larger, the more", "not recorded", "rest", "flare-up", "paused",
        "today, so far",
    ]  # fmt: skip


def test_kinds_of_day_differ_in_shape_or_fill_without_their_colour():
    looks = set()
    for marks in _MARKS.values():
        looks.add(tuple((points.tobytes(), face == "none") for points, face, _, _ in marks))
    # Partly done and so far share the pale tile; the ring tells today.
    assert len(looks) == len(_MARKS) - 2
    tones = [face for state in ("done", "partly done") for _, face, _, _ in _MARKS[state]]
    dark, pale = (np.dot(mpl.colors.to_rgb(tone), (0.299, 0.587, 0.114)) for tone in tones)
    assert pale - dark > 0.5


def test_the_fill_of_a_day_grows_with_what_was_done():
    ax = charts.calendar(days([*done(3, 1, 0), *done(2, 2, 0), *done(1, 3, 0)]))
    (share,) = (c for c in ax.collections if c.get_gid() == "days:share")
    widths = [np.ptp(path.vertices[:, 0]) for path in share.get_paths()]
    assert widths[0] < widths[1] < widths[2]
    tones = share.get_facecolor()[:, :3] @ (0.299, 0.587, 0.114)
    assert tones[0] > tones[1] > tones[2]


def test_days_stand_on_their_weekday_and_in_their_week():
    ax = charts.calendar(days(done(12)))
    (tiles,) = (c for c in ax.collections if c.get_gid() == "days:done")
    (ring,) = (c for c in ax.collections if c.get_gid() == "today")
    # 19 October 2026 is a Monday, today a Saturday of the week after.
    (monday,), (saturday,) = tiles.get_offsets(), ring.get_offsets()
    assert saturday - monday == pytest.approx(np.array([1, 5]) * LARGEST)


@pytest.mark.parametrize("n", [365, 1095, 3650])
def test_months_are_named_once_whatever_the_years(n, drawn, texts):
    ax = charts.calendar(days([*done(n - 1), *done(0)]))
    names = texts(ax, "month")
    assert len(names) == len(set(names)) == 12
    assert sum(drawn(ax)[f"days:{state}"] for state in ("done", "not recorded")) == n


def test_years_are_strips_that_do_not_touch(texts):
    ax = charts.calendar(days([*done(1094), *done(0)]))
    (blank,) = (c for c in ax.collections if c.get_gid() == "days:not recorded")
    rows = np.unique(np.round(blank.get_offsets()[:, 1], 3))
    assert len(rows) == 4 * 7
    gaps = np.diff(rows)[6::7]
    assert (gaps > 1.3 * np.diff(rows)[0]).all()
    assert {"2023", "2024", "2025", "2026"} <= set(texts(ax))


def test_a_cut_table_has_no_today_and_the_note_tells_when_a_day_begins(drawn, texts):
    ax = charts.calendar(days([*done(9), *done(0)]).iloc[:-3])
    assert "today" not in drawn(ax)
    assert texts(ax, "note") == [
        "22 October 2026 to 28 October 2026. A day runs from 04:00 to 04:00."
    ]
