// A set done away from the screen, today or earlier, written down by hand.

import { useSignal } from "@preact/signals";

import { momentOf, newId } from "../../shared/bridge.ts";
import { readSet, SetFields, useOnce, Button } from "../../shared/fields.tsx";
import { problemOf } from "../../shared/set.ts";
import type { Session } from "../session.ts";

export function ByHand({ session }: { session: Session }) {
  const { about } = session.traits;
  const said = useSignal("");
  /** How many were written down: each leaves new fields. */
  const written = useSignal(0);
  const isOpen = useSignal(false);

  const { press: write, isHeld } = useOnce((event: SubmitEvent) => {
    const { when: _, wallMs, minutes, ...given } = readSet(event.target as HTMLFormElement);
    const problem = problemOf({ wallMs, minutes, note: given.note }, Date.now());
    said.value = problem;
    if (problem) return;
    session.outbox.add({
      entry_id: newId(),
      exercise_id: about.exercise_id,
      ...momentOf(wallMs),
      duration_s: minutes && Math.round(minutes * 60),
      repetitions_prescribed: about.repetitions,
      outcome: "done",
      source: "manual",
      ...given,
    });
    written.value += 1;
    event.submitter?.focus(); // Enter in a field that makes room for a new one
    said.value = "Written down. You can add another one.";
  });

  return (
    <section class="bc bc-manual" aria-label="Write down a set">
      <details onToggle={(event) => (isOpen.value = event.currentTarget.open)}>
        <summary>Did a set away from the screen? Write it down</summary>
        {(isOpen.value || written.value > 0) && (
          <form
            class="bc-form"
            noValidate
            onSubmit={(event) => {
              event.preventDefault();
              void write(event);
            }}
          >
            <SetFields
              key={written.value}
              set={{ repetitions_done: about.repetitions }}
              hidesPain={session.pain.isHidden.value}
            />
            <Button type="submit" look="bc-button--primary" isHeld={isHeld}>
              Save this set
            </Button>
            <p class="bc-note" role="status">
              <span key={written.value}>{said.value}</span>
            </p>
          </form>
        )}
      </details>
    </section>
  );
}
