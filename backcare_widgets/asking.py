"""What asks the kernel from the page: each question gets one answer, and nothing is a trait."""

from __future__ import annotations

from typing import Any

import anywidget

from .errors import PlainError


class AskingWidget(anywidget.AnyWidget):
    """A widget whose page asks, by a message with an `id`, and is answered with the same `id`.

    What the log holds travels in answers only: traits may be saved into the notebook.
    """

    def __init__(self, **traits: Any) -> None:
        super().__init__(**traits)
        self.on_msg(self._receive)

    def _receive(self, _widget: Any, message: dict[str, Any], _buffers: Any) -> None:
        buffers: list[bytes] = []
        try:
            answer, buffers = self.answer(message)
        except PlainError as error:
            answer = {"problem": str(error)}
        except KeyboardInterrupt:
            said = "The notebook was interrupted before it was done."
            answer = {"problem": f"{said} What is in the log is kept; try again."}
        except Exception as error:  # an exception here would reach nobody
            said = f"Something went wrong in the notebook ({type(error).__name__})."
            answer = {"problem": f"{said} What is in the log is kept. Run the cell again."}
        self.send(answer | {"id": message.get("id")}, buffers)

    def answer(self, message: dict[str, Any]) -> tuple[dict[str, Any], list[bytes]]:
        """Give the answer to a question, and what goes with it as bytes; a `PlainError` is told.

        Called on any thread.
        """
        raise NotImplementedError
