// What the status line says: "Saved" only when nothing waits.

import assert from "node:assert/strict";
import { test } from "node:test";

import { statusLine, type Standing, type StatusLine } from "../src/session/outbox/status.ts";

const QUIET: Standing = {
  waiting: 0,
  isSaved: false,
  isDurable: true,
  isSlow: false,
  isGone: false,
  problem: "",
  notice: "",
};
const CASES: [Partial<Standing>, StatusLine["tone"], says: string][] = [
  [{}, "", ""],
  [{ isSaved: true }, "good", "Saved in your log."],
  [{ waiting: 1 }, "", "Saving…"],
  [{ waiting: 1, isSaved: true }, "", "Saving…"],
  [{ waiting: 1, isSlow: true }, "warn", "1 entry is kept in this browser"],
  [{ waiting: 1, isSaved: true, isSlow: true }, "warn", "1 entry is kept in this browser"],
  [
    ...([{ waiting: 2, isSlow: true, isDurable: false }, "warn"] as const),
    "2 entries are kept only while this page",
  ],
  [
    ...([{ waiting: 1, problem: "The disk is full." }, "warn"] as const),
    "Not saved yet: 1 entry is kept in this browser. The disk is full.",
  ],
  [{ waiting: 1, isGone: true }, "warn", "1 entry is kept in this browser; run the cell again"],
  [
    ...([{ waiting: 1, isGone: true, problem: "the disk is full." }, "warn"] as const),
    "the notebook's kernel has stopped or was restarted",
  ],
  [
    ...([{ isSaved: true, isGone: true }, ""] as const),
    "Saved in your log. Run the cell again before the next set.",
  ],
  [{ isGone: true }, "warn", "Not connected: the notebook's kernel has stopped or was restarted."],
  [{ notice: "The log was restored." }, "warn", "The log was restored."],
  [{ isSaved: true, notice: "The log was restored." }, "good", "Saved in your log."],
];
for (const [change, tone, says] of CASES)
  test(`saved is said only when nothing waits: ${JSON.stringify(change)}`, () => {
    const line = statusLine({ ...QUIET, ...change });
    assert.equal(line.tone, tone);
    assert.ok(says ? line.text.includes(says) : line.text === "", line.text);
    const standing = { ...QUIET, ...change };
    const isSaved = standing.isSaved && standing.waiting === 0;
    assert.equal(line.text.startsWith("Saved in your log."), isSaved);
  });
