// Which pose the figure shows: how far a movement has come, and where it rests.

import assert from "node:assert/strict";
import { test } from "node:test";

import { progress, wayNow } from "../src/session/figure/scene.ts";
import { between } from "../src/session/figure/skeleton.ts";
import { fresh, type Status, type Stretch, type TimerState } from "../src/session/timer/clock.ts";

const stretch = (kind: Stretch["kind"], duration_s: number | null): Stretch => ({
  kind,
  cue: "",
  pose: "",
  side: "centre",
  duration_s,
  longest_s: null,
  repetition: 1,
  say: "",
});
const SET = [stretch("prepare", 5), stretch("move", 4), stretch("hold", 4), stretch("move", 4)];
const at = (ms: number) => ({ mono: ms, wall: ms });
const stateOf = (change: Partial<TimerState>): TimerState => ({ ...fresh(SET, at(0)), ...change });

const CASES: [Partial<TimerState>, now: number, share: number][] = [
  [{ status: "running", index: 3, since: 1000 }, 2000, 0.25],
  [{ status: "running", index: 3, since: 1000 }, 9000, 1],
  [{ status: "running", index: 3, since: 1000 }, 0, 0],
  [{ status: "paused", index: 3, since: 1000, pausedAt: 3000 }, 9000, 0.5],
  [{ status: "asleep", index: 3, since: 1000, pausedAt: 3000 }, 90000, 0.5],
  [{ status: "running", index: 2, since: 1000 }, 2000, 1],
  [{}, 2000, 1],
];

for (const [change, now, share] of CASES)
  test(`how far a movement is comes from the timer alone: ${JSON.stringify(change)} at ${now}`, () => {
    assert.equal(progress(stateOf(change), at(now)), share);
  });

test("before and after a set the figure rests", () => {
  const ways = [["a"], ["a", "b"], ["b"], ["b", "c"]];
  const shown = (status: Status, index: number) => wayNow(ways, stateOf({ status, index }));
  assert.deepEqual(shown("ready", 1), ["a"]);
  assert.deepEqual(shown("running", 1), ["a", "b"]);
  assert.deepEqual(shown("paused", 1), ["a", "b"]);
  assert.deepEqual(shown("asleep", 1), ["a", "b"]);
  assert.deepEqual(shown("finished", 3), ["c"]);
  assert.deepEqual(shown("stopped", 1), ["a"]);
  assert.deepEqual(shown("stopped_for_pain", 1), ["a"]);
});

test("a movement starts and ends at rest and never overshoots", () => {
  const way = [0, 1, 1, 3].map((v) => ({ x: [v] }));
  const values = Array.from({ length: 301 }, (_, i) => between(way, i / 300).x![0]!);
  assert.deepEqual(
    values,
    values.toSorted((a, b) => a - b),
  );
  for (const [i, value] of [
    [0, 0],
    [100, 1],
    [200, 1],
    [300, 3],
  ] as const)
    assert.ok(Math.abs(values[i]! - value) <= 1e-6 * value, `${values[i]} at ${i}`);
  assert.ok(values[1]! < 0.001);
  assert.ok(values[300]! - values[299]! < 0.001);
});
