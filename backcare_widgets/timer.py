"""The timer, the cues that sound with it, and the screen: all run in the page."""

from __future__ import annotations

import traitlets

from .page import PageWidget, files


class Timer(PageWidget):
    """Lead the person through one set: shows, counts, and hands the ended set to the outbox.

    Time is read in the page from two clocks and never counted, so nothing that the kernel does
    or fails to do changes it. Nothing is sent to the kernel while a stretch runs.
    """

    _esm = files("page.js", "clock.js", "wording.js", "timer.js")
    _css = files("theme.css", "timer.css")

    about = traitlets.Dict(
        help="exercise_id, title, repetitions, get_ready_s, hold_s and open_hold_s (None: no such "
        "hold); times, the first two as text, for which the person's own ones stand; sides, "
        "finished, getting_out; sets_done and sets_due (None: no goal) of the day of counted_at, "
        "in milliseconds since 1970; dose, what is due on another day"
    ).tag(sync=True)
    stretches = traitlets.List(
        traitlets.Dict(), help="`timeline.expand` as dictionaries, with the programme's own times"
    ).tag(sync=True)
    status = traitlets.Unicode("ready", help="as the page has it").tag(sync=True, echo_update=False)
    phase = traitlets.Dict(
        help="the stretch that is shown; `began` and `paused_at` (or None) of it in milliseconds "
        "of the page's performance.now, pauses left out of `began`. Changes once a phase"
    ).tag(sync=True, echo_update=False)


class Cues(PageWidget):
    """Speak each cue of the linked timer, or mark it by a soft tone, another one for each side."""

    _esm = files("page.js", "cues.js")
    _css = files("theme.css")

    words = traitlets.Dict(help="language, and what is spoken as a sample and at the end").tag(
        sync=True
    )
    status = traitlets.Unicode("ready", help="linked from the timer").tag(
        sync=True, echo_update=False
    )
    phase = traitlets.Dict(help="linked from the timer").tag(sync=True, echo_update=False)


class Stage(PageWidget):
    """Keep the screen awake while a set runs, and fill it with the session when asked."""

    _esm = files("page.js", "stage.js")
    _css = files("theme.css")

    status = traitlets.Unicode("ready", help="linked from the timer").tag(
        sync=True, echo_update=False
    )
