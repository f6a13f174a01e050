// What a session asks of the kernel; the same in Python, in widgets/session.py.

import type { Answers, Moment } from "../shared/bridge.ts";
import { isFlag, isNumber, isText, orNull, recordOf } from "../shared/storage.ts";

/** A set as the log takes it. */
export interface Entry extends Moment {
  entry_id: string;
  exercise_id: string;
  duration_s: number | null;
  repetitions_done: number;
  repetitions_prescribed: number;
  outcome: "done" | "stopped" | "stopped_for_pain";
  source: "timer" | "manual";
  pain_before?: number | null;
  pain_after?: number | null;
  note?: string;
}

/** The pain after a set that is in the log, or on its way there. */
export interface PainAfter {
  entry_id: string;
  pain_after: number | null;
}

/** The sets of this exercise on the person's day, in whole ones. */
export interface Tally {
  /** What is due on the day; null where the exercise has no dose. */
  goal: number | null;
  whole: number;
  stopped_for_pain: number;
  left: number;
}

export interface SessionOps {
  today: {
    question: object;
    answer: {
      /** null: the log cannot be read now, and `notice` says why. */
      tally: Tally | null;
      notice: string;
      hides_pain: boolean;
    };
  };
  add: { question: { entry: Entry }; answer: { tally: Tally } };
  edit: { question: PainAfter; answer: { tally: Tally } };
  hide_pain: { question: { hides_pain: boolean }; answer: object };
}

const isTally = recordOf({
  goal: orNull(isNumber),
  whole: isNumber,
  stopped_for_pain: isNumber,
  left: isNumber,
});

export const SESSION_ANSWERS: Answers<SessionOps> = {
  today: recordOf({ tally: orNull(isTally), notice: isText, hides_pain: isFlag }),
  add: recordOf({ tally: isTally }),
  edit: recordOf({ tally: isTally }),
  hide_pain: recordOf({}),
};
