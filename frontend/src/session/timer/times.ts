// The person's own times: they stand for those of the programme, and give way when it changes.

import { isNumber, isRecord, isText } from "../../shared/storage.ts";
import type { About } from "../about.ts";
import type { OwnTimes } from "./clock.ts";

/** The times as this browser remembers them; `of` is what the programme said then. */
export interface KeptTimes extends OwnTimes {
  of?: string;
}

const LIMITS = {
  get_ready_s: [3, 120],
  open_hold_s: [5, 300],
  hold_s: [1, 6000],
  extra_move_s: [0, 60],
} as const;

export const keyOf = (about: About) => `backcare:times:${about.exercise_id}`;

/** Return what a programme says, to be told from another one's. */
export const programmeTimes = ({ get_ready_s, hold_s }: About) => `${get_ready_s} ${hold_s ?? 0}`;

export function isKeptTimes(value: unknown): value is KeptTimes {
  if (!isRecord(value) || !(value.of === undefined || isText(value.of))) return false;
  return Object.entries(LIMITS).every(([name, [low, high]]) => {
    const seconds = value[name];
    if (seconds === undefined) return true;
    return isNumber(seconds) && seconds >= Math.min(1, low) && seconds <= high;
  });
}

export interface TimeField {
  name: keyof OwnTimes;
  label: string;
  value: number;
  low: number;
  high: number;
  words: (seconds: number) => string;
}

/** Return the times of an exercise that a person may set. */
export function timeFields(about: About, times: OwnTimes): TimeField[] {
  const field = (
    name: keyof OwnTimes,
    label: string,
    usual: number | null,
    words = (seconds: number) => `${seconds} s`,
  ): TimeField[] => {
    if (usual === null) return [];
    const [low, most] = LIMITS[name];
    const high = name === "hold_s" ? Math.max(60, 10 * usual) : most;
    return [{ name, label, value: times[name] ?? usual, low, high, words }];
  };
  return [
    ...field("get_ready_s", "Time to get ready", about.get_ready_s),
    ...field("open_hold_s", "An open hold goes on after", about.open_hold_s),
    ...field("hold_s", "Each hold", about.hold_s),
    ...field("extra_move_s", "Extra time for each movement", 0, (s) => (s ? `+ ${s} s` : "none")),
  ];
}
