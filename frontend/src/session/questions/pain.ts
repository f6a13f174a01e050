// The pain before and after a set: asked once each and only if wanted, never put into a trait.

import { computed, signal } from "@preact/signals";

import type { Bridge } from "../../shared/bridge.ts";
import { isFlag, read, write } from "../../shared/storage.ts";
import type { Entry, SessionOps } from "../ops.ts";
import type { Outbox } from "../outbox/outbox.ts";

const KEY = "backcare:pain-hidden";

export type PainMoment = "before" | "after";

/** Return advice for a rating, by a common physiotherapy rule of thumb; "" where there is none. */
export function advice(moment: PainMoment, rating: number | null, before: number | null): string {
  if (rating === null) return "";
  if (moment === "before") {
    if (rating >= 6)
      return "6 or more: rather breathe slowly, change your position, or take a short walk now. The exercise is there for you later.";
    return rating >= 4 ? "4 or 5: make every movement smaller and slower." : "";
  }
  if (before !== null && rating - before >= 2)
    return "2 points or more above the start: leave out the next set, and do half of it the time after.";
  return "";
}

export type Pain = ReturnType<typeof openPain>;

export function openPain(
  bridge: Bridge<SessionOps>,
  outbox: Outbox,
  onProblem: (sentence: string) => void,
) {
  const before = signal<number | null>(null);
  const after = signal<number | null>(null);
  const entryId = signal<string | null>(null);
  const isHiddenHere = signal(read(KEY, isFlag) ?? false);
  const isHiddenInLog = signal(false);
  const isHidden = computed(() => isHiddenHere.value || isHiddenInLog.value);
  return {
    given: { before, after },
    /** Hidden for good by the person, here or in another browser. */
    isHidden,
    /** Whether the set that has ended is one that a rating can be added to. */
    isFollowed: computed(() => entryId.value !== null),
    rate(moment: PainMoment, rating: number): void {
      const given = moment === "before" ? before : after;
      given.value = given.peek() === rating ? null : rating;
      const entry_id = entryId.peek();
      if (moment === "after" && entry_id) outbox.edit({ entry_id, pain_after: after.peek() });
    },
    async hide(isHidden: boolean): Promise<void> {
      // Twice: at once in this browser, and in the log for every other one.
      write(KEY, isHidden);
      isHiddenHere.value = isHidden;
      isHiddenInLog.value = isHidden;
      const reply = await bridge.ask("hide_pain", { hides_pain: isHidden });
      if (reply.problem !== undefined && !bridge.isGone.peek()) onProblem(reply.problem);
    },
    /** Return what goes into the entry of a set: the rating before it, or null. */
    before: () => (isHidden.peek() ? null : before.peek()),
    /** The set with this entry has ended; null: it has none. */
    follow: (entry: Entry | null) => (entryId.value = entry?.entry_id ?? null),
    /** Another set is to come. */
    forget(): void {
      before.value = null;
      after.value = null;
    },
    /** A set is taken up that was rated before. */
    recall: (rating: number | null) => (before.value = rating),
    /** The log remembers whether the question is hidden. */
    learn: (isHidden: boolean) => (isHiddenInLog.value = isHidden),
  };
}
