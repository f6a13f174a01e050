// What the ticked warning signs mean.

export type Group = "emergency" | "not_yet" | "doctor" | "ask_first";
export type Verdict = Group | "none";

const GRAVEST_FIRST: readonly Group[] = ["emergency", "not_yet", "doctor", "ask_first"];

/** Return the gravest of the ticked groups. */
export function verdictOf(ticked: ReadonlySet<Group>): Verdict {
  return GRAVEST_FIRST.find((group) => ticked.has(group)) ?? "none";
}

/** What the warning signs allow: nothing yet, exercise, or no exercise. */
export type Gate = "ask" | "open" | "shut";

/** What each verdict allows, before the person has chosen to go on. */
export const GATES: Readonly<Record<Verdict, Gate>> = {
  emergency: "shut",
  not_yet: "shut",
  doctor: "ask",
  ask_first: "ask",
  none: "open",
};
