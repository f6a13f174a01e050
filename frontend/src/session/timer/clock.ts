// The timer's clock: a pure state machine over two clocks. Time is read, never counted.
// Times are milliseconds; `now` is read from performance.now and Date.now.

/** Wall and monotonic clock apart by more than this: the machine slept, or a clock was set. */
export const APART_MS = 2000;
/** No tick for longer than this: frozen or asleep. The worker ticks every second otherwise. */
export const GAP_MS = 10000;
/** Back within this time of a stretch's start goes to the one before it. */
export const BACK_MS = 2000;

export interface Clocks {
  mono: number;
  wall: number;
}

export type Side = "right" | "left" | "centre";

/** One stretch of a set, as `timeline.Stretch` in Python. */
export interface Stretch {
  kind: "prepare" | "move" | "hold";
  cue: string;
  pose: string;
  side: Side;
  /** null: a hold that the person ends, or that goes on after `longest_s`. */
  duration_s: number | null;
  longest_s: number | null;
  /** 0 before the first repetition and after the last. */
  repetition: number;
  say: string;
}

export type Status =
  "ready" | "running" | "paused" | "asleep" | "finished" | "stopped" | "stopped_for_pain";

/** Why a set is asleep: what the clocks show of it, or that its page was left. */
export type Gap = "slept" | "stood still" | "clock moved" | "left";

export interface TimerState {
  status: Status;
  stretches: readonly Stretch[];
  index: number;
  /** Of the monotonic clock, when the shown stretch began, pauses left out. */
  since: number;
  pausedAt: number | null;
  seen: Clocks;
  startedWall: number;
  activeMs: number;
  gap: Gap;
  gapMs: number;
  done: readonly boolean[];
  id: string;
}

export interface OwnTimes {
  get_ready_s?: number;
  hold_s?: number;
  extra_move_s?: number;
  open_hold_s?: number;
}

/** What a set that is kept in the browser holds, to be taken up again. */
export interface LeftSet {
  id: string;
  index: number;
  done: readonly boolean[];
  activeMs: number;
  startedWall: number;
  elapsedMs: number;
  seenWall: number;
}

export type TimerEvent =
  | { type: "tick" | "pause" | "resume" | "next" | "skip" | "back" | "stop" | "hurts" | "again" }
  /** "I finished the set while the machine slept." */
  | { type: "claim" }
  | { type: "start"; id: string }
  | { type: "adjust"; stretches: readonly Stretch[] }
  | { type: "take"; left: LeftSet };

export const isUnderWay = ({ status }: TimerState): boolean =>
  status === "running" || status === "paused" || status === "asleep";

export const hasEnded = ({ status }: TimerState): boolean =>
  status === "finished" || status === "stopped" || status === "stopped_for_pain";

/** Return the stretches with the person's own times. */
export function adjusted(stretches: readonly Stretch[], times: OwnTimes): Stretch[] {
  const { get_ready_s, hold_s, extra_move_s = 0, open_hold_s } = times;
  return stretches.map((stretch) => {
    const { duration_s } = stretch;
    const own = {
      prepare: get_ready_s ?? duration_s,
      move: duration_s === null ? null : duration_s + extra_move_s,
      hold: duration_s === null ? null : (hold_s ?? duration_s),
    };
    const longest_s = stretch.longest_s && (open_hold_s ?? stretch.longest_s);
    return { ...stretch, duration_s: own[stretch.kind], longest_s };
  });
}

/** Return a set that has not been started. */
export function fresh(stretches: readonly Stretch[], now: Clocks): TimerState {
  return {
    status: "ready",
    stretches,
    index: 0,
    since: now.mono,
    pausedAt: null,
    seen: now,
    startedWall: now.wall,
    activeMs: 0,
    gap: "stood still",
    gapMs: 0,
    done: stretches.map(() => false),
    id: "",
  };
}

/** Return the stretch that is shown. */
export function shown(state: TimerState): Stretch {
  return state.stretches[state.index]!;
}

/** Return whether the shown stretch is a hold that the person ends. */
export const isOpen = (state: TimerState): boolean => shown(state).duration_s === null;

/** Return the time after which the shown stretch goes on by itself. */
function durationMs(state: TimerState): number {
  const { duration_s, longest_s } = shown(state);
  return 1000 * (duration_s ?? longest_s ?? Infinity);
}

/** Return the milliseconds since the shown stretch began, pauses left out. */
export function elapsedMs(state: TimerState, now: Clocks): number {
  return (state.status === "running" ? now.mono : (state.pausedAt ?? state.since)) - state.since;
}

/** Return the milliseconds until the shown stretch goes on by itself. */
export function remainingMs(state: TimerState, now: Clocks): number {
  return durationMs(state) - elapsedMs(state, now);
}

/** Return the milliseconds to the next moment at which something on the page changes. */
export function nextWakeMs(state: TimerState, now: Clocks): number {
  const left = remainingMs(state, now);
  return left % 1000 || Math.min(left, 1000);
}

