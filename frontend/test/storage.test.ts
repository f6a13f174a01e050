// What this browser remembers: with no storage it lasts as long as the page, and what is read back
// is checked.

import assert from "node:assert/strict";
import { test } from "node:test";

import { isItem } from "../src/session/outbox/outbox.ts";
import { isSettings } from "../src/session/sound/sound.ts";
import { adjusted, fresh, step, type TimerEvent } from "../src/session/timer/clock.ts";
import { entryOf, isEntry, isKeptSet, keptOf } from "../src/session/timer/entry.ts";
import { isKeptTimes } from "../src/session/timer/times.ts";
import {
  hasDropped,
  isFlag,
  isNumber,
  isRecord,
  keys,
  read,
  remove,
  write,
} from "../src/shared/storage.ts";
import { randomOf, SEED, type Random } from "./random.ts";
import { lastOf, OPEN, SET, START, ticks } from "./sets.ts";

const isAny = (_: unknown): _ is unknown => true;

test("fault 35: what the browser cannot store lasts as long as the page", async () => {
  // Here is no localStorage, as in a private window that refuses it.
  assert.equal(write("a", { b: [1] }), false);
  assert.equal(write("ab", 2), false);
  // The scripts of two widgets are two modules, and remember together.
  const other = await import(`../src/shared/storage.ts?${"another one"}`);
  assert.notEqual(other.read, read);
  assert.deepEqual(other.read("a", isAny), { b: [1] });
  assert.deepEqual(other.keys("a"), ["a", "ab"]);
  other.remove("ab");
  assert.deepEqual(keys("a"), ["a"]);
  remove("a");
  assert.equal(read("a", isAny), null);
  assert.equal(hasDropped.value, false);
});

test("fault 45: what has not the shape that was asked for is dropped, and that is said", () => {
  write("a", [1]);
  assert.equal(read("a", isRecord), null);
  assert.equal(hasDropped.value, true);
  assert.deepEqual(keys("a"), []);
  hasDropped.value = false;
});

const NOW = { mono: 30_000, wall: 30_000 };
const ABOUT = { exercise_id: "one", repetitions: 2 };
const GOOD = {
  times: { get_ready_s: 20, hold_s: 5, extra_move_s: 1, open_hold_s: 30, of: "20 5" },
  set: keptOf(lastOf(SET, START, ...ticks(9, 13, 16)), ABOUT, 3, NOW),
  entry: entryOf(lastOf(SET, START, ["hurts", 500]), ABOUT, null),
  sound: { mode: "voice", volume: 60 },
};
const ITEM = { id: "x", at: 1, op: "add", entry: GOOD.entry };

test("what the page itself has written is read again", () => {
  assert.ok(isKeptTimes(GOOD.times));
  assert.ok(isKeptTimes({ extra_move_s: 0 }));
  assert.ok(isKeptTimes({}));
  assert.ok(isKeptSet(JSON.parse(JSON.stringify(GOOD.set))));
  assert.ok(isEntry(GOOD.entry));
  assert.ok(isItem(ITEM));
  assert.ok(isItem({ ...ITEM, refused: "It was deleted." }));
  assert.ok(isItem({ id: "x", at: 1, op: "edit", entry: { entry_id: "e", pain_after: null } }));
});

const TIMES: unknown[] = [
  ...[null, [], 5, "5", true, { get_ready_s: "5" }, { hold_s: null }, { of: 5 }],
  ...[{ get_ready_s: 0 }, { hold_s: 0 }, { open_hold_s: 0 }, { hold_s: -1 }, { extra_move_s: -1 }],
];
for (const value of TIMES)
  test(`fault 45: these are no times of one's own: ${JSON.stringify(value)}`, () => {
    assert.equal(isKeptTimes(value), false);
  });

const ODD = [null, true, false, 0, -1, 1e308, 0.5, "", "null", "x".repeat(1000), [], {}, [[]]];

/** Return a value with one thing in it put in another's place, left out, or added. */
function spoiled(value: unknown, random: Random): unknown {
  const isInside = random.whole(0, 3) > 0;
  if (Array.isArray(value) && value.length && isInside) {
    const at = random.whole(0, value.length - 1);
    return random.whole(0, 3)
      ? value.with(at, spoiled(value[at], random))
      : value.toSpliced(at, 1);
  }
  if (isRecord(value) && isInside) {
    const name = random.one([...Object.keys(value), "more"]);
    const { [name]: old, ...others } = value;
    return random.whole(0, 3) ? { ...others, [name]: spoiled(old, random) } : others;
  }
  return random.one(ODD);
}

test(`fault 45: whatever was stored, what is taken can be used (seed ${SEED})`, () => {
  const random = randomOf(SEED);
  for (let round = 0; round < 3000; round += 1) {
    const times = spoiled(GOOD.times, random);
    if (isKeptTimes(times))
      for (const { duration_s, longest_s } of adjusted([...SET, ...OPEN], times))
        assert.ok((duration_s ?? longest_s ?? 0) > 0, JSON.stringify(times));
    const left = spoiled(GOOD.set, random);
    if (isKeptSet(left) && left.done.length === SET.length) {
      const event: TimerEvent = { type: "take", left };
      const taken = step(fresh(SET, NOW), event, NOW);
      assert.equal(taken.status, "asleep", JSON.stringify(left));
      assert.ok(taken.done.every(isFlag), JSON.stringify(left));
      const on = step(step(taken, { type: "resume" }, NOW), { type: "stop" }, NOW);
      const entry = entryOf(on, ABOUT, left.pain_before);
      const numbers = [taken.since, taken.gapMs, entry?.duration_s ?? 0];
      assert.ok(numbers.every(isNumber), JSON.stringify(left));
    }
    const sound = spoiled(GOOD.sound, random);
    if (isSettings(sound)) assert.ok(sound.volume / 100 <= 1, JSON.stringify(sound));
    for (const isShape of [isItem, isEntry]) isShape(spoiled(ITEM, random)); // they never throw
  }
});
