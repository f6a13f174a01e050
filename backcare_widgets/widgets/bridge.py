"""Questions from the page: each is a typed message with an id, and gets one answer with that id."""

from __future__ import annotations

import datetime as dt
from typing import Any, ClassVar, Literal, TypeAlias
from zoneinfo import ZoneInfo

import anywidget
from pydantic import BaseModel, ConfigDict, TypeAdapter, ValidationError

from ..errors import EntryError, LogError, PlainError

# What goes back: values that JSON holds, and bytes beside them.
Answer: TypeAlias = tuple[dict[str, Any], list[bytes]]


class Message(BaseModel):
    """What a page sends, or a part of it: nothing missing, nothing more, no type guessed."""

    # Built for the first question: no cell waits for it.
    model_config = ConfigDict(extra="forbid", strict=True, frozen=True, defer_build=True)


class Moment(Message):
    """A moment as a browser sees it: an instant in ISO 8601, its offset, and the zone's name."""

    started_at: str
    utc_offset_min: float
    tz: str = ""

    def when(self) -> dt.datetime:
        """Return the aware moment, in the zone that the browser named, if it is known.

        The offset that the browser saw has the last word: where this machine's zone data disagrees
        with it, the bare offset is used.

        Raises
        ------
        EntryError
            If the moment cannot be read.
        """
        try:
            start = dt.datetime.fromisoformat(self.started_at)
            if start.tzinfo is None:
                raise ValueError
            offset = dt.timedelta(minutes=self.utc_offset_min)
            by_offset = start.astimezone(dt.timezone(offset))
        except (ValueError, OverflowError) as exc:
            msg = "The set came without a readable start. It was not saved; write it down by hand."
            raise EntryError(msg) from exc
        try:
            by_zone = start.astimezone(ZoneInfo(self.tz))
        except (LookupError, ValueError, OSError, OverflowError):
            return by_offset  # no zone named, or one that this machine does not know
        return by_zone if by_zone.utcoffset() == offset else by_offset


class Question(Message):
    """A question of a page; `now` is the moment there."""

    id: str
    now: Moment


class Hello(Question):
    """Whether anybody is there."""

    op: Literal["hello"]


class Screen(anywidget.AnyWidget):
    """A widget whose page asks, and is answered once for each question.

    What the log holds travels in answers only: traits may be saved into the notebook. A screen
    names its kinds of question in `questions`, with `Hello` among them, and answers in `answer`.
    """

    questions: ClassVar[TypeAdapter[Any]]

    def __init__(self, **traits: Any) -> None:
        super().__init__(**traits)
        self.on_msg(lambda _widget, message, _buffers: self.send(*self.answer_to(message)))

    def answer(self, question: Any) -> Answer:
        """Return the answer to a question of one of the kinds in `questions`.

        Called on any thread. A `PlainError` reaches the person as its sentence.
        """
        raise NotImplementedError

    def answer_to(self, message: Any) -> Answer:
        """Return the answer to whatever a page may send; never raise.

        Returns
        -------
        dict
            `id` of the question (None if it had none), and what it asked for; or `problem`, a
            sentence, with `is_final`, whether it would be the same if asked again.
        list of bytes
            What goes with it.
        """
        asked = message.get("id") if isinstance(message, dict) else None
        try:
            question = self.questions.validate_python(message)
            answer, buffers = ({}, []) if isinstance(question, Hello) else self.answer(question)
        except ValidationError as error:
            where = ".".join(str(part) for part in error.errors()[0]["loc"]) or "the whole"
            said = f"The page sent something that this notebook does not understand ({where})."
            return _problem(asked, f"{said} Nothing was changed; run the cell again.", True)
        except PlainError as error:
            return _problem(asked, str(error), not isinstance(error, LogError))
        except KeyboardInterrupt:
            said = "The notebook was interrupted before it was done."
            return _problem(asked, f"{said} What is in the log is kept; try again.", False)
        except Exception as error:  # an exception here would reach nobody
            said = f"Something went wrong in the notebook ({type(error).__name__})."
            return _problem(asked, f"{said} What is in the log is kept. Run the cell again.", False)
        return {"id": asked, **answer}, buffers


def _problem(asked: Any, said: str, is_final: bool) -> Answer:
    return {"id": asked, "problem": said, "is_final": is_final}, []
