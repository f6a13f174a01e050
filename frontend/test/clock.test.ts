// The clock of the timer: time is read and never counted.

import assert from "node:assert/strict";
import { test } from "node:test";

import { adjusted, type Stretch, type TimerEvent } from "../src/session/timer/clock.ts";
import { entryOf } from "../src/session/timer/entry.ts";
import { randomOf, SEED } from "./random.ts";
import { lastOf, OPEN, range, SET, START, stretch, ticks, walk, type At } from "./sets.ts";

const ABOUT = { exercise_id: "lying-down", repetitions: 2 };

const isNear = (value: number, wanted: number, why?: string) =>
  assert.ok(Math.abs(value - wanted) < 1e-3, `${value} is not ${wanted} ${why ?? ""}`);

test("a set runs through every stretch and is one entry", () => {
  const states = walk(SET, [START, ...ticks(...range(1, 36))]);
  const times = (n: number, value: number) => Array<number>(n).fill(value);
  assert.deepEqual(
    states.map(({ index }) => index),
    [times(10, 0), times(4, 1), times(5, 2), times(4, 3), times(5, 4), times(9, 5)].flat(),
  );
  assert.deepEqual(
    states.map(({ status }) => status),
    [...Array<string>(36).fill("running"), "finished"],
  );
  assert.deepEqual(
    states.map(({ whole }) => whole),
    [times(19, 0), times(9, 1), times(9, 2)].flat(),
  );
  const entry = entryOf(states.at(-1)!, ABOUT, null)!;
  assert.equal(entry.entry_id, "one");
  assert.equal(entry.exercise_id, "lying-down");
  assert.equal(entry.outcome, "done");
  assert.deepEqual([entry.repetitions_done, entry.repetitions_prescribed], [2, 2]);
  assert.equal(entry.duration_s, 26); // the time to get ready is no exercise
  assert.equal(entry.started_at, "1970-01-01T00:00:00.000Z");
  assert.equal(entry.source, "timer");
  assert.ok(!("pain_before" in entry));
  assert.equal(entryOf(states.at(-1)!, ABOUT, 0)!.pain_before, 0);
});

test(`fault 33: sparse ticks show the same as dense ones (seed ${SEED})`, () => {
  // As long as no stretch goes by unseen, it does not matter when the page wakes up.
  const random = randomOf(SEED);
  for (let round = 0; round < 80; round += 1) {
    const moments: number[] = [];
    for (let n = random.whole(8, 60), now = 0; n > 0; n -= 1)
      moments.push((now += random.whole(1, 3900)));
    const last = moments.at(-1)!;
    const quarters = range(1, Math.ceil(last / 250) - 1).map((n) => 250 * n);
    const both = [...new Set([...moments, ...quarters])].sort((a, b) => a - b);
    const at = (ms: number): At => ["tick", ms];
    const sparse = walk(SET, [START, ...moments.map(at)]).slice(1);
    const dense = walk(SET, [START, ...both.map(at)]).slice(1);
    sparse.forEach((seen, i) => {
      const moment = moments[i]!;
      const other = dense[both.indexOf(moment)]!;
      const where = `round ${round} at ${moment}`;
      for (const key of ["status", "index", "whole", "done"] as const)
        assert.deepEqual(seen[key], other[key], `${key} in ${where}`);
      if (seen.status !== "running") return;
      const endsAt = SET.slice(0, seen.index + 1).reduce((s, each) => s + each.duration_s!, 0);
      isNear(seen.left, 1000 * endsAt - moment, where);
    });
  }
});

for (const seed of [SEED, SEED + 1, SEED + 2])
  test(`fault 33: ten minutes of uneven ticks do not drift (seed ${seed})`, () => {
    const shaky = randomOf(seed);
    const long = range(1, 89).map((n) => stretch("move", "right", 7, n));
    const uneven = range(1, 599).map((n): At => ["tick", 1000 * n + shaky.between(0, 400)]);
    const last = lastOf(long, START, ...uneven, ["tick", 600_000]);
    assert.equal(last.index, Math.floor(600 / 7));
    isNear(last.left, 7000 - (600_000 % 7000));
    isNear(last.activeMs, 600_000);
  });

test("a pause keeps what is left however long it lasts", () => {
  const states = walk(SET, [
    START,
    ...ticks(10, 12),
    ["pause", 12_500],
    ...ticks(13, 5000),
    ["resume", 5_000_000],
    ["tick", 5_001_000],
  ]);
  assert.equal(states[3]!.status, "paused");
  assert.deepEqual(
    states.slice(3).map(({ left }) => left),
    [1500, 1500, 1500, 1500, 500],
  );
  assert.equal(states.at(-1)!.activeMs, 3500); // the pause is no exercise either
});

