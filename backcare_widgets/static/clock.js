// The timer's clock: a pure state machine over two clocks. Time is read, never counted.
// Times are milliseconds; `now` is {mono, wall}, read from performance.now and Date.now.

/** Wall and monotonic clock apart by more than this: the machine slept, or a clock was set. */
export const APART_MS = 2000;
/** No tick for longer than this: frozen or asleep. The worker ticks every second otherwise. */
export const GAP_MS = 10000;
/** Back within this time of a stretch's start goes to the one before it. */
export const BACK_MS = 2000;

const ENDED = ["finished", "stopped", "stopped_for_pain"];

/** The stretches with the person's own times; the same as `timeline.expand` gives for them. */
export function adjusted(stretches, { get_ready_s, hold_s, extra_move_s = 0, open_hold_s }) {
  return stretches.map((stretch) => {
    const own = {
      prepare: get_ready_s ?? stretch.duration_s,
      move: stretch.duration_s + extra_move_s,
      hold: stretch.duration_s === null ? null : (hold_s ?? stretch.duration_s),
    };
    const longest_s = stretch.longest_s && (open_hold_s ?? stretch.longest_s);
    return { ...stretch, duration_s: own[stretch.kind], longest_s };
  });
}

/** A set that has not been started. */
export function fresh(stretches, now) {
  return {
    status: "ready",
    stretches,
    index: 0,
    since: now.mono,
    pausedAt: null,
    seen: now,
    startedWall: null,
    activeMs: 0,
    gapMs: 0,
    done: stretches.map(() => false),
    id: null,
    known: {}, // what else its entry says: the pain before it
    left: false, // taken up after its page was left
  };
}

/** Whether the shown stretch is a hold that the person ends. */
export const isOpen = (state) => state.stretches[state.index].duration_s === null;

/** The time after which the shown stretch goes on by itself. */
const durationMs = (state) => {
  const { duration_s, longest_s } = state.stretches[state.index];
  return 1000 * (duration_s ?? longest_s);
};

/** Milliseconds since the shown stretch began, pauses left out. */
export function elapsedMs(state, now) {
  return (state.status === "running" ? now.mono : (state.pausedAt ?? state.since)) - state.since;
}

/** Milliseconds until the shown stretch goes on by itself. */
export function remainingMs(state, now) {
  return durationMs(state) - elapsedMs(state, now);
}

/** Milliseconds to the next moment at which something on the page changes. */
export function nextWakeMs(state, now) {
  const left = remainingMs(state, now);
  return left % 1000 || Math.min(left, 1000);
}

/** Repetitions of which every stretch ran to its end; one with a skipped stretch is not done. */
export function repetitionsDone(state) {
  const whole = new Map();
  state.stretches.forEach(({ repetition }, i) => {
    if (repetition > 0) whole.set(repetition, (whole.get(repetition) ?? true) && state.done[i]);
  });
  return [...whole.values()].filter(Boolean).length;
}

const withDone = (state, from, to, value) =>
  state.done.map((was, i) => (i >= from && i < to ? value : was));

function goTo(state, index, now) {
  if (index >= state.stretches.length) return { ...state, status: "finished", pausedAt: null };
  const pausedAt = state.pausedAt === null ? null : now.mono;
  return { ...state, index, since: now.mono, pausedAt };
}

/** Let time pass up to `now`: on to the due stretch, or asleep if it went by unseen. */
function passTime(state, now) {
  if (state.status !== "running") return { ...state, seen: now };
  const gap = now.mono - state.seen.mono;
  const wallGap = now.wall - state.seen.wall;
  // Frozen where it was last seen: nothing that was not seen is counted as done.
  const asleep = {
    ...state,
    status: "asleep",
    pausedAt: state.seen.mono,
    gapMs: Math.max(gap, wallGap),
    seen: now,
  };
  if (gap > GAP_MS || Math.abs(wallGap - gap) > APART_MS) return asleep;
  let next = { ...state, seen: now };
  if (state.stretches[state.index].kind !== "prepare") next.activeMs += gap;
  for (let crossed = 0; remainingMs(next, now) <= 0; crossed += 1) {
    if (crossed === 1) return asleep;
    next.done = withDone(next, next.index, next.index + 1, true);
    if (next.index + 1 === next.stretches.length) return { ...next, status: "finished" };
    next = { ...next, since: next.since + durationMs(next), index: next.index + 1 };
  }
  return next;
}

