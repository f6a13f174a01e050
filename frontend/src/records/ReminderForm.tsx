// Reminders for the calendar of a phone, at the times that a person gives.

import { useSignal } from "@preact/signals";
import { useRef } from "preact/hooks";

import type { Bridge } from "../shared/bridge.ts";
import { WriteButton } from "../shared/fields.tsx";
import type { RecordsOps } from "./ops.ts";
import { Fold, receive, type Named } from "./Records.tsx";

interface ReminderFormProps {
  bridge: Bridge<RecordsOps>;
  exercises: readonly Named[];
}

export function ReminderForm({ bridge: { ask }, exercises }: ReminderFormProps) {
  const list = useRef<HTMLDivElement>(null);
  const said = useSignal("");

  async function save(): Promise<void> {
    const fields = [...list.current!.querySelectorAll("input")];
    const times = Object.fromEntries(
      fields.map(({ name, value }) => [name, value.split(/[\s,;]+/).filter(Boolean)]),
    );
    const reply = await ask("remind", { times }, (slow) => (said.value = slow));
    receive(reply, said, "Send it to your phone and open it there: its calendar takes it.");
  }

  return (
    <Fold
      title="Reminders on your phone"
      about="A file for the calendar of your phone. Without times there are as many as your programme has sets."
      said={said}
    >
      <div class="bc-form" ref={list}>
        {exercises.map(({ id, name }) => (
          <label key={id}>
            {name}: times, such as 08:00 13:00
            <input class="bc-field" type="text" name={id} autocomplete="off" maxLength={200} />
          </label>
        ))}
      </div>
      <WriteButton look="bc-button--primary" onPress={save}>
        Save the reminders
      </WriteButton>
    </Fold>
  );
}
