// What sounds: which voice speaks, what is counted, what there is time to say, and the tones.

import assert from "node:assert/strict";
import { test } from "node:test";

import { countAloud, openCounts, sayingOf } from "../src/session/sound/counts.ts";
import { isSettings } from "../src/session/sound/sound.ts";
import { TONES } from "../src/session/sound/tones.ts";
import { chooseVoice } from "../src/session/sound/voice.ts";
import type { Stretch } from "../src/session/timer/clock.ts";

test("each side has a tone of its own", () => {
  const all = Object.values(TONES);
  assert.equal(new Set(all.map(({ hz }) => hz)).size, all.length);
  const { right, centre, left } = TONES;
  assert.ok(right.hz > centre.hz && centre.hz > left.hz);
  assert.ok(right.pan > centre.pan && centre.pan > left.pan);
});

const voice = (name: string, lang: string, localService = true) => ({ name, lang, localService });
const [AMY, BRIAN, ANNA] = [voice("Amy", "en-US"), voice("Brian", "en-GB"), voice("Anna", "de-DE")];
const CLOUD = voice("Cloud", "en-GB", false);
const VOICES: [language: string, ReturnType<typeof voice>[], chosen: string | null][] = [
  ["en-GB", [AMY, BRIAN], "Brian"],
  ["en-GB", [AMY, voice("Bea", "en_GB")], "Bea"],
  ["en-GB", [ANNA, AMY], "Amy"],
  ["en-GB", [CLOUD, AMY], "Amy"],
  ["en-GB", [CLOUD], null],
  ["en-GB", [ANNA], null],
  ["de-DE", [AMY, voice("Resi", "de-AT")], "Resi"],
  ["fi-FI", [voice("Rosa", "fil-PH")], null],
  ["en", [ANNA, BRIAN], "Brian"],
  ["en-GB", [], null],
];
for (const [language, voices, chosen] of VOICES)
  test(`the voice is of the language and of this machine: ${language} of ${voices
    .map(({ name, lang }) => `${name} ${lang}`)
    .join(", ")}`, () => {
    // A network voice would send what is said away; then tones it is.
    assert.equal(chooseVoice(voices, language)?.name ?? null, chosen);
  });

test("fault 48: thousands of voices are looked through in no time", () => {
  const many = Array.from({ length: 5000 }, (_, i) => voice(`voice ${i}`, "xx-XX"));
  const took = Array.from({ length: 20 }, () => {
    const start = performance.now();
    assert.equal(chooseVoice([...many, AMY, BRIAN], "en-GB")?.name, "Brian");
    return performance.now() - start;
  });
  const least = Math.min(...took);
  assert.ok(least < 10, `${least} ms`); // of the 20 that a phase may be late
});

const COUNTED: [Stretch["kind"], duration_s: number | null, counted: string][] = [
  ["hold", 5, "2 1"],
  ["hold", 4, "2 1"],
  ["hold", 3.5, ""],
  ["hold", null, ""],
  ["move", 9, ""],
  ["prepare", 25, "3 2 1"],
  ["prepare", 5, "3 2 1"],
  ["prepare", 4.5, ""],
];
for (const [kind, duration_s, counted] of COUNTED)
  test(`the end of getting ready and of a long hold is counted: ${kind}, ${duration_s} s`, () => {
    const lefts = Array.from({ length: 31 }, (_, i) => 30 - i);
    const said = lefts.map((left) => countAloud({ kind, duration_s }, left)).filter(Boolean);
    assert.equal(said.join(" "), counted);
  });

/** Return what is said of the counts that come up, each with whether the voice is free. */
function saidOf(holds: [count: string, isFree: boolean][], kind: Stretch["kind"] = "hold") {
  const isCounted = openCounts();
  return holds.filter(([count, isFree]) => isCounted(kind, count, isFree)).map(([count]) => count);
}

test("fault 48: a number is left out of all repetitions or of none", () => {
  const slowFirst: [string, boolean][] = [["2", false], ["1", true], ["2", true], ["1", true]];
  assert.deepEqual(saidOf(slowFirst), ["1", "1"]);
  const slowLater: [string, boolean][] = [["2", true], ["1", true], ["2", false], ["1", false]];
  assert.deepEqual(saidOf(slowLater), ["2", "1", "2", "1"]);
  const slowAlways: [string, boolean][] = [["2", false], ["1", false], ["2", false], ["1", true]];
  assert.deepEqual(saidOf(slowAlways), []);
});

test("a count of three is said whole or not at all", () => {
  const late: [string, boolean][] = [["3", false], ["2", true], ["1", true]];
  assert.deepEqual(saidOf(late, "prepare"), []);
  const inTime: [string, boolean][] = [["3", true], ["2", false], ["1", true]];
  assert.deepEqual(saidOf(inTime, "prepare"), ["3", "2", "1"]);
});

const CUE = "Get ready";
const SAY = `${CUE}. ${"x".repeat(89)}`; // a hundred characters, 7.5 s
const SAYINGS: [Stretch["kind"], leftMs: number, said: string][] = [
  ["prepare", 25_000, SAY],
  ["prepare", 10_500, SAY],
  ["prepare", 10_499, CUE],
  ["prepare", 3000, CUE],
  ["move", 1000, SAY],
  ["hold", 1000, SAY],
];
for (const [kind, leftMs, said] of SAYINGS)
  test(`the count is heard, so the way into position may not be: ${kind}, ${leftMs} ms`, () => {
    assert.equal(sayingOf({ kind, cue: CUE, say: SAY }, leftMs), said);
  });

const SETTINGS: [unknown, boolean][] = [
  [{ mode: "voice", volume: 60 }, true],
  [{ mode: "silent", volume: 100 }, true],
  [{ mode: "tones", volume: 10, of: "another version" }, true],
  [{ mode: "toString", volume: 60 }, false],
  [{ mode: "voice", volume: 0 }, false],
  [{ mode: "voice", volume: 101 }, false],
  [{ mode: "voice", volume: "60" }, false],
  [{ mode: "voice" }, false],
  [{ volume: 60 }, false],
  [null, false],
  [[], false],
  ["voice", false],
];
for (const [value, isUsed] of SETTINGS)
  test(`fault 45: a choice of sound is used where it is one: ${JSON.stringify(value)}`, () => {
    assert.equal(isSettings(value), isUsed);
  });
