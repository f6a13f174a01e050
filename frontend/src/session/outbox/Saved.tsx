// Whether what was done is in the log: the status line, and what the log refused for good.

import { useRef } from "preact/hooks";

import { Button } from "../../shared/fields.tsx";
import { hasDropped } from "../../shared/storage.ts";
import { useFocusAfter } from "../focus.ts";
import type { Item } from "./outbox.ts";
import type { Session } from "../session.ts";
import { statusLine } from "./status.ts";

const DROPPED =
  "Something that this browser had kept for the workbook could not be read, and was left out. What is in the log is not touched; if a set is missing, write it down below.";

const STAYS = {
  add: "This stays here until you put it away; you can write the set down again below.",
  edit: "This stays here until you put it away.",
};

/** Name what was refused, so that it can be written down elsewhere. */
function nameOf(item: Item): string {
  if (item.op === "edit") return "The pain after a set";
  const { started_at, repetitions_done: done, repetitions_prescribed: all } = item.entry;
  const at = new Date(started_at).toLocaleString([], { dateStyle: "medium", timeStyle: "short" });
  return `The set of ${at} (${done} of ${all} repetitions)`;
}

export function Saved({ session }: { session: Session }) {
  const { outbox, bridge, notice } = session;
  const root = useRef<HTMLDivElement>(null);
  const { tone, text } = statusLine({
    waiting: outbox.waiting.value.length,
    isSaved: outbox.isSaved.value,
    isDurable: outbox.isDurable.value,
    isSlow: outbox.isSlow.value,
    isGone: bridge.isGone.value,
    problem: outbox.problem.value,
    notice: notice.value || (hasDropped.value ? DROPPED : ""),
  });
  // On to what is still to be put away, or back to the timer, where Space goes on.
  useFocusAfter(
    root,
    () =>
      root.current!.querySelector<HTMLElement>("button:not([hidden])") ??
      root.current!.closest(".bc-session")!.querySelector<HTMLElement>(".bc-timer"),
  );
  return (
    <div class="bc-session__parts" ref={root}>
      <div class="bc bc-outbox" data-tone={tone} hidden={text === ""}>
        <p class="bc-outbox__line" role="status">
          {text}
        </p>
        <Button onPress={session.retry} isHidden={tone !== "warn" || bridge.isGone.value}>
          Try again
        </Button>
      </div>
      {outbox.refused.value.map((item) => (
        <div key={item.id} class="bc bc-refused" data-tone="warn">
          <p role="alert">
            {nameOf(item)} was not saved: {item.refused} {STAYS[item.op]}
          </p>
          <Button onPress={() => outbox.putAway(item)}>Put away</Button>
        </div>
      ))}
    </div>
  );
}
