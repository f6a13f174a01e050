"""What the page says of itself: each is met in a browser, on a way of `browser/test_messages.py`.

Where a test of its own meets it already, that one is named.
"""

from __future__ import annotations

import ast
import re
from dataclasses import dataclass

from .said import ROOT, Said, Told

STATIC = ROOT / "backcare_widgets" / "widgets" / "static"
# A comment, or a text in one of the three kinds of quotes.
_TEXT = re.compile(r'//[^\n]*|/\*.*?\*/|"((?:\\.|[^"\\])*)"|`((?:\\.|[^`\\])*)`', re.DOTALL)
_SENTENCE = re.compile(r"\w+[ ,:;]+(?:…|\w).*[.](\s|$)")


@dataclass(frozen=True)
class Shown:
    """A message of the page: the way on which it is met, or the test, and what it says."""

    where: str
    said: Said | Told


def sentences() -> list[str]:
    """Return the texts of the page that are sentences, with "…" for the values in them."""
    scripts = (path.read_text("utf-8").replace("\\\n", "") for path in STATIC.glob("*.js"))
    found = (match[1] or match[2] or "" for text in scripts for match in _TEXT.finditer(text))
    texts = {re.sub(r"\$\{.*?\}", "…", text, flags=re.DOTALL) for text in found}
    return sorted(text for text in texts if _SENTENCE.search(text))


def quoted(test: str) -> list[str]:
    """Return the texts in the file of a test, and fail if the test is not there."""
    file, _, name = test.partition("::")
    tree = ast.parse((ROOT / "tests" / file).read_text(encoding="utf-8"))
    assert name in {node.name for node in tree.body if isinstance(node, ast.FunctionDef)}, test
    constants = (node for node in ast.walk(tree) if isinstance(node, ast.Constant))
    return [node.value for node in constants if isinstance(node.value, str)]


