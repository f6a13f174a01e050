"""What a session asks: the warning signs, the pain rating, and a set done away from the screen."""

from __future__ import annotations

import traitlets

from .page import PageWidget, files


class WarningCheck(PageWidget):
    """Ask about the warning signs; the answers stay in the page, only `gate` says what follows."""

    _esm = files("page.js", "check.js")
    _css = files("theme.css", "questions.css")

    signs = traitlets.Dict(help="the fields of `WarningSigns`").tag(sync=True)


class PainRating(PageWidget):
    """Ask for the pain before and after a set, 0 to 10, once each and only if wanted.

    The ratings go into the entry in the page and never into a trait, so that none is saved
    with the notebook.
    """

    _esm = files("page.js", "pain.js")
    _css = files("theme.css", "questions.css")

    hidden = traitlets.Bool(default_value=False, help="hidden for good by the person").tag(
        sync=True
    )
    status = traitlets.Unicode("ready", help="linked from the timer").tag(
        sync=True, echo_update=False
    )


class ManualEntry(PageWidget):
    """Write down a set done away from the screen, now or earlier; never in the future."""

    _esm = files("page.js", "fields.js", "manual.js")
    _css = files("theme.css", "questions.css")

    about = traitlets.Dict(help="exercise_id and repetitions").tag(sync=True)
    pain_hidden = traitlets.Bool(default_value=False).tag(sync=True)
