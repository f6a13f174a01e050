// What comes from the kernel: an answer is taken where it looks like one, once, and by its id.

import assert from "node:assert/strict";
import { test, type TestContext } from "node:test";

import { PAST_ANSWERS } from "../src/past/list.ts";
import { REVIEW_ANSWERS } from "../src/review/charts.ts";
import { SESSION_ANSWERS } from "../src/session/ops.ts";
import { openBridge, type Answers, type Model, type Reply } from "../src/shared/bridge.ts";
import { isRecord } from "../src/shared/storage.ts";

type Asks = Record<string, { question: object; answer: object }>;

/** Open a bridge to a kernel that answers by `say`; `ask` returns the reply to what was asked. */
function openStandIn(answers: Answers<never>, context: TestContext) {
  let hear: (content: unknown, buffers: DataView[]) => void = () => {};
  const sent: { id: string; op: string }[] = [];
  const model: Model = {
    get: () => undefined,
    send: (content) => sent.push(content as { id: string; op: string }),
    on: (_, given) => (hear = given),
    off: () => {},
  };
  const bridge = openBridge<Asks>(model, answers as Answers<Asks>);
  const say = (content: unknown) => hear(content, []);
  async function replyTo(op: string, ...contents: ((id: string) => unknown)[]) {
    let reply: Reply<object> | undefined;
    void bridge.ask(op, {}).then((given) => (reply = given));
    const { id } = sent.at(-1)!;
    for (const content of contents) say(content(id));
    await Promise.resolve();
    return reply;
  }
  context.after(bridge.end);
  return replyTo;
}

const TALLY = { goal: 3, whole: 1, stopped_for_pain: 0, left: 2 };
const FIELDS = {
  ...{ exercise_id: "x", outcome: "done", when: "2026-03-01T12:00", note: "" },
  ...{ repetitions_done: 3, minutes: null, pain_before: 1, pain_after: null },
};
const SET = {
  ...{ entry_id: "x", time: "12:00", title: "One", words: "3 of 3" },
  ...{ fields: FIELDS, is_deleted: false, revisions: 2 },
};
const DAYS = {
  days: [{ day: "2026-03-01", title: "Sunday", mark: null, sets: [SET] }],
  ...{ today: "2026-03-01", has_earlier: true, paused: "", hides_pain: false },
};
const CHARTS = {
  ...{ said: [["A?", "B."]], width: 700, is_sample: false },
  notes: [{ entry_id: "x", day: "1 March", exercise: "One", note: "n" }],
};
const CHANGED = { ...DAYS, said: "Done." };
const RIGHT: [Answers<never>, Record<string, object>][] = [
  [
    SESSION_ANSWERS,
    {
      today: { tally: TALLY, notice: "", hides_pain: false },
      ...{ add: { tally: { ...TALLY, goal: null } }, edit: { tally: TALLY }, hide_pain: {} },
    },
  ],
  [
    PAST_ANSWERS,
    {
      ...{ days: DAYS, revisions: { revisions: ["first"] } },
      ...{ add: CHANGED, edit: CHANGED, delete: CHANGED, bring_back: CHANGED },
      ...{ mark: CHANGED, undo: CHANGED, redo: CHANGED },
    },
  ],
  [REVIEW_ANSWERS, { draw: CHARTS, report: { file: "report.pdf" } }],
];

/** Yield a value with each thing in it left out, added to, or of another kind. */
function* spoiled(value: unknown): Generator<unknown> {
  yield isRecord(value) || Array.isArray(value) ? "text" : [];
  if (Array.isArray(value))
    for (const [i, each] of value.entries())
      for (const other of spoiled(each)) yield value.with(i, other);
  if (!isRecord(value)) return;
  yield { ...value, more: 1 };
  for (const [name, each] of Object.entries(value)) {
    const { [name]: _, ...others } = value;
    yield others;
    for (const other of spoiled(each)) yield { ...others, [name]: other };
  }
}

for (const [answers, right] of RIGHT)
  for (const [op, answer] of Object.entries(right))
    test(`what is not quite an answer is a problem: ${op}`, async (context) => {
      assert.deepEqual(Object.keys(answers).sort(), Object.keys(right).sort());
      const replyTo = openStandIn(answers, context);
      const first = await replyTo(op, (id) => ({ ...answer, id }));
      assert.deepEqual(first, { answer, buffers: [] });
      for (const other of spoiled(answer)) {
        if (!isRecord(other)) continue;
        const reply = await replyTo(op, (id) => ({ ...other, id }));
        assert.match(reply?.problem ?? "", /does not understand/, JSON.stringify(other));
      }
    });

const STRAY: unknown[] = [
  ...[null, undefined, 0, true, "text", [], {}, { problem: "no" }, { id: 5, tally: TALLY }],
  ...[{ id: "another", tally: TALLY }, { id: "__proto__" }, { id: ["x"] }, [{ id: "x" }]],
];
test("what answers nobody, or answers again, changes nothing", async (context) => {
  const replyTo = openStandIn(SESSION_ANSWERS, context);
  const stray = STRAY.map((content) => () => content);
  assert.equal(await replyTo("add", ...stray), undefined);
  const refusal = (id: string) => ({ id, problem: "no", is_final: "yes" });
  const reply = await replyTo("add", refusal, (id) => ({ id, tally: TALLY }), ...stray);
  assert.deepEqual(reply, { problem: "no", isFinal: false });
});
