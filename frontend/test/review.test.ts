// Which charts are asked for: one drawing at a time, and after it what is wanted then.

import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";

import { openReview, stillFits } from "../src/review/charts.ts";
import type { Reply } from "../src/shared/bridge.ts";

const PERIODS = ["2 weeks", "8 weeks", "A year", "All"];
const KEY = "backcare:period";
const CHARTS = { said: [["How much?", "Much."]], width: 700, is_sample: false, notes: [] };

const stored = new Map<string, string>();
Object.assign(globalThis, {
  devicePixelRatio: 1,
  localStorage: {
    getItem: (key: string) => stored.get(key) ?? null,
    setItem: (key: string, text: string) => stored.set(key, text),
    removeItem: (key: string) => stored.delete(key),
  },
});
beforeEach(() => stored.clear());

type Ask = Parameters<typeof openReview>[0]["ask"];

/** Open a review whose drawings the test ends; `asked` are all, `inFlight` the unanswered. */
function opened() {
  const asked: { period: string; width: number }[] = [];
  const inFlight: ((reply: object) => void)[] = [];
  const ask = (_op: string, question: { period: string; width: number }) =>
    new Promise<Reply<object>>((resolve) => {
      asked.push({ period: question.period, width: question.width });
      inFlight.push(resolve as (reply: object) => void);
    });
  async function draw(reply: object = { answer: CHARTS, buffers: [] }) {
    assert.equal(inFlight.length, 1);
    inFlight.pop()!(reply);
    await new Promise(setImmediate);
  }
  return { review: openReview({ ask: ask as Ask }, PERIODS), asked, inFlight, draw };
}

const SETTLED_MS = 400;

test("a picture still fits a width that differs by less than an eighth", () => {
  assert.deepEqual(
    [700, 616, 784, 615, 785].map((width) => stillFits(700, width)),
    [true, true, true, false, false],
  );
  assert.equal(stillFits(0, 1), false);
});

test("nothing is drawn where there is no width, and at once where there is one", () => {
  const { review, asked } = opened();
  review.fit(0);
  assert.equal(asked.length, 0);
  review.fit(700);
  assert.deepEqual(asked, [{ period: "8 weeks", width: 700 }]);
});

test("fault 52: while a drawing takes long, one is in flight and the newest comes next", async (t) => {
  t.mock.timers.enable({ apis: ["setTimeout"] });
  const { review, asked, inFlight, draw } = opened();
  review.fit(700);
  for (const width of [600, 500, 400, 900, 0, 1000]) {
    review.fit(width);
    t.mock.timers.tick(SETTLED_MS);
    assert.equal(inFlight.length, 1);
  }
  for (const period of ["A year", "2 weeks"]) review.choose(period);
  review.renew();
  t.mock.timers.tick(SETTLED_MS);
  assert.equal(asked.length, 1);
  await draw();
  assert.equal(review.charts.value, null, "of a period that is no longer chosen");
  assert.deepEqual(asked.slice(1), [{ period: "2 weeks", width: 1000 }]);
  await draw();
  assert.equal(inFlight.length, 0);
  assert.equal(review.isOld.value, false);
});

test("fault 52: a scroll bar that the picture brings draws nothing again", async (t) => {
  t.mock.timers.enable({ apis: ["setTimeout"] });
  const { review, asked, draw } = opened();
  review.fit(410);
  for (const width of [395, 410, 395]) review.fit(width);
  await draw();
  t.mock.timers.tick(SETTLED_MS);
  assert.equal(asked.length, 1);
});

test("fault 52: a page that is hidden and shown again is not drawn anew", async (t) => {
  t.mock.timers.enable({ apis: ["setTimeout"] });
  const { review, asked, draw } = opened();
  review.fit(700);
  await draw();
  for (const width of [0, 700]) {
    review.fit(width);
    t.mock.timers.tick(SETTLED_MS);
  }
  assert.equal(asked.length, 1);
  review.fit(0);
  review.renew();
  t.mock.timers.tick(SETTLED_MS);
  assert.equal(asked.length, 1, "nobody sees it");
  review.fit(700);
  t.mock.timers.tick(SETTLED_MS);
  assert.equal(asked.length, 2);
});

test("what is refused is said once, and not asked again by itself", async () => {
  const { review, asked, draw } = opened();
  review.fit(700);
  await draw({ problem: "The log is held.", isFinal: false });
  assert.equal(asked.length, 1);
  assert.equal(review.line.value, "The log is held.");
  review.choose("All");
  assert.deepEqual(asked[1], { period: "All", width: 700 });
});

test("the picture before is given back to the browser, and the last one at the end", async (t) => {
  const given = t.mock.method(URL, "revokeObjectURL", () => {});
  const { review, draw } = opened();
  review.fit(700);
  await draw();
  const first = review.charts.value!.url;
  review.choose("All");
  await draw();
  const second = review.charts.value!.url;
  review.end();
  assert.deepEqual(
    given.mock.calls.map((call) => call.arguments[0]),
    [first, second],
  );
});

for (const found of ["null", "{", '"a fortnight"', "7", "[]", '{"period": "All"}', '"'.repeat(9)])
  test(`fault 45: what stands under the period is dropped: ${found}`, () => {
    stored.set(KEY, found);
    assert.equal(opened().review.period.value, "8 weeks");
    assert.equal(stored.has(KEY), false);
  });

test("the period that was chosen is remembered", () => {
  const { review } = opened();
  review.choose("A year");
  assert.equal(opened().review.period.value, "A year");
});
