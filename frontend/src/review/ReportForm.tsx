// What makes the page for a physiotherapist, and which notes may be on it.

import { useSignal, type ReadonlySignal } from "@preact/signals";
import { useRef } from "preact/hooks";

import type { Bridge } from "../shared/bridge.ts";
import { download } from "../shared/download.ts";
import { WriteButton } from "../shared/fields.tsx";
import type { Note, ReviewOps } from "./charts.ts";

interface ReportFormProps {
  period: ReadonlySignal<string>;
  /** The notes of these days; null until they are known. */
  notes: Note[] | null;
  bridge: Bridge<ReviewOps>;
}

export function ReportForm({ period, notes, bridge }: ReportFormProps) {
  const name = useRef<HTMLInputElement>(null);
  const list = useRef<HTMLDivElement>(null);
  const made = useSignal("");

  async function save(kind: "pdf" | "html"): Promise<void> {
    made.value = "Making the page…";
    const ticked = list.current!.querySelectorAll<HTMLInputElement>("input:checked");
    const question = {
      period: period.value,
      kind,
      name: name.current!.value.trim(),
      notes: [...ticked].map(({ value }) => value),
    };
    const reply = await bridge.ask("report", question, (text) => (made.value = text));
    if (reply.problem !== undefined) {
      made.value = reply.problem;
      return;
    }
    const { file } = reply.answer;
    download(file, reply.buffers);
    made.value = `${file} is in your downloads. It holds what you recorded about your health: you decide who gets it.`;
  }

  return (
    <details class="bc-review__report">
      <summary>A page for a physiotherapist</summary>
      <div class="bc-form">
        <p class="bc-note">
          One page of the period chosen above, in whole weeks, so that it may begin some days
          earlier: the programme, what was done of it, sets stopped for pain, pain before and after,
          and how each number is worked out. It is made on this computer and sent nowhere.
        </p>
        <label>
          Your name (optional; empty leaves a line to write on)
          <input class="bc-field" type="text" maxLength={60} autocomplete="off" ref={name} />
        </label>
        <fieldset>
          <legend>
            {notes &&
              (notes.length > 0
                ? "Which of your notes may be on it? None, unless you choose."
                : "You wrote no notes in these days.")}
          </legend>
          <div class="bc-review__notes" ref={list}>
            {notes?.map(({ entry_id, day, exercise, note }) => (
              <label key={entry_id} class="bc-check">
                <input type="checkbox" value={entry_id} />
                <span>{`${day}, ${exercise}: ${note}`}</span>
              </label>
            ))}
          </div>
        </fieldset>
        <div class="bc-buttons">
          <WriteButton look="bc-button--primary" onPress={() => save("pdf")}>
            Save as PDF
          </WriteButton>
          <WriteButton onPress={() => save("html")}>Save as a web page</WriteButton>
        </div>
        <p class="bc-note" role="status">
          {made.value}
        </p>
      </div>
    </details>
  );
}