const UNSEEN: [why: string, monoMs: number, wallMs: number, gap: string, gapMs: number][] = [
  ["the monotonic clock halted while the machine slept", 13_000, 2_413_000, "slept", 2_401_000],
  ["the wall clock was set back", 13_000, 13_000 - 3_600_000, "clock moved", 1000],
  ["both clocks went on while nothing ran", 2_400_000, 2_400_000, "stood still", 2_388_000],
  ["nothing ran for more than ten seconds", 22_001, 22_001, "stood still", 10_001],
  ["a wall clock slewed by less than two seconds meanwhile", 23_000, 24_999, "stood still", 12_999],
];
for (const [why, mono, wall, gap, gapMs] of UNSEEN)
  test(`fault 32: what was not seen is not counted: ${why}`, () => {
    const states = walk(SET, [START, ...ticks(9, 12), ["tick", mono, wall]]);
    const [before, asleep] = states.slice(-2) as [(typeof states)[0], (typeof states)[0]];
    assert.deepEqual([asleep.status, asleep.index, asleep.left], ["asleep", 1, 2000]);
    assert.equal(asleep.activeMs, before.activeMs);
    assert.deepEqual(asleep.done, before.done);
    assert.deepEqual([asleep.gap, asleep.gapMs], [gap, gapMs]); // and is named as what was seen
  });

test("fault 32: a stretch that went by unseen is not counted", () => {
  // Ten seconds may pass between two ticks, but not a whole stretch: here the hold did.
  const states = walk(SET, [START, ...ticks(10, 13.5, 19.5)]);
  assert.deepEqual(
    states.map(({ status }) => status),
    ["running", "running", "running", "asleep"],
  );
  const { index, left, done } = states.at(-1)!;
  assert.deepEqual([index, left], [1, 500]);
  assert.ok(!done.slice(1).some(Boolean));
});

test("fault 49: ten seconds unseen are too many in however long a stretch", () => {
  const long = [stretch("hold", "right", 20, 1)];
  assert.equal(lastOf(long, START, ...ticks(5, 15)).status, "running");
  const { status, gap, gapMs, left } = lastOf(long, START, ...ticks(5, 16));
  assert.deepEqual([status, gap, gapMs, left], ["asleep", "stood still", 11_000, 15_000]);
});

test("clocks two seconds apart are still one time", () => {
  const states = walk(SET, [START, ["tick", 1000, 3000], ["tick", 2000, 2000]]);
  assert.deepEqual(
    states.map(({ status }) => status),
    ["running", "running", "running"],
  );
});

test("fault 32: after sleep the person goes on from there or says that it was finished", () => {
  const slept = [START, ...ticks(9, 12, 900)];
  const on = lastOf(SET, ...slept, ["resume", 950_000]);
  assert.deepEqual([on.status, on.index, on.left], ["running", 1, 2000]);
  const claimed = lastOf(SET, ...slept, ["claim", 950_000]);
  assert.deepEqual([claimed.status, claimed.whole], ["finished", 2]);
  assert.equal(entryOf(claimed, ABOUT, null)!.outcome, "done");
  assert.equal(entryOf(lastOf(SET, ...slept, ["stop", 950_000]), ABOUT, null), null);
});

test("what is skipped is not counted and Back takes it up again", () => {
  const toHold = [START, ...ticks(9, 13, 15)];
  const skipped = lastOf(SET, ...toHold, ["skip", 16_000], ...ticks(19, 23, 28, 36));
  assert.deepEqual([skipped.status, skipped.whole], ["finished", 1]);
  assert.equal(entryOf(skipped, ABOUT, null)!.repetitions_done, 1);
  const back = lastOf(SET, ...toHold, ["skip", 16_000], ["back", 16_500]);
  assert.deepEqual([back.index, back.left, back.done[2]], [2, 5000, false]);
  const again = lastOf(SET, ...toHold, ["back", 17_000]);
  assert.deepEqual([again.index, again.left], [2, 5000]); // after 2 s Back begins the same one anew
  const before = lastOf(SET, ...toHold, ["back", 15_999]);
  assert.deepEqual([before.index, before.left], [1, 4000]); // sooner it goes to the one before
  assert.deepEqual(before.done.slice(0, 3), [true, false, false]);
  const atTwo = lastOf(SET, ...toHold, ["back", 16_000]);
  assert.equal(atTwo.index, 2);
  const first = lastOf(SET, START, ["back", 500]);
  assert.deepEqual([first.index, first.left], [0, 10_000]);
});

test("Back and Skip while paused stay paused", () => {
  const skip: At[] = [START, ["pause", 1000], ["skip", 2000]];
  const states = [
    ...walk(SET, [...skip, ["skip", 3000]]).slice(1),
    ...walk(SET, [...skip, ["back", 9000]]).slice(1),
  ];
  assert.deepEqual([...new Set(states.map(({ status }) => status))], ["paused"]);
  assert.deepEqual(
    states.map(({ index }) => index),
    [0, 1, 2, 0, 1, 0],
  );
  const on = lastOf(SET, ...skip, ["resume", 60_000], ["tick", 61_000]);
  assert.deepEqual([on.status, on.index, on.left], ["running", 1, 3000]);
});