/**
 * The state after an event; an event that does not fit the state changes nothing.
 * @param event {type}: tick, start (with id), pause, resume, next, skip, back, stop, hurts,
 *   claim ("I finished it while the machine slept"), again, adjust (with stretches),
 *   take (with what `keptOf` gave, to take that set up)
 */
export function step(before, event, now) {
  const state = passTime(before, now);
  const { status, index } = state;
  const under = ["running", "paused", "asleep"].includes(status);
  switch (event.type) {
    case "start":
      if (status !== "ready") return state;
      return {
        ...fresh(state.stretches, now),
        status: "running",
        startedWall: now.wall,
        id: event.id,
      };
    case "pause":
      return status === "running" ? { ...state, status: "paused", pausedAt: now.mono } : state;
    case "resume": {
      if (status !== "paused" && status !== "asleep") return state;
      return {
        ...state,
        status: "running",
        since: state.since + now.mono - state.pausedAt,
        pausedAt: null,
      };
    }
    case "next":
      if (status !== "running" || !isOpen(state)) return state;
      return goTo({ ...state, done: withDone(state, index, index + 1, true) }, index + 1, now);
    case "skip":
      return under ? goTo(state, index + 1, now) : state;
    case "back": {
      if (!under) return state;
      const to = elapsedMs(state, now) < BACK_MS ? Math.max(0, index - 1) : index;
      return goTo({ ...state, done: withDone(state, to, Infinity, false) }, to, now);
    }
    case "stop":
    case "hurts": {
      if (!under) return state;
      const whole =
        repetitionsDone(state) === state.stretches.reduce((n, s) => Math.max(n, s.repetition), 0);
      return {
        ...state,
        status: event.type === "hurts" ? "stopped_for_pain" : whole ? "finished" : "stopped",
      };
    }
    case "claim":
      return status === "asleep"
        ? { ...state, status: "finished", done: withDone(state, index, Infinity, true) }
        : state;
    case "adjust": {
      return { ...state, stretches: event.stretches };
    }
    case "take":
      return status === "ready" ? takenUp(event.kept, state.stretches, now) : state;
    case "again":
      return ENDED.includes(status) ? fresh(state.stretches, now) : state;
    default:
      return state;
  }
}

/** Whether any part of a repetition was done. */
export function hasBegun(state) {
  return state.stretches.some(({ repetition }, i) => repetition > 0 && state.done[i]);
}

/** What the log gets of an ended set, or null where nothing was done and nothing hurt. */
export function entryOf(state, about) {
  if (!ENDED.includes(state.status) || !(hasBegun(state) || state.status === "stopped_for_pain"))
    return null;
  return {
    ...state.known,
    entry_id: state.id,
    exercise_id: about.exercise_id,
    ...moment(state.startedWall),
    duration_s: Math.round(state.activeMs / 100) / 10,
    repetitions_done: repetitionsDone(state),
    repetitions_prescribed: about.repetitions,
    outcome: state.status === "finished" ? "done" : state.status,
    source: "timer",
  };
}

/**
 * What to keep of a set under way, so that a page loaded anew can take it up; `entry` is what the
 * log gets if nobody does, or null.
 */
export function keptOf(state, about, now) {
  const { id, index, done, activeMs, startedWall } = state;
  return {
    ...{ id, index, done, activeMs, startedWall },
    exercise_id: about.exercise_id,
    elapsedMs: elapsedMs(state, now),
    seenWall: now.wall,
    entry: entryOf({ ...state, status: "stopped" }, about),
  };
}

/** The set that was kept, as after a sleep: where it was last seen, and nothing counted since. */
function takenUp(kept, stretches, now) {
  const { id, index, done, activeMs, startedWall } = kept;
  return {
    ...fresh(stretches, now),
    ...{ id, index, done, activeMs, startedWall },
    status: "asleep",
    since: now.mono - kept.elapsedMs,
    pausedAt: now.mono,
    gapMs: now.wall - kept.seenWall,
    known: kept.known,
    left: true,
  };
}