/** Return how many repetitions ran to their end; one with a skipped stretch is not done. */
export function repetitionsDone(state: TimerState): number {
  const whole = new Map<number, boolean>();
  state.stretches.forEach(({ repetition }, i) => {
    if (repetition > 0) whole.set(repetition, (whole.get(repetition) ?? true) && state.done[i]!);
  });
  return [...whole.values()].filter(Boolean).length;
}

/** Return whether any part of a repetition was done. */
export function hasBegun(state: TimerState): boolean {
  return state.stretches.some(({ repetition }, i) => repetition > 0 && state.done[i]);
}

const withDone = (state: TimerState, from: number, to: number, value: boolean): boolean[] =>
  state.done.map((was, i) => (i >= from && i < to ? value : was));

function goTo(state: TimerState, index: number, now: Clocks): TimerState {
  if (index >= state.stretches.length) return { ...state, status: "finished", pausedAt: null };
  const pausedAt = state.pausedAt === null ? null : now.mono;
  return { ...state, index, since: now.mono, pausedAt };
}

/** Return what two clocks show of a time in which nothing ran. */
function gapOf(monoMs: number, wallMs: number): Gap {
  if (Math.abs(wallMs - monoMs) <= APART_MS) return "stood still";
  // A machine asleep halts the monotonic clock; one set forward looks the same for a short while.
  return wallMs > monoMs ? "slept" : "clock moved";
}

/** Let time pass up to `now`: on to the due stretch, or asleep if it went by unseen. */
function passTime(state: TimerState, now: Clocks): TimerState {
  if (state.status !== "running") return { ...state, seen: now };
  const monoMs = now.mono - state.seen.mono;
  const wallMs = now.wall - state.seen.wall;
  // Frozen where it was last seen: nothing that was not seen is counted as done.
  const asleep: TimerState = {
    ...state,
    status: "asleep",
    pausedAt: state.seen.mono,
    gap: gapOf(monoMs, wallMs),
    gapMs: Math.max(monoMs, wallMs),
    seen: now,
  };
  if (monoMs > GAP_MS || Math.abs(wallMs - monoMs) > APART_MS) return asleep;
  let next: TimerState = { ...state, seen: now };
  if (shown(state).kind !== "prepare") next.activeMs += monoMs;
  for (let crossed = 0; remainingMs(next, now) <= 0; crossed += 1) {
    if (crossed === 1) return asleep;
    next.done = withDone(next, next.index, next.index + 1, true);
    if (next.index + 1 === next.stretches.length) return { ...next, status: "finished" };
    next = { ...next, since: next.since + durationMs(next), index: next.index + 1 };
  }
  return next;
}

/** Return the set that was left, as after a sleep: where it was last seen, nothing counted since. */
function takenUp(left: LeftSet, stretches: readonly Stretch[], now: Clocks): TimerState {
  const { id, index, done, activeMs, startedWall } = left;
  return {
    ...fresh(stretches, now),
    ...{ id, index, done, activeMs, startedWall },
    status: "asleep",
    since: now.mono - left.elapsedMs,
    pausedAt: now.mono,
    gap: "left",
    gapMs: now.wall - left.seenWall,
  };
}

/** Return the state after an event; an event that does not fit the state changes nothing. */
export function step(before: TimerState, event: TimerEvent, now: Clocks): TimerState {
  const state = passTime(before, now);
  const { status, index } = state;
  switch (event.type) {
    case "tick":
      return state;
    case "start":
      if (status !== "ready") return state;
      return { ...fresh(state.stretches, now), status: "running", id: event.id };
    case "pause":
      return status === "running" ? { ...state, status: "paused", pausedAt: now.mono } : state;
    case "resume":
      if (state.pausedAt === null || !isUnderWay(state)) return state;
      return {
        ...state,
        status: "running",
        since: state.since + now.mono - state.pausedAt,
        pausedAt: null,
      };
    case "next":
      if (status !== "running" || !isOpen(state)) return state;
      return goTo({ ...state, done: withDone(state, index, index + 1, true) }, index + 1, now);
    case "skip":
      return isUnderWay(state) ? goTo(state, index + 1, now) : state;
    case "back": {
      if (!isUnderWay(state)) return state;
      const to = elapsedMs(state, now) < BACK_MS ? Math.max(0, index - 1) : index;
      return goTo({ ...state, done: withDone(state, to, Infinity, false) }, to, now);
    }
    case "stop":
    case "hurts": {
      if (!isUnderWay(state)) return state;
      const repetitions = Math.max(...state.stretches.map(({ repetition }) => repetition));
      const ended = repetitionsDone(state) === repetitions ? "finished" : "stopped";
      return { ...state, status: event.type === "hurts" ? "stopped_for_pain" : ended };
    }
    case "claim":
      return status === "asleep"
        ? { ...state, status: "finished", done: withDone(state, index, Infinity, true) }
        : state;
    case "adjust":
      return { ...state, stretches: event.stretches };
    case "take":
      return status === "ready" ? takenUp(event.left, state.stretches, now) : state;
    case "again":
      return hasEnded(state) ? fresh(state.stretches, now) : state;
  }
}
