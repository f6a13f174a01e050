// The days that the list shows: what an answer puts among them, and what it leaves as it was.

import assert from "node:assert/strict";
import { test } from "node:test";

import { merged, openList, versions, type Day, type PastOps } from "../src/past/list.ts";
import type { Bridge, Reply } from "../src/shared/bridge.ts";

const day = (date: string, mark: string | null = null): Day => ({
  day: date,
  title: date,
  mark,
  sets: [],
});
const SHOWN = [day("2026-03-05"), day("2026-03-03"), day("2026-03-01")];

/** A bridge that keeps what is asked until the test answers it. */
function openStandIn() {
  const asked: { op: string; question: object; answer: (reply: object) => Promise<void> }[] = [];
  const ask = (op: string, question: object) =>
    new Promise<Reply<object>>((resolve) => {
      const answer = async (reply: object) => {
        resolve("problem" in reply ? (reply as Reply<object>) : { answer: reply, buffers: [] });
        await new Promise(setImmediate);
      };
      asked.push({ op, question, answer });
    });
  return { asked, list: openList({ ask } as unknown as Bridge<PastOps>) };
}

const answer = (days: Day[], has_earlier = false) => ({
  today: "2026-03-05",
  days,
  has_earlier,
  paused: "",
  hides_pain: false,
});
const dates = (days: readonly Day[]) => days.map((each) => each.day.slice(-2)).join(" ");

test("a day that has not changed stays the very object", () => {
  const changed = day("2026-03-03", "rest");
  const now = merged(SHOWN, { since: "2026-03-01" }, [day("2026-03-05"), changed, SHOWN[2]!]);
  assert.deepEqual(
    now.map((each, i) => each === SHOWN[i]),
    [true, false, true],
  );
  assert.equal(now[1], changed);
});

test("earlier days come below, days in between at their place, and gone ones go", () => {
  assert.equal(dates(merged([], {}, SHOWN)), "05 03 01");
  assert.equal(dates(merged(SHOWN, { before: "2026-03-01" }, [day("2026-02-28")])), "05 03 01 28");
  assert.equal(
    dates(merged(SHOWN, { since: "2026-03-01" }, [day("2026-03-04"), SHOWN[2]!])),
    "04 01",
  );
});

test("earlier days that were loaded while a change was made are not lost", async () => {
  const { asked, list } = openStandIn();
  list.load();
  await asked[0]!.answer(answer(SHOWN, true));
  list.load({ before: "2026-03-01" });
  list.change("delete", { entry_id: "one" });
  assert.deepEqual(asked[2]!.question, { since: "2026-03-01", entry_id: "one" });
  await asked[1]!.answer(answer([day("2026-02-28")], false));
  await asked[2]!.answer({ ...answer(SHOWN, true), said: "Deleted." });
  assert.equal(dates(list.days.value), "05 03 01 28");
  assert.equal(list.hasEarlier.value, false, "the 28th is the first day of all");
  assert.deepEqual(list.said.value, { text: "Deleted.", tone: "good" });
});

test("where no earlier day is left after all, no more are offered", async () => {
  const { asked, list } = openStandIn();
  list.load();
  await asked[0]!.answer(answer(SHOWN, true));
  list.load({ before: "2026-03-01" });
  await asked[1]!.answer(answer([], false));
  assert.equal(list.hasEarlier.value, false);
  assert.equal(dates(list.days.value), "05 03 01");
});

test("a list that could not be read at first is read when somebody comes", async () => {
  const { asked, list } = openStandIn();
  list.load();
  await asked[0]!.answer({ problem: "The log is held.", isFinal: false });
  assert.deepEqual(list.said.value, { text: "The log is held.", tone: "warn" });
  list.refresh();
  list.refresh();
  assert.deepEqual([asked.length, asked[1]!.op, asked[1]!.question], [2, "days", {}]);
  await asked[1]!.answer(answer(SHOWN));
  assert.deepEqual(list.said.value, { text: "", tone: "" });
  assert.equal(dates(list.days.value), "05 03 01");
});

test("a change that is refused changes nothing that is shown, and is said", async () => {
  const { asked, list } = openStandIn();
  list.load();
  await asked[0]!.answer(answer(SHOWN));
  const isMade = list.change("undo", {});
  await asked[1]!.answer({ problem: "No.", isFinal: true });
  assert.equal(await isMade, false);
  assert.equal(dates(list.days.value), "05 03 01");
  assert.deepEqual(list.said.value, { text: "No.", tone: "warn" });
});

test("how many earlier versions there are is said in words", () => {
  assert.deepEqual([2, 3].map(versions), ["1 earlier version", "2 earlier versions"]);
});
