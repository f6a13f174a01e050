// Sets to run the clock over, and the states that a journey through one gives.

import {
  fresh,
  remainingMs,
  repetitionsDone,
  step,
  type Side,
  type Stretch,
  type TimerEvent,
  type TimerState,
} from "../src/session/timer/clock.ts";

export function stretch(
  kind: Stretch["kind"],
  side: Side,
  duration_s: number | null,
  repetition: number,
  longest_s: number | null = null,
): Stretch {
  const cue = `${kind} ${side}`;
  return { kind, cue, pose: side, side, duration_s, longest_s, repetition, say: cue };
}

/** Ten seconds to get ready, then two repetitions of a movement and a hold, then out again. */
export const SET = [
  stretch("prepare", "centre", 10, 0),
  stretch("move", "right", 4, 1),
  stretch("hold", "right", 5, 1),
  stretch("move", "left", 4, 2),
  stretch("hold", "left", 5, 2),
  stretch("move", "centre", 8, 0),
];
export const OPEN = [
  stretch("prepare", "centre", 1, 0),
  stretch("hold", "right", null, 1, 30),
  stretch("move", "centre", 5, 1),
];

export interface Seen extends TimerState {
  left: number;
  whole: number;
}

/** The name of an event that brings nothing with it. */
type Plain = Exclude<TimerEvent["type"], "start" | "adjust" | "take">;
/** An event, and both clocks in milliseconds; the wall clock as the other where it is left out. */
export type At = [event: TimerEvent | Plain, monoMs: number, wallMs?: number];

export const START: At = [{ type: "start", id: "one" }, 0];

export const ticks = (...seconds: number[]): At[] => seconds.map((s) => ["tick", 1000 * s]);

/** Return the whole numbers from `first` to `last`. */
export const range = (first: number, last: number) =>
  Array.from({ length: last - first + 1 }, (_, i) => first + i);

/** Return the state after each event of a set that is not started yet. */
export function walk(stretches: readonly Stretch[], events: readonly At[]): Seen[] {
  let state = fresh(stretches, { mono: 0, wall: 0 });
  return events.map(([event, mono, wall = mono]) => {
    const now = { mono, wall };
    state = step(state, typeof event === "string" ? { type: event } : event, now);
    return { ...state, left: remainingMs(state, now), whole: repetitionsDone(state) };
  });
}

/** Return the last state of a journey. */
export const lastOf = (stretches: readonly Stretch[], ...events: At[]): Seen =>
  walk(stretches, events).at(-1)!;
