// The form that marks a day.

import { useRef } from "preact/hooks";

import { Choice } from "../shared/fields.tsx";
import { OLDEST_MS } from "../shared/set.ts";
import { Form, useFirstField } from "./Form.tsx";
import type { List } from "./list.ts";

export const MARKS = [
  ["rest", "Rest day"],
  ["flare-up", "Flare-up"],
] as const;
const DAY_MS = 24 * 3_600_000;

export function MarkForm({ list, onClose }: { list: List; onClose: () => void }) {
  const form = useRef<HTMLFormElement>(null);
  useFirstField(form, true);
  function write() {
    const day = form.current!.elements.namedItem("day") as HTMLInputElement;
    const mark = form.current!.elements.namedItem("mark") as HTMLSelectElement;
    const ms = day.valueAsNumber;
    if (!(ms >= OLDEST_MS))
      return list.warn("The day is missing. Nothing was changed; choose the day to mark.");
    // A day of a far zone may have begun: that the kernel knows.
    if (ms > Date.now() + DAY_MS)
      return list.warn(
        "That day is in the future. Nothing was changed; choose one that has begun.",
      );
    return list.change("mark", { day: day.value, mark: mark.value || null });
  }
  return (
    <Form at={form} save="Mark this day" list={list} write={write} onClose={onClose}>
      <label>
        Which day?
        <input
          class="bc-field"
          type="date"
          name="day"
          max={list.today.value}
          defaultValue={list.today.value}
        />
      </label>
      <Choice label="Mark it as" name="mark" options={[...MARKS, ["", "No mark"]]} value="rest" />
    </Form>
  );
}
