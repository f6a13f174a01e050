// What the figure is told, and which pose the timer asks of it. Pure.

import { elapsedMs, isUnderWay, shown, type Clocks, type TimerState } from "../timer/clock.ts";
import type { Part } from "./mannequin.ts";
import type { Body, Pose } from "./skeleton.ts";

/** What Python's `scene` gathers of an exercise. */
export interface Scene {
  body: Body;
  parts: readonly Part[];
  ground: readonly Part[];
  /** The poses that occur, by name, and each in words. */
  poses: Readonly<Record<string, Pose>>;
  alt: Readonly<Record<string, string>>;
  steps: readonly { pose: string; text: string }[];
  /** For each stretch the names of the poses it leads through, the last of them its own. */
  ways: readonly (readonly string[])[];
}

/** Return how far the shown movement has come, 0 to 1; 1 for a stretch without movement. */
export function progress(state: TimerState, now: Clocks): number {
  const { kind, duration_s } = shown(state);
  if (kind !== "move" || duration_s === null) return 1;
  return Math.min(1, Math.max(0, elapsedMs(state, now) / (1000 * duration_s)));
}

/** Return the way through poses that is shown: the stretch's own during a set, else the rest. */
export function wayNow(ways: Scene["ways"], state: TimerState): readonly string[] {
  if (isUnderWay(state)) return ways[state.index] ?? ways[0]!;
  return ways.at(state.status === "finished" ? -1 : 0)!.slice(-1);
}
