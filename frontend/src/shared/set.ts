// A set as a person gives it by hand, and what may be wrong with it.

/** What the fields of a set hold. */
export interface GivenSet {
  /** As a field of date and time has it. */
  when: string;
  wallMs: number;
  minutes: number | null;
  repetitions_done: number;
  pain_before: number | null;
  pain_after: number | null;
  note: string;
}

/** In 1900; the log takes nothing older. */
export const OLDEST_MS = -22e11;
const NOTE_CHARACTERS = 4000;

const pad = (n: number) => String(n).padStart(2, "0");

/** Write a moment as a field of date and time has it, in the zone of this browser. */
export function fieldValue(wallMs: number): string {
  const d = new Date(wallMs);
  const day = `${d.getFullYear()}-${pad(d.getMonth() + 1)}-${pad(d.getDate())}`;
  return `${day}T${pad(d.getHours())}:${pad(d.getMinutes())}`;
}

const NOTHING_SAVED = "Nothing was saved yet";

/** Return what is wrong with a given set and what to do, or "". */
export function problemOf(
  { wallMs, minutes, note }: Pick<GivenSet, "wallMs" | "minutes" | "note">,
  latestMs: number,
): string {
  if (!(wallMs >= OLDEST_MS))
    return `The day or the time is missing. ${NOTHING_SAVED}; choose when you did the set.`;
  if (wallMs > latestMs)
    return `That is in the future. ${NOTHING_SAVED}; choose a time that has passed.`;
  if (minutes !== null && !(minutes >= 0 && minutes <= 600))
    return `The minutes must be from 0 to 600, or left empty. ${NOTHING_SAVED}; correct them.`;
  const characters = [...note].length; // as the log counts them: an emoji is one
  if (characters > NOTE_CHARACTERS)
    return `The note has ${characters} characters, and room for ${NOTE_CHARACTERS}. ${NOTHING_SAVED}; shorten it.`;
  if (/[\0\p{Cs}]/u.test(note))
    return `The note has a character that cannot be stored. ${NOTHING_SAVED}; remove it.`;
  return "";
}
