// What the timer says of a state, in words.

import type { About } from "../about.ts";
import type { Tally } from "../ops.ts";
import { hasBegun, isOpen, shown, type Gap, type TimerState } from "./clock.ts";

export interface TimerWords {
  headline: string;
  detail: string;
  next: string;
  primary: string;
}

function span(ms: number): string {
  if (ms < 90000) return `${Math.round(ms / 1000)} seconds`;
  if (ms < 90 * 60000) return `about ${Math.round(ms / 60000)} minutes`;
  return `about ${Math.round(ms / 3600000)} hours`;
}

const ASLEEP: Record<Gap, (ms: number) => string> = {
  slept: (ms) => `The computer slept, ${span(ms)}`,
  "stood still": (ms) => `The page stood still, ${span(ms)}`,
  "clock moved": () => "The computer's clock was moved",
  left: () => "This set was left unfinished",
};

const HURT =
  "That was the right thing to do, and it counts as following the programme. If the pain is new, is getting worse or moves into a leg, leave the exercises and see a doctor.";

/** Return the words for a state: the big line, the line under it, the next thing, the main button. */
export function wordsOf(
  state: TimerState,
  about: Pick<About, "getting_in" | "getting_out" | "words">,
): TimerWords {
  const stretch = shown(state);
  const wait = { headline: "", detail: "", next: "", primary: "Start" };
  const over = { ...wait, primary: "Another set" };
  switch (state.status) {
    case "ready":
      return {
        ...wait,
        headline: "Ready when you are",
        detail: "Press Start, or Space. The timer leads you through the whole set.",
      };
    case "running": {
      const after = state.stretches[state.index + 1];
      const next = after ? `Next: ${after.cue}` : "";
      if (isOpen(state))
        return {
          headline: stretch.cue,
          detail:
            "Go on when you feel a gentle stretch, well short of strain. It goes on by itself in the end.",
          next,
          primary: "I am ready: go on",
        };
      const detail = stretch.kind === "prepare" ? about.getting_in : "";
      return { headline: stretch.cue, detail, next, primary: "Pause" };
    }
    case "paused":
      return { ...wait, headline: "Paused", detail: stretch.cue, primary: "Resume" };
    case "asleep":
      return {
        ...wait,
        headline: ASLEEP[state.gap](state.gapMs),
        detail: "Nothing was counted meanwhile. Go on from here, or say that you finished.",
        primary: "Go on from here",
      };
    case "finished":
      return hasBegun(state)
        ? { ...over, headline: about.words.finished, detail: about.getting_out }
        : {
            ...over,
            headline: "The end of the set",
            detail: "Everything was skipped, so nothing was counted.",
          };
    case "stopped": {
      const counted = hasBegun(state) ? "What you did is counted." : "Nothing was counted.";
      return { ...over, headline: "Stopped", detail: `${counted} ${about.getting_out}` };
    }
    case "stopped_for_pain":
      return { ...over, headline: "Stopped because it hurt", detail: HURT };
  }
}

/**
 * Return where the day stands: the set that is being done, or what is done once it has ended. What
 * is due is the kernel's to know; without its answer nothing is said.
 */
export function setsLine(tally: Tally | null, hasEnded: boolean): string {
  if (!tally) return "";
  const { goal, whole, stopped_for_pain: stopped, left } = tally;
  if (goal === null) return "No daily goal";
  if (goal === 0) return "Nothing is due today";
  if (!hasEnded)
    return left
      ? `Set ${goal - left + 1} of ${goal} today`
      : "Today's sets are done; this is one more";
  const done = `${Math.min(whole, goal)} of ${goal} sets today`;
  if (stopped === 0) return done;
  const ease = left ? `. ${left} left, if you feel like it` : "";
  return `${done}, ${stopped} stopped for pain${ease}`;
}