# There from the beginning, whatever was done.
LABELS = (
    "Charts of your log. What they say stands below them, in words.",
    "Drag the picture, or use its arrow keys, to see it from another side; double-click or Home"
    " turns it back.",
    "You wrote no notes in these days.",
    "All sets and marked days, as one file.",
    "From a spreadsheet that was saved here, also one that you filled in. It is looked through"
    " first; what the log has already does not come twice.",
    "A file for the calendar of your phone. Without times there are as many as your programme has"
    " sets.",
    "Looking changes nothing. Bringing back adds what the daily copies have and the log lacks, and"
    " deletes nothing; a damaged file is kept.",
)
RECORDS = "browser/test_app.py::test_what_is_code_elsewhere_is_a_button_here"
HEARD = "browser/test_cues.py::test_fault_48_each_cue_is_heard_as_words_or_as_its_tone"
PAUSED = "browser/test_cues.py::test_fault_49_a_set_that_pauses_itself_says_so_aloud_with_a_tone"
REFUSED = "browser/test_outbox.py::test_fault_42_"
NOTHING_SAVED = "Nothing was saved yet"
KERNEL = "the notebook's kernel has stopped or was restarted"
ROWS = {
    # The person's data
    "a file saved": Shown(RECORDS, Told("is in your downloads.")),
    "reminders saved": Shown(RECORDS, Told("Send it to your phone and open it there")),
    "sets brought in": Shown(RECORDS, Told("To take it out again, press Undo")),
    "no file chosen": Shown(
        RECORDS, Said("No file is chosen.", "Nothing was changed", "choose one above")
    ),
    # The warning signs
    "a question first": Shown("signs", Told("Answer the question above first. Then you can start")),
    "the signs": Shown("signs", Told("Tick what applies; nothing of it is stored.")),
    "an emergency": Shown(
        "signs",
        Said("needs to be seen at once", "Do not exercise now", "or go to an emergency department"),
    ),
    "an emergency, by hand": Shown("signs", Told("Tell them what you ticked")),
    "not yet": Shown(
        "signs",
        Said("further than is usually allowed", "Leave these exercises", "Ask your surgeon"),
    ),
    "a doctor": Shown(
        "signs", Said("should be looked at soon", "stop if anything gets worse", "best today: ask")
    ),
    "ask first": Shown(
        "signs",
        Said("can say which of these", "keep every movement small and slow", "Ask first, if you"),
    ),
    "gone on": Shown("signs", Told("You chose to go on. Keep it small and slow; stop if")),
    "no sign": Shown("signs", Told("No warning sign ticked. If one appears, stop.")),
    # A set
    "ready": Shown("set", Told("Press Start, or Space. The timer leads you")),
    "pain?": Shown("set", Told("10 (worst imaginable)? Only if you like.")),
    "pain of 4": Shown("set", Told("4 or 5: make every movement smaller and slower.")),
    "pain of 6": Shown(
        "set", Said("6 or more", "The exercise is there for you later", "breathe slowly, change")
    ),
    "it hurts": Shown(
        "set",
        Said("moves into a leg", "it counts as following the programme", "leave the exercises and"),
    ),
    "pain after?": Shown("set", Told("And your pain now, after the set? Only if you like.")),
    "more pain": Shown(
        "set", Told("2 points or more above the start: leave out the next set, and do half of it")
    ),
    "all skipped": Shown("set", Told("Everything was skipped, so nothing was counted.")),
    "stopped at once": Shown("set", Told("Nothing was counted.")),
    "stopped": Shown("set", Told("What you did is counted.")),
    "an open hold": Shown("open hold", Told("It goes on by itself in the end.")),
    "sounds": Shown("set", Told("Tones: high for right, low for left")),
    "slept": Shown(
        PAUSED, Said("The computer slept", "Nothing was counted meanwhile.", "Go on from here")
    ),
    # A set by hand, in a session and in the list
    "no time": Shown("by hand", Said("The day or the time is missing", NOTHING_SAVED, "choose")),
    "a time to come": Shown(
        "by hand", Said("That is in the future", NOTHING_SAVED, "choose a time that has passed")
    ),
    "minutes": Shown(
        "by hand", Said("minutes must be from 0 to 600", NOTHING_SAVED, "correct them")
    ),
    "a long note": Shown(
        "by hand", Said("The note has 4001 characters, and room for 4000", NOTHING_SAVED, "shorten")
    ),
    "a character": Shown(
        "by hand", Said("a character that cannot be stored", NOTHING_SAVED, "remove it")
    ),
    "by hand": Shown("by hand", Told("Written down. You can add another one.")),
    "no day": Shown(
        "list", Said("The day is missing", "Nothing was changed", "choose the day to mark")
    ),
    "a day to come": Shown(
        "list", Said("That day is in the future", "Nothing was changed", "choose one that has")
    ),
    "an empty day": Shown("list", Told("Nothing is recorded.")),
    # Saving, with and without the kernel
    "a slow kernel": Shown(
        "kernel",
        Said("the notebook is not answering", "1 entry is kept in this browser", "run the cell"),
    ),
    "a kernel gone with a set": Shown(
        "kernel",
        Said(f"Not saved yet: {KERNEL}", "kept in this browser", "run the cell again to save."),
    ),
    "a kernel gone": Shown(
        "kernel lost", Said(f"Not connected: {KERNEL}", "The timer goes on", "run the cell again")
    ),
    "saved": Shown("saved", Told("Saved in your log.")),
    "saved, and gone": Shown("saved", Told("Saved in your log. Run the cell again before the")),
    "a log that fails": Shown(
        "broken log",
        Said("Not saved yet: 1 entry is kept in this browser. ", "is unchanged", "Allow re"),
    ),
    "a busy list": Shown(
        "list", Said("is not answering", "will be done as soon as it", "after a restart, run the")
    ),
    "a list without a kernel": Shown(
        "list", Said("kernel has stopped", "What is in the log is kept", "run the cell again.")
    ),
    "something dropped": Shown(
        "dropped",
        Said("could not be read, and was left out", "is not touched", "write it down below"),
    ),
    "a set refused": Shown(
        "refused",
        Said("(0 of 1 repetitions) was not saved: ", "This stays here until", "write the set down"),
    ),
    "a pain refused": Shown(
        f"{REFUSED}the_pain_after_a_set_that_was_deleted_is_refused_once_and_put_away",
        Told(" This stays here until you put it away."),
    ),
    # What the browser cannot do
    "no voice": Shown(
        HEARD,
        Said("has no voice for it", "so tones mark the changes", "A voice can be added in"),
    ),
    "a voice refused": Shown(
        HEARD, Said("refused the voice", "so tones mark the changes", "change the volume")
    ),
    "a late voice": Shown(
        HEARD, Said("did not begin in time", "a tone marked the change", "You need do nothing.")
    ),
    "a voice cut short": Shown(
        HEARD, Said("was cut short", "a tone marked the change", "You need do nothing.")
    ),
    "no tones": Shown(
        "silent", Said("No sound can be played here", "is shown all the same", "keep the screen in")
    ),
    "no full screen": Shown(
        "browser/test_stage.py::test_a_refused_full_screen_is_said",
        Said("does not allow full screen", "goes on as it is", "make the window larger"),
    ),
    # The charts
    "the charts": Shown("charts", Told("made on this computer and sent nowhere.")),
    "notes": Shown("charts", Told("Which of your notes may be on it? None, unless you choose.")),
    "a report": Shown("charts", Told("It holds what you recorded about your health: you decide")),
}  # fmt: skip
