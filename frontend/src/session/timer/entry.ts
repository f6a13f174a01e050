// What the log gets of a set, and what the browser keeps of one under way.

import { momentOf } from "../../shared/bridge.ts";
import { OLDEST_MS } from "../../shared/set.ts";
import { isNumber, isRecord, isText } from "../../shared/storage.ts";
import type { About } from "../about.ts";
import type { Entry } from "../ops.ts";
import {
  elapsedMs,
  hasBegun,
  hasEnded,
  repetitionsDone,
  type Clocks,
  type LeftSet,
  type TimerState,
} from "./clock.ts";

type Which = Pick<About, "exercise_id" | "repetitions">;

/** Return the entry of an ended set, or null where nothing was done and nothing hurt. */
export function entryOf(state: TimerState, about: Which, painBefore: number | null): Entry | null {
  const { status } = state;
  if (!hasEnded(state) || !(hasBegun(state) || status === "stopped_for_pain")) return null;
  return {
    ...(painBefore !== null && { pain_before: painBefore }),
    entry_id: state.id,
    exercise_id: about.exercise_id,
    ...momentOf(state.startedWall),
    duration_s: Math.round(state.activeMs / 100) / 10,
    repetitions_done: repetitionsDone(state),
    repetitions_prescribed: about.repetitions,
    outcome: status === "stopped" || status === "stopped_for_pain" ? status : "done",
    source: "timer",
  };
}

/** A set under way as this browser keeps it, for a page loaded anew or a cell run again. */
export interface KeptSet extends LeftSet {
  exercise_id: string;
  pain_before: number | null;
  /** What the log gets if nobody takes the set up. */
  entry: Entry | null;
}

export function keptOf(
  state: TimerState,
  about: Which,
  painBefore: number | null,
  now: Clocks,
): KeptSet {
  const { id, index, done, activeMs, startedWall } = state;
  return {
    ...{ id, index, done, activeMs, startedWall },
    exercise_id: about.exercise_id,
    pain_before: painBefore,
    elapsedMs: elapsedMs(state, now),
    seenWall: now.wall,
    entry: entryOf({ ...state, status: "stopped" }, about, painBefore),
  };
}

const LONGEST_MS = 24 * 3600000;
const LATEST_MS = Date.UTC(9999, 0);

const isWithin = (value: unknown, least: number, most: number) =>
  isNumber(value) && value >= least && value <= most;

const isRating = (value: unknown) =>
  value == null || (isNumber(value) && Number.isInteger(value) && value >= 0 && value <= 10);

/** Return whether something is an entry as far as the page relies on it; the kernel checks all. */
export function isEntry(value: unknown): value is Entry {
  return (
    isRecord(value) &&
    isText(value.entry_id) &&
    isText(value.exercise_id) &&
    isText(value.started_at) &&
    isNumber(value.repetitions_done) &&
    isNumber(value.repetitions_prescribed)
  );
}

export function isKeptSet(value: unknown): value is KeptSet {
  if (!isRecord(value)) return false;
  const { done, index, entry } = value;
  return (
    isText(value.id) &&
    isText(value.exercise_id) &&
    Array.isArray(done) &&
    done.every((each) => typeof each === "boolean") &&
    Number.isInteger(index) &&
    done[index as number] !== undefined &&
    [value.activeMs, value.elapsedMs].every((ms) => isWithin(ms, 0, LONGEST_MS)) &&
    [value.startedWall, value.seenWall].every((ms) => isWithin(ms, OLDEST_MS, LATEST_MS)) &&
    isRating(value.pain_before) &&
    (entry === null || isEntry(entry))
  );
}
