// The figure alone in a page, on a timer that the test sets: tests/browser/test_figure.py.

import { signal } from "@preact/signals";
import { render } from "preact";

import { Figure, type Scene } from "../src/session/figure/Figure.tsx";
import { fresh, type Stretch, type TimerState } from "../src/session/timer/clock.ts";
import { guardKeys } from "../src/shared/keys.ts";
import "../src/shared/theme.css";

const state = signal<TimerState>(fresh([], { mono: 0, wall: 0 }));

/** Show the figure before the start of a set, in a page with nothing else; return what ends it. */
export function open(scene: Scene, stretches: readonly Stretch[]): () => void {
  state.value = fresh(stretches, { mono: 0, wall: 0 });
  const root = document.createElement("div");
  document.body.replaceChildren(root);
  const unguard = guardKeys(root);
  render(<Figure scene={scene} state={state} />, root);
  return () => {
    unguard();
    render(null, root);
  };
}

/** Change the timer. */
export function set(change: Partial<TimerState>): void {
  state.value = { ...state.value, ...change };
}
