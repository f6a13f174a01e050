// A set that is given by hand: what may be wrong with it, and how a field shows its start.

import assert from "node:assert/strict";
import { test } from "node:test";

import { momentOf } from "../src/shared/bridge.ts";
import { fieldValue, OLDEST_MS, problemOf } from "../src/shared/set.ts";

const GOOD = { wallMs: 1000, minutes: null, note: "" };

const CASES: [string, Partial<typeof GOOD> | { minutes: number }, string][] = [
  ["as it should be", {}, ""],
  ["no start", { wallMs: NaN }, "The day or the time is missing."],
  ["a start before there were logs", { wallMs: OLDEST_MS - 1 }, "The day or the time is missing."],
  ["a start in the year 5, half typed", { wallMs: -62e12 }, "The day or the time is missing."],
  ["a start in the future", { wallMs: 1001 }, "That is in the future."],
  ["minutes at the least", { minutes: 0 }, ""],
  ["minutes at the most", { minutes: 600 }, ""],
  ["minutes below zero", { minutes: -1 }, "The minutes must be from 0 to 600, or left empty."],
  ["too many minutes", { minutes: 600.5 }, "The minutes must be"],
  ["minutes that are no number", { minutes: NaN }, "The minutes must be"],
  ["a note as long as may be, in signs of two units", { note: "🌱".repeat(4000) }, ""],
  ["a note too long", { note: "x".repeat(4001) }, "The note has 4001 characters, and room for 4000."],
  ["half a sign", { note: "\ud800" }, "The note has a character that cannot be stored."],
  ["a sign that ends a text", { note: "a\0b" }, "The note has a character"],
];
for (const [name, change, problem] of CASES)
  test(`fault 20: a set with ${name}`, () => {
    const said = problemOf({ ...GOOD, ...change }, 1000);
    assert.ok(problem ? said.startsWith(problem) : said === "", said);
  });

const ZONES: [string, number, string][] = [
  ["Pacific/Kiritimati", 840, "2026-03-29T14:30"],
  ["Pacific/Honolulu", -600, "2026-03-28T14:30"],
  ["Australia/Adelaide", 630, "2026-03-29T11:00"],
];
for (const [tz, utc_offset_min, field] of ZONES)
  test(`a moment is written in the zone of the browser: ${tz}`, (t) => {
    const before = process.env.TZ;
    t.after(() => (before === undefined ? delete process.env.TZ : (process.env.TZ = before)));
    process.env.TZ = tz;
    const wallMs = 1_774_744_200_000;
    const started_at = "2026-03-29T00:30:00.000Z";
    assert.deepEqual(momentOf(wallMs), { started_at, utc_offset_min, tz });
    assert.equal(fieldValue(wallMs), field);
  });
