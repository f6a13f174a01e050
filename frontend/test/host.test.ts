import assert from "node:assert/strict";
import { test } from "node:test";

import { saidHere } from "../src/shared/host.ts";

const SENTENCES = [
  ["It stopped; run the cell again.", "It stopped; load the page again."],
  ["Saved. Run the cell again before the next set.", "Saved. Load the page again before the next set."],
  [
    "Log.open().restore() brings it back.",
    "“Bring back what is missing”, under “Your data”, brings it back.",
  ],
  ["Look there in past().", "Look there in the list of what you recorded."],
] as const;

test("a sentence names code in a notebook, and the app's own buttons in the app", (context) => {
  for (const [said] of SENTENCES) assert.equal(saidHere(said), said);
  const body = { dataset: { voila: "voila" } };
  Object.assign(globalThis, { document: { body } });
  context.after(() => Reflect.deleteProperty(globalThis, "document"));
  for (const [said, here] of SENTENCES) assert.equal(saidHere(said), here);
});
