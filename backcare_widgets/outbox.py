"""The outbox: takes entries from the page, stores each once, and answers only then."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any
from zoneinfo import ZoneInfo

import traitlets

from .errors import EntryError, LogError, PlainError
from .page import PageWidget, files

# Stores {"op": "add" or "edit", "entry": fields of `Log.add`}; raises a PlainError if it cannot.
Store = Callable[[str, dict[str, Any]], None]


def read_moment(entry: Mapping[str, Any]) -> dt.datetime:
    """Give the aware start of an entry: in the zone that the browser named, if it is known.

    The offset that the browser saw has the last word: where this machine's zone data disagrees
    with it, the bare offset is used.

    Raises
    ------
    EntryError
        If the moment cannot be read.
    """
    try:
        start = dt.datetime.fromisoformat(entry["started_at"])
        if start.tzinfo is None:
            raise ValueError
        offset = dt.timedelta(minutes=entry["utc_offset_min"])
        by_offset = start.astimezone(dt.timezone(offset))
    except (LookupError, TypeError, ValueError, OverflowError) as exc:
        msg = "The set came without a readable start. It was not saved; write it down by hand."
        raise EntryError(msg) from exc
    try:
        by_zone = start.astimezone(ZoneInfo(entry["tz"]))
    except (LookupError, TypeError, ValueError, OSError, OverflowError):
        return by_offset  # no zone named, or one that this machine does not know
    return by_zone if by_zone.utcoffset() == offset else by_offset


class Outbox(PageWidget):
    """Keep what was done in the browser until it is stored, and say truthfully whether it is.

    Parameters
    ----------
    store
        Called with the operation and the entry's fields, possibly on another thread and more
        than once with the same entry, since what is unanswered is sent again.
    """

    _esm = files("page.js", "outbox.js")
    _css = files("theme.css")

    workbook = traitlets.Unicode(help="which log: entries of another one wait for it").tag(
        sync=True
    )
    notice = traitlets.Unicode(help="why the log cannot be used now, or empty").tag(sync=True)

    def __init__(self, store: Store, **traits: Any) -> None:
        super().__init__(**traits)
        self._store = store
        self.on_msg(self._receive)

    def _receive(self, _widget: Any, message: dict[str, Any], _buffers: Any) -> None:
        if message.get("type") == "hello":
            self.send({"type": "hello"})
        elif message.get("type") == "entries":
            # The browser's storage can hold anything; what is no item must not hold up the others.
            items = [item for item in message["items"] if isinstance(item, dict)]
            self.send({"type": "answers", "answers": list(self._answers(items))})

    def _answers(self, items: Iterable[Mapping[str, Any]]) -> Iterator[dict[str, Any]]:
        """Store the items, and answer each with its id and what went wrong, or ""."""
        log_problem = ""
        for item in items:
            # Where the log cannot be used now, each further try could take seconds.
            try:
                problem = log_problem or self._problem(item)
            except LogError as error:
                problem = log_problem = str(error)
            yield {"id": item.get("id"), "problem": problem}

    def _problem(self, item: Mapping[str, Any]) -> str:
        """Store one item; give "" once it is committed, else a sentence that says why not.

        A `LogError` passes through: it is of all items.
        """
        try:
            entry = dict(item["entry"])
            if "started_at" in entry:
                start = read_moment(entry)
                entry = {k: v for k, v in entry.items() if k not in ("utc_offset_min", "tz")}
                entry["started_at"] = start
            self._store(item["op"], entry)
        except LogError:
            raise
        except PlainError as error:
            return str(error)
        except Exception as error:  # an exception here would reach nobody
            return (
                f"something went wrong in the notebook ({type(error).__name__}). It is kept here."
            )
        return ""
