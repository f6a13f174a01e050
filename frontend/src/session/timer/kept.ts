// The set under way as this browser keeps it: under the log's own id, and under a lock that ends with
// the page, so that a page loaded anew or the cell run again takes it up, and another tab does not.

import { keys, read, remove, write } from "../../shared/storage.ts";
import { isKeptSet, type KeptSet } from "./entry.ts";

/** A set that was left for longer is not offered to be gone on with. */
export const OFFER_MS = 4 * 3600000;

const prefixOf = (logId: string) => `backcare:set:${logId}:`;

/** Return the names of the sets that are under way in a page of this browser. */
async function heldKeys(): Promise<string[]> {
  try {
    const { held } = await navigator.locks.query();
    return (held ?? []).map(({ name }) => name ?? "");
  } catch {
    return []; // no locks here, or refused as storage is
  }
}

/** Return the sets of a log that were left, by their keys. */
async function leftSets(logId: string): Promise<Map<string, KeptSet>> {
  const held = await heldKeys();
  const found = new Map<string, KeptSet>();
  for (const key of keys(prefixOf(logId))) {
    const kept = held.includes(key) ? null : read(key, isKeptSet);
    if (kept) found.set(key, kept);
  }
  return found;
}

// Or of a time that is still to come: the clock was wrong then, or is now.
const isOld = ({ seenWall }: KeptSet) => Math.abs(Date.now() - seenWall) >= OFFER_MS;

/** Return the newest set of an exercise that was left and can be gone on with, or null. */
export async function setToTakeUp(
  logId: string,
  exerciseId: string,
  nStretches: number,
): Promise<KeptSet | null> {
  const left = [...(await leftSets(logId)).values()].filter(
    (kept) => kept.exercise_id === exerciseId && kept.done.length === nStretches && !isOld(kept),
  );
  return left.sort((a, b) => b.seenWall - a.seenWall)[0] ?? null;
}

/** Hand on the sets that were left too long ago to be gone on with, as what they were. */
export async function sweep(logId: string, handOn: (kept: KeptSet) => void): Promise<void> {
  for (const [key, kept] of await leftSets(logId)) {
    if (!isOld(kept)) continue;
    handOn(kept);
    remove(key);
  }
}

export function openKeeper(logId: string) {
  let held = "";
  let release = () => {};
  async function hold(key: string): Promise<void> {
    try {
      await navigator.locks.request(key, () => {
        if (held === key) return new Promise<void>((end) => (release = end));
      });
    } catch {
      /* no locks here: another page may take the set up while this one still has it */
    }
  }
  /** Let another page have what is kept. */
  function letGo(): void {
    release();
    release = () => {};
    held = "";
  }
  return {
    /** Keep a set under way; null: it has ended, or there is none. */
    keep(kept: KeptSet | null): void {
      const key = kept ? prefixOf(logId) + kept.id : "";
      if (key !== held) {
        const ended = held;
        letGo();
        if (ended) remove(ended);
        held = key;
        if (key) void hold(key);
      }
      if (kept) write(key, kept);
    },
    letGo,
  };
}
