// What follows from what a person answers: the warning signs, and the pain before and after.

import assert from "node:assert/strict";
import { test } from "node:test";

import { advice, type PainMoment } from "../src/session/questions/pain.ts";
import { verdictOf, type Group, type Verdict } from "../src/session/questions/verdict.ts";

const SIGNS: [Group[], Verdict][] = [
  [[], "none"],
  [["ask_first"], "ask_first"],
  [["doctor", "ask_first"], "doctor"],
  [["not_yet", "doctor", "ask_first"], "not_yet"],
  [["ask_first", "not_yet", "doctor", "emergency"], "emergency"],
];
for (const [ticked, found] of SIGNS)
  test(`the gravest sign decides: ${ticked.join(", ") || "none"}`, () => {
    assert.equal(verdictOf(new Set(ticked)), found);
  });

const RATINGS: [PainMoment, rating: number | null, before: number | null, begins: string][] = [
  ["before", null, null, ""],
  ["before", 0, null, ""],
  ["before", 3, null, ""],
  ["before", 4, null, "4 or 5"],
  ["before", 5, null, "4 or 5"],
  ["before", 6, null, "6 or more"],
  ["after", null, 4, ""],
  ["after", 5, 4, ""],
  ["after", 6, 4, "2 points or more"],
  ["after", 9, null, ""],
  ["after", 1, 6, ""],
];
for (const [moment, rating, before, begins] of RATINGS)
  test(`a change below two points is no change: ${rating} ${moment}, ${before} before`, () => {
    const said = advice(moment, rating, before);
    assert.ok(begins ? said.startsWith(begins) : said === "", said);
  });
