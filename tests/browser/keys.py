"""The keys that a host listens to, read from the host itself, and what they do from our screens."""

from __future__ import annotations

from typing import Any

from playwright.sync_api import Locator, expect

from .lab import Workbook, until

# Each screen, and what is in it once it is there.
_SCREENS = {".bc-session": "button", ".bc-past": ".bc-past__day", ".bc-review": "input"}
# A key that could begin a longer command is done a second later.
_NOTE_COMMANDS = """() => {
  window.__ran = [];
  window.jupyterapp.commands.commandExecuted.connect((_, { id }) => window.__ran.push(id));
}"""
_FOCUSABLE = "button, input, select, textarea, summary, a[href], [tabindex], label, section"
_PRESS_ALL = """(root, [focusable, only]) => {
  const { commands } = window.jupyterapp;
  const isChord = (key) => /^(Ctrl|Accel|Meta|Cmd|Alt|Escape)/.test(key);
  const bindings = commands.keyBindings.filter(({ keys }) =>
    only.length ? only.includes(keys.join(" ")) : !keys.some(isChord));
  const named = { "Arrow Up": "ArrowUp", "Arrow Down": "ArrowDown", "Arrow Left": "ArrowLeft",
    "Arrow Right": "ArrowRight", "Page Up": "PageUp", "Page Down": "PageDown", Space: " " };
  const codes = { Enter: 13, Tab: 9, Backspace: 8, Delete: 46, ArrowUp: 38, ArrowDown: 40,
    ArrowLeft: 37, ArrowRight: 39, PageUp: 33, PageDown: 34, Home: 36, End: 35, " ": 32,
    ";": 186, "=": 187, ",": 188, "-": 189, ".": 190, "/": 191, "`": 192, "[": 219, "\\\\": 220,
    "]": 221, "'": 222 };
  const unknown = new Set();
  const taken = [];
  function press(part, name) {
    const shiftKey = name.startsWith("Shift ");
    const bare = shiftKey ? name.slice(6) : name;
    const key = named[bare] ?? (bare.length > 1 || shiftKey ? bare : bare.toLowerCase());
    const code = codes[key] ?? (/^F\\d+$/.test(key) ? 111 + Number(key.slice(1)) : undefined);
    const keyCode = code ?? (/^[A-Z0-9]$/i.test(key) ? key.toUpperCase().charCodeAt(0) : 0);
    if (!keyCode) unknown.add(name);
    const how = { key, keyCode, shiftKey, bubbles: true, cancelable: true, composed: true };
    const event = new KeyboardEvent("keydown", how);
    part.dispatchEvent(event);
    if (event.defaultPrevented) taken.push(`${name} on ${part.outerHTML.slice(0, 60)}`);
  }
  const parts = [root, ...root.querySelectorAll(focusable)];
  for (const part of parts) {
    part.focus();
    for (const { keys } of bindings) for (const key of keys) press(part, key);
  }
  return { keys: bindings.map(({ keys }) => keys.join(" ")), taken, parts: parts.length,
    unknown: [...unknown] };
}"""


def _press(place: Locator, *only: str) -> dict[str, Any]:
    """Press single-key commands of the host, or `only` these, on every part of a place.

    Return the `keys`, how many `parts` there were, which keys were `taken` where, and the keys that
    are `unknown` here.
    """
    return place.evaluate(_PRESS_ALL, [_FOCUSABLE, list(only)])


def expect_no_key_to_do_anything(book: Workbook) -> int:
    """Press every single-key command of the host on every part of the screens in cells 1 to 3.

    Return how many presses there were.
    """
    n = 0
    book.page.evaluate(_NOTE_COMMANDS)
    for cell, (name, inside) in enumerate(_SCREENS.items(), start=1):
        screen = book.cell(cell).locator(name)
        expect(screen.locator(inside).first).to_be_attached()
        pressed = _press(screen)
        assert {"D D", "0 0", "I I", "M", "Enter"} <= set(pressed["keys"])
        assert (pressed["taken"], pressed["unknown"]) == ([], [])
        n += pressed["parts"] * len(pressed["keys"])
    # What a host was given above it would have done before this.
    assert _press(book.cell(1), "K")["taken"], "this host hears no such key at all"
    ran = until(lambda: book.page.evaluate("window.__ran"), "this host does nothing with a key")
    assert set(ran) == {"notebook:move-cursor-up"}, ran
    return n
