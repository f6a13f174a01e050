// What is counted aloud, that it is the same in every repetition, and that there is time for it.

import type { Stretch } from "../timer/clock.ts";

/** A stretch shorter than this leaves no time for its cue and a count after it. */
const SHORTEST_S = { prepare: 5, hold: 4, move: Infinity };
const LAST = { prepare: 3, hold: 2, move: 0 };

/**
 * How long the voice takes for a character. espeak-ng takes 48 to 62 ms at its usual speed for the
 * sentences of the programme, so at most 73 ms at our rate of 0.85.
 */
const CHARACTER_MS = 75;

type Counted = Pick<Stretch, "kind" | "duration_s">;

/** Return what is counted with `left` seconds to go, at the end of getting ready or a long hold. */
export function countAloud({ kind, duration_s }: Counted, left: number): string {
  if (duration_s === null || duration_s < SHORTEST_S[kind]) return "";
  return left >= 1 && left <= LAST[kind] ? String(left) : "";
}

/**
 * Return what is said as a stretch begins, or is gone on with, with so much time left. Where the
 * way into position would take up the time of the count, only the cue is said.
 */
export function sayingOf(
  { kind, cue, say }: Pick<Stretch, "kind" | "cue" | "say">,
  leftMs: number,
): string {
  const neededMs = CHARACTER_MS * say.length + 1000 * LAST.prepare;
  return kind === "prepare" && leftMs < neededMs ? cue : say;
}

/**
 * Return a function that decides whether a number is said: as it was decided when it first came up
 * in this set, when nothing was to be cut short for it. A count of three is said whole or not.
 */
export function openCounts(): (kind: Stretch["kind"], count: string, isFree: boolean) => boolean {
  const decided = new Map<string, boolean>();
  return (kind, count, isFree) => {
    const which = kind === "prepare" ? kind : count;
    const isSaid = decided.get(which) ?? isFree;
    decided.set(which, isSaid);
    return isSaid;
  };
}
