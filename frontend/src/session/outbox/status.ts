// What the status line of a session says.

import { saidHere } from "../../shared/host.ts";

export interface Standing {
  /** How many entries wait to be saved. */
  waiting: number;
  isSaved: boolean;
  isDurable: boolean;
  isSlow: boolean;
  isGone: boolean;
  problem: string;
  notice: string;
}

export interface StatusLine {
  tone: "" | "good" | "warn";
  text: string;
}

const GONE = "the notebook's kernel has stopped or was restarted";

export function statusLine(standing: Standing): StatusLine {
  const { waiting, isSaved, isDurable, isSlow, isGone, problem, notice } = standing;
  const what = waiting === 1 ? "1 entry is" : `${waiting} entries are`;
  const kept = isDurable ? "kept in this browser" : "kept only while this page is open";
  const say = (tone: StatusLine["tone"], text: string) => ({ tone, text: saidHere(text) });
  if (waiting && isGone)
    return say("warn", `Not saved yet: ${GONE}. ${what} ${kept}; run the cell again to save.`);
  if (waiting && problem) return say("warn", `Not saved yet: ${what} ${kept}. ${problem}`);
  if (waiting && isSlow)
    return say(
      "warn",
      `Not saved yet: the notebook is not answering. ${what} ${kept} and saved as soon as it answers; after a restart, run the cell again.`,
    );
  if (waiting) return say("", "Saving…");
  if (isSaved && isGone)
    return say("", "Saved in your log. Run the cell again before the next set.");
  if (isSaved) return say("good", "Saved in your log.");
  if (isGone)
    return say(
      "warn",
      `Not connected: ${GONE}. The timer goes on, and what you do is ${kept}. When the set has ended, run the cell again to save it.`,
    );
  return say(notice ? "warn" : "", notice);
}
