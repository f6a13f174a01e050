// What the list shows of the log, and how the page asks for it and for changes of it.

import { signal } from "@preact/signals";

import type { Answers, Bridge, Moment } from "../shared/bridge.ts";
import { tellChange } from "../shared/changes.ts";
import type { GivenSet } from "../shared/set.ts";
import { isFlag, isNumber, isText, listOf, orNull, recordOf } from "../shared/storage.ts";

/** A set as it is shown; `fields` as a form shows them. */
export interface ShownSet {
  entry_id: string;
  time: string;
  title: string;
  words: string;
  fields: Omit<SetOfExercise, "wallMs">;
  is_deleted: boolean;
  revisions: number;
}

export interface Day {
  day: string;
  title: string;
  mark: string | null;
  sets: ShownSet[];
}

export interface SetOfExercise extends GivenSet {
  exercise_id: string;
  outcome: string;
}

interface Shown {
  /** The day of the log that it is now, here. */
  today: string;
  days: Day[];
  has_earlier: boolean;
  paused: string;
  hides_pain: boolean;
}

type Change<Question> = {
  question: Question & { since?: string };
  answer: Shown & { said: string };
};

export interface PastOps {
  days: { question: Stretch; answer: Shown };
  revisions: { question: { entry_id: string }; answer: { revisions: string[] } };
  add: Change<{
    entry_id: string;
    moment: Moment;
    prescribed: number;
    fields: Omit<SetOfExercise, "wallMs" | "when">;
  }>;
  edit: Change<{ entry_id: string; fields: Partial<SetOfExercise> }>;
  delete: Change<{ entry_id: string }>;
  bring_back: Change<{ entry_id: string }>;
  mark: Change<{ day: string | null; mark: string | null }>;
  undo: Change<object>;
  redo: Change<object>;
}

const SHOWN = {
  today: isText,
  has_earlier: isFlag,
  paused: isText,
  hides_pain: isFlag,
  days: listOf(
    recordOf({
      day: isText,
      title: isText,
      mark: orNull(isText),
      sets: listOf(
        recordOf({
          ...{ entry_id: isText, time: isText, title: isText, words: isText },
          ...{ is_deleted: isFlag, revisions: isNumber },
          fields: recordOf({
            ...{ exercise_id: isText, outcome: isText, when: isText, note: isText },
            ...{ repetitions_done: isNumber, minutes: orNull(isNumber) },
            ...{ pain_before: orNull(isNumber), pain_after: orNull(isNumber) },
          }),
        }),
      ),
    }),
  ),
};
const isChange = recordOf({ ...SHOWN, said: isText });

export const PAST_ANSWERS: Answers<PastOps> = {
  days: recordOf(SHOWN),
  revisions: recordOf({ revisions: listOf(isText) }),
  ...{ add: isChange, edit: isChange, delete: isChange, bring_back: isChange },
  ...{ mark: isChange, undo: isChange, redo: isChange },
};

type ChangeOp = Exclude<keyof PastOps, "days" | "revisions">;

/** The days from `since` on, or those before `before`. */
export interface Stretch {
  since?: string;
  before?: string;
}

/** A form that puts a set right: what it held at first, and holds, even once it was taken away. */
export interface OpenForm {
  first: SetOfExercise;
  read(): SetOfExercise;
}

/**
 * Put the days of an answer into those that are shown, in place of the stretch that was asked for.
 * A day that has not changed stays the very object, so that it is not drawn anew.
 */
export function merged(shown: readonly Day[], { since, before }: Stretch, answered: Day[]): Day[] {
  const newer = before === undefined ? [] : shown.filter(({ day }) => day >= before);
  const older = since === undefined ? [] : shown.filter(({ day }) => day < since);
  const old = new Map(shown.map((day) => [day.day, day]));
  const kept = (day: Day) => {
    const was = old.get(day.day);
    return was && JSON.stringify(was) === JSON.stringify(day) ? was : day;
  };
  return [...newer, ...answered.map(kept), ...older];
}

/** Return how many earlier versions a set has, in words. */
export function versions(revisions: number): string {
  return `${revisions - 1} earlier ${revisions === 2 ? "version" : "versions"}`;
}

export type List = ReturnType<typeof openList>;

export function openList(bridge: Bridge<PastOps>) {
  const days = signal<Day[]>([]);
  const today = signal("");
  const hasEarlier = signal(false);
  const paused = signal("");
  const hidesPain = signal(false);
  const said = signal<{ text: string; tone: "" | "good" | "warn" }>({ text: "", tone: "" });
  /** The sets that are being put right, with their forms once these are there. */
  const editing = signal<ReadonlyMap<string, OpenForm | undefined>>(new Map());
  let isLoading = false;

  const say = (text: string, tone: "good" | "warn" | "" = "") => (said.value = { text, tone });
  /** Say what is wrong; return false, as what could not be done. */
  function warn(text: string): false {
    say(text, "warn");
    return false;
  }
  const oldest = () => days.value.at(-1)?.day;
  const sinceOldest = (): Stretch => (oldest() === undefined ? {} : { since: oldest() });

  function show(answer: Shown, stretch: Stretch) {
    days.value = merged(days.value, stretch, answer.days);
    // Else days were loaded meanwhile that go further back.
    const isToTheEnd = stretch.before !== undefined || oldest() === answer.days.at(-1)?.day;
    if (isToTheEnd) hasEarlier.value = answer.has_earlier;
    today.value = answer.today;
    paused.value = answer.paused;
    hidesPain.value = answer.hides_pain;
  }

  /** Load the newest days, or those before a day. */
  async function load(stretch: Stretch = {}): Promise<void> {
    if (isLoading) return;
    isLoading = true;
    const reply = await bridge.ask("days", stretch, (text) => say(text));
    isLoading = false;
    if (reply.problem !== undefined) return void warn(reply.problem);
    show(reply.answer, stretch);
    say("");
  }

  /** Show what others have added or changed since. */
  async function refresh(): Promise<void> {
    if (isLoading) return;
    const stretch = sinceOldest();
    if (stretch.since === undefined) return load(); // the log could not be read before
    const reply = await bridge.ask("days", stretch);
    if (reply.problem === undefined) show(reply.answer, stretch);
  }

  /** Ask for a change and show what is then; return whether it was made. */
  async function change<Op extends ChangeOp>(
    op: Op,
    question: Omit<PastOps[Op]["question"], "since">,
  ): Promise<boolean> {
    const stretch = sinceOldest();
    const asked = { ...stretch, ...question } as PastOps[Op]["question"];
    const reply = await bridge.ask(op, asked, warn);
    if (reply.problem !== undefined) return warn(reply.problem);
    show(reply.answer, stretch);
    say(reply.answer.said, "good");
    tellChange();
    return true;
  }

  /** Return all that a set was before, in words, or null if that cannot be had. */
  async function history(entry_id: string): Promise<string[] | null> {
    const reply = await bridge.ask("revisions", { entry_id }, (text) => say(text));
    say(reply.problem ?? "", "warn");
    return reply.problem === undefined ? reply.answer.revisions.slice(0, -1) : null;
  }

  function edit(entry_id: string, form?: OpenForm): void {
    editing.value = new Map(editing.value).set(entry_id, form);
  }

  function endEdit(entry_id: string): void {
    const others = new Map(editing.value);
    others.delete(entry_id);
    editing.value = others;
  }

  return {
    ...{ days, today, hasEarlier, paused, hidesPain, said, editing },
    ...{ say, warn, oldest, load, refresh, change, history, edit, endEdit },
  };
}