test("an open hold ends when the person says so", () => {
  const held = [START, ...ticks(...range(1, 29))];
  const states = walk(OPEN, [...held, ["next", 29_500], ...ticks(30, 34.5)]);
  assert.deepEqual([...new Set(states.slice(1, 30).map(({ index }) => index))], [1]);
  assert.equal(states[29]!.left, 2000);
  assert.deepEqual([states[30]!.index, states[30]!.done], [2, [true, true, false]]);
  assert.deepEqual([states.at(-1)!.status, states.at(-1)!.whole], ["finished", 1]);
  assert.equal(lastOf(SET, START, ["next", 1000]).index, 0); // it ends nothing that has its time
});

test("an open hold that nobody ends goes on by itself and is done", () => {
  // Both hands are round the shins: no button is within reach.
  const states = walk(OPEN, [START, ...ticks(...range(1, 36))]);
  assert.deepEqual(
    states.map(({ index }) => index),
    [0, ...Array<number>(30).fill(1), ...Array<number>(6).fill(2)],
  );
  assert.deepEqual([states[31]!.done, states[31]!.left], [[true, true, false], 5000]);
  assert.deepEqual([states.at(-1)!.status, states.at(-1)!.whole], ["finished", 1]);
  assert.equal(entryOf(states.at(-1)!, { ...ABOUT, repetitions: 1 }, null)!.outcome, "done");
  const waited: At[] = [START, ...ticks(1, 5), ["pause", 6000], ["resume", 96_000]];
  assert.equal(lastOf(OPEN, ...waited, ["tick", 97_000]).left, 24_000); // a pause takes nothing
});

const ENDS: [untilS: number, end: "stop" | "hurts", outcome: string | null, done?: number][] = [
  [5, "stop", null],
  [13, "stop", null],
  [14, "stop", "stopped", 0],
  [19, "stop", "stopped", 1],
  [29, "stop", "done", 2],
  [5, "hurts", "stopped_for_pain", 0],
  [29, "hurts", "stopped_for_pain", 2],
];
for (const [untilS, end, outcome, done] of ENDS)
  test(`an end is logged as what it was: ${end} after ${untilS} s`, () => {
    // Nothing done and nothing hurt is no entry; all repetitions done is a whole set.
    const ended = lastOf(SET, START, ...ticks(...range(1, untilS)), [end, 1000 * untilS + 500]);
    const entry = entryOf(ended, ABOUT, null);
    assert.equal(entry?.outcome ?? null, outcome);
    assert.equal(entry?.repetitions_done, done);
  });

test("a set of which all was skipped is no entry", () => {
  const last = lastOf(SET, START, ...range(1, 6).map((s): At => ["skip", 1000 * s]));
  assert.equal(last.status, "finished");
  assert.equal(entryOf(last, ABOUT, null), null);
});

const WHILE_RUNNING = ["tick", "pause", "resume", "next", "skip", "back"] as const;
for (const event of [...WHILE_RUNNING, "stop", "hurts", "claim"] as const)
  test(`an event that does not fit changes nothing: ${event}`, () => {
    const ready = lastOf(SET, [event, 1000]);
    assert.deepEqual([ready.status, ready.index], ["ready", 0]);
    const ended = lastOf(SET, START, ["hurts", 500], [event, 1000]);
    assert.deepEqual([ended.status, ended.index], ["stopped_for_pain", 0]);
  });

test("a set is started once, and another one only after its end", () => {
  const second: TimerEvent = { type: "start", id: "two" };
  const twice = lastOf(SET, START, [second, 500]);
  assert.deepEqual([twice.id, twice.since], ["one", 0]);
  const again = lastOf(SET, START, ["hurts", 500], ["again", 900]);
  assert.deepEqual([again.status, again.id, again.done.some(Boolean)], ["ready", "", false]);
});

test("without times of one's own the stretches are those of the programme", () => {
  assert.deepEqual(adjusted(SET, {}), SET);
  assert.deepEqual(adjusted(OPEN, {}), OPEN);
});

test("times of one's own change the stretches of their kind and no other", () => {
  const times = { get_ready_s: 3, hold_s: 20, extra_move_s: 2, open_hold_s: 7 };
  const seconds = (set: readonly Stretch[]) =>
    adjusted(set, times).map(({ duration_s, longest_s }) => longest_s ?? duration_s);
  assert.deepEqual(seconds(SET), [3, 6, 20, 6, 20, 10]);
  assert.deepEqual(seconds(OPEN), [3, 7, 7]);
  assert.deepEqual(
    adjusted(OPEN, times).map(({ duration_s }) => duration_s),
    [3, null, 7], // a hold that the person ends stays one
  );
  const names = (set: readonly Stretch[]) => set.map(({ cue, side, say }) => [cue, side, say]);
  assert.deepEqual(names(adjusted(SET, times)), names(SET));
});
