// The forms of a set: one that was forgotten, and one that is put right.

import { useSignal } from "@preact/signals";
import { useLayoutEffect, useRef } from "preact/hooks";

import { momentOf, newId } from "../shared/bridge.ts";
import { Choice, readSet, SetFields } from "../shared/fields.tsx";
import { problemOf } from "../shared/set.ts";
import { Form, useFirstField } from "./Form.tsx";
import type { List, SetOfExercise, ShownSet } from "./list.ts";

export interface Exercise {
  id: string;
  title: string;
  repetitions: number;
}

const OUTCOMES = [
  ["done", "Done"],
  ["stopped", "Stopped"],
  ["stopped_for_pain", "Stopped because it hurt"],
] as const;

type HeldSet = Partial<SetOfExercise> &
  Pick<SetOfExercise, "exercise_id" | "outcome" | "repetitions_done">;

interface FieldsProps {
  set: HeldSet;
  list: List;
  exercises: Exercise[];
  /** Called with the id of another exercise that is chosen. */
  onTurn?: (exercise_id: string) => void;
}

function Fields({ set, list, exercises, onTurn }: FieldsProps) {
  const options = exercises.map(({ id, title }) => [id, title] as const);
  if (!exercises.some(({ id }) => id === set.exercise_id))
    options.push([set.exercise_id, set.exercise_id]);
  return (
    <>
      <Choice
        label="Exercise"
        name="exercise_id"
        options={options}
        value={set.exercise_id}
        onChange={onTurn}
      />
      <SetFields key={set.exercise_id} set={set} hidesPain={list.hidesPain.value} />
      <Choice label="How did it end?" name="outcome" options={OUTCOMES} value={set.outcome} />
    </>
  );
}

function read(form: HTMLFormElement): SetOfExercise {
  const data = new FormData(form);
  return {
    ...readSet(form),
    exercise_id: String(data.get("exercise_id")),
    outcome: String(data.get("outcome")),
  };
}

interface AddFormProps {
  list: List;
  exercises: Exercise[];
  onClose: () => void;
}

export function AddForm({ list, exercises, onClose }: AddFormProps) {
  const form = useRef<HTMLFormElement>(null);
  const entry_id = useRef(newId()).current; // sent twice, it is one set
  const prescribed = (id: string) => exercises.find((each) => each.id === id)!.repetitions;
  const { id, repetitions } = exercises[0]!;
  const held = useSignal<HeldSet>({
    exercise_id: id,
    outcome: "done",
    repetitions_done: repetitions,
  });
  useFirstField(form, true);
  function turn(exercise_id: string) {
    const repetitions_done = prescribed(exercise_id);
    held.value = { ...read(form.current!), exercise_id, repetitions_done };
  }
  function write() {
    const { wallMs, when: _, ...fields } = read(form.current!);
    const problem = problemOf({ ...fields, wallMs }, Date.now());
    if (problem) return list.warn(problem);
    return list.change("add", {
      entry_id,
      moment: momentOf(wallMs),
      prescribed: prescribed(fields.exercise_id),
      fields,
    });
  }
  return (
    <Form at={form} save="Add this set" list={list} write={write} onClose={onClose}>
      <Fields set={held.value} list={list} exercises={exercises} onTurn={turn} />
    </Form>
  );
}

interface EditFormProps {
  set: ShownSet;
  list: List;
  exercises: Exercise[];
}

export function EditForm({ set: { entry_id, fields }, list, exercises }: EditFormProps) {
  const form = useRef<HTMLFormElement>(null);
  // Its set may have gone to another day, and this form is the next one of the same.
  const before = useRef(list.editing.peek().get(entry_id)).current;
  // What others change meanwhile does not go into the form.
  const held = useRef<HeldSet>(before?.read() ?? fields).current;
  const first = useRef<SetOfExercise | null>(null);
  useFirstField(form, before === undefined);
  useLayoutEffect(() => {
    const here = form.current!;
    first.current = before?.first ?? read(here);
    list.edit(entry_id, { first: first.current, read: () => read(here) });
  }, []);
  function write() {
    const given = read(form.current!);
    // The zone of the set may be ahead of this one: what is the future there, the kernel knows.
    const problem = problemOf(given, Infinity);
    if (problem) return list.warn(problem);
    const old = { ...first.current } as Record<string, unknown>;
    const isNew = ([name, value]: [string, unknown]) => name !== "wallMs" && value !== old[name];
    const changed = Object.fromEntries(Object.entries(given).filter(isNew));
    return list.change("edit", { entry_id, fields: changed });
  }
  return (
    <Form
      at={form}
      save="Save the change"
      list={list}
      write={write}
      onClose={() => list.endEdit(entry_id)}
    >
      <Fields set={held} list={list} exercises={exercises} />
    </Form>
  );
}
