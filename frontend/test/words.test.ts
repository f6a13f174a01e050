// What the timer says of a state, and of the sets of the day.

import assert from "node:assert/strict";
import { test } from "node:test";

import type { Tally } from "../src/session/ops.ts";
import { fresh, type Gap, type Status, type TimerState } from "../src/session/timer/clock.ts";
import { setsLine, wordsOf } from "../src/session/timer/words.ts";
import { lastOf, START, stretch, ticks } from "./sets.ts";

const ABOUT = {
  getting_in: "Sit on the edge of the bed.",
  getting_out: "Roll onto one side.",
  words: { language: "en-GB", get_ready: "Get ready", finished: "Well done.", paused: "Paused." },
};
const STRETCHES = [
  { ...stretch("move", "right", 4, 1), cue: "Bend" },
  { ...stretch("hold", "right", null, 1, 30), cue: "Hold" },
];
const stateOf = (change: Partial<TimerState>): TimerState => ({
  ...fresh(STRETCHES, { mono: 0, wall: 0 }),
  ...change,
});

const STATES: [Status, index: number, headline: string, primary: string][] = [
  ["ready", 0, "Ready when you are", "Start"],
  ["running", 0, "Bend", "Pause"],
  ["running", 1, "Hold", "I am ready: go on"],
  ["paused", 0, "Paused", "Resume"],
  ["asleep", 0, "The computer slept, about 40 minutes", "Go on from here"],
  ["finished", 1, "Well done.", "Another set"],
  ["stopped", 0, "Stopped", "Another set"],
  ["stopped_for_pain", 0, "Stopped because it hurt", "Another set"],
];
for (const [status, index, headline, primary] of STATES)
  test(`every status has its words and one main button: ${status}, stretch ${index}`, () => {
    const done = [true, index > 0];
    const state = stateOf({ status, index, gap: "slept", gapMs: 2_400_000, done });
    const words = wordsOf(state, ABOUT);
    assert.deepEqual([words.headline, words.primary], [headline, primary]);
    assert.equal(words.next, status === "running" && index === 0 ? "Next: Hold" : "");
    const hasEnded = status === "finished" || status === "stopped";
    assert.equal(words.detail.includes(ABOUT.getting_out), hasEnded);
  });

const GAPS: [Gap, ms: number, headline: string][] = [
  ["slept", 2_400_000, "The computer slept, about 40 minutes"],
  ["stood still", 2_400_000, "The page stood still, about 40 minutes"],
  ["stood still", 11_000, "The page stood still, 11 seconds"],
  ["slept", 89_999, "The computer slept, 90 seconds"],
  ["slept", 90_000, "The computer slept, about 2 minutes"],
  ["slept", 86_400_000, "The computer slept, about 24 hours"],
  ["clock moved", 1000, "The computer's clock was moved"],
  ["left", 60_000, "This set was left unfinished"],
];
for (const [gap, gapMs, headline] of GAPS)
  test(`fault 49: a set that paused itself says what was seen: ${gap}, ${gapMs} ms`, () => {
    const words = wordsOf(stateOf({ status: "asleep", gap, gapMs }), ABOUT);
    assert.equal(words.headline, headline);
    assert.ok(words.detail.startsWith("Nothing was counted meanwhile."));
  });

test("while getting ready the way into position is shown", () => {
  const stretches = [{ ...stretch("prepare", "centre", 10, 0), cue: "Get ready" }, ...STRETCHES];
  const words = wordsOf(lastOf(stretches, START), ABOUT);
  assert.deepEqual([words.headline, words.detail], ["Get ready", ABOUT.getting_in]);
  assert.equal(wordsOf(lastOf(stretches, START, ...ticks(10)), ABOUT).detail, "");
});

test("an end of which nothing was done promises nothing", () => {
  const nothing = { done: [false, false] };
  const skipped = wordsOf(stateOf({ status: "finished", ...nothing }), ABOUT);
  assert.deepEqual(
    [skipped.headline, skipped.detail],
    ["The end of the set", "Everything was skipped, so nothing was counted."],
  );
  const stopped = wordsOf(stateOf({ status: "stopped", ...nothing }), ABOUT);
  assert.ok(stopped.detail.startsWith("Nothing was counted. "));
  const partly = wordsOf(stateOf({ status: "stopped", done: [true, false] }), ABOUT);
  assert.ok(partly.detail.startsWith("What you did is counted. "));
});

const tally = (goal: number | null, whole: number, stopped_for_pain: number, left: number) => ({
  ...{ goal, whole, stopped_for_pain, left },
});
const LINES: [what: string, Tally | null, hasEnded: boolean, line: string][] = [
  ["nothing done", tally(3, 0, 0, 3), false, "Set 1 of 3 today"],
  ["1.4 sets done", tally(3, 1, 0, 2), false, "Set 2 of 3 today"],
  ["1.4 sets done, ended", tally(3, 1, 0, 2), true, "1 of 3 sets today"],
  ["all done", tally(3, 3, 0, 0), true, "3 of 3 sets today"],
  ["more than all done", tally(3, 4, 0, 0), true, "3 of 3 sets today"],
  ["one more to come", tally(3, 3, 0, 0), false, "Today's sets are done; this is one more"],
  ["no dose", tally(null, 2, 0, 0), false, "No daily goal"],
  ["no dose, ended", tally(null, 2, 0, 0), true, "No daily goal"],
  ["a day of rest", tally(0, 0, 0, 0), false, "Nothing is due today"],
  ["a day of rest, ended", tally(0, 1, 0, 0), true, "Nothing is due today"],
  [
    ...(["one done, one stopped after 2 of 5", tally(3, 1, 1, 1), true] as const),
    "1 of 3 sets today, 1 stopped for pain. 1 left, if you feel like it",
  ],
  ["case P2", tally(3, 3, 1, 0), true, "3 of 3 sets today, 1 stopped for pain"],
  ["after case P2", tally(3, 3, 1, 0), false, "Today's sets are done; this is one more"],
  ["after one stopped for pain", tally(3, 0, 1, 2), false, "Set 2 of 3 today"],
  ["not known", null, false, ""],
  ["not known, ended", null, true, ""],
];
for (const [what, known, hasEnded, line] of LINES)
  test(`the sets of the day are worded without blame: ${what}`, () => {
    assert.equal(setsLine(known, hasEnded), line);
  });
