// Folds, one for each thing that can be done; each says below its buttons what came of it.

import { useSignal, type Signal } from "@preact/signals";
import type { ComponentChildren } from "preact";

import type { Bridge, Reply } from "../shared/bridge.ts";
import { tellChange } from "../shared/changes.ts";
import { download } from "../shared/download.ts";
import { WriteButton } from "../shared/fields.tsx";
import { saidHere } from "../shared/host.ts";
import { ImportForm } from "./ImportForm.tsx";
import type { RecordsOps } from "./ops.ts";
import { ReminderForm } from "./ReminderForm.tsx";

export interface Named {
  id: string;
  name: string;
}

interface RecordsProps {
  bridge: Bridge<RecordsOps>;
  exercises: readonly Named[];
}

export function Records({ bridge, exercises }: RecordsProps) {
  return (
    <section class="bc bc-records" aria-label="Your data">
      <Taking bridge={bridge} />
      <ImportForm bridge={bridge} />
      <ReminderForm bridge={bridge} exercises={exercises} />
      <Looking bridge={bridge} />
    </section>
  );
}

interface FoldProps {
  title: string;
  about: string;
  children: ComponentChildren;
  said: Signal<string>;
}

export function Fold({ title, about, children, said }: FoldProps) {
  return (
    <details>
      <summary>{title}</summary>
      <div class="bc-form">
        <p class="bc-note">{about}</p>
        {children}
        <p class="bc-note bc-records__said" role="status">
          {said.value}
        </p>
      </div>
    </details>
  );
}

/** Give the file of an answer to the downloads, and say so; or say what went wrong. */
export function receive(
  reply: Reply<{ file: string }>,
  said: Signal<string>,
  advice: string,
): void {
  if (reply.problem !== undefined) said.value = reply.problem;
  else {
    download(reply.answer.file, reply.buffers);
    said.value = `${reply.answer.file} is in your downloads. ${advice}`;
  }
}

interface PartProps {
  bridge: Bridge<RecordsOps>;
}

function Taking({ bridge: { ask } }: PartProps) {
  const said = useSignal("");
  async function save(kind: "csv" | "json"): Promise<void> {
    const reply = await ask("export", { kind }, (slow) => (said.value = slow));
    receive(reply, said, "It holds what you recorded about your health: you decide who gets it.");
  }
  return (
    <Fold
      title="Take your sets with you"
      about="All sets and marked days, as one file."
      said={said}
    >
      <div class="bc-buttons">
        <WriteButton look="bc-button--primary" onPress={() => save("csv")}>
          Save as a spreadsheet
        </WriteButton>
        <WriteButton onPress={() => save("json")}>Save for other programs</WriteButton>
      </div>
    </Fold>
  );
}

function Looking({ bridge: { ask } }: PartProps) {
  const said = useSignal("");
  async function run(op: "look" | "restore"): Promise<void> {
    const reply = await ask(op, {}, (slow) => (said.value = slow));
    said.value = reply.problem ?? saidHere(reply.answer.said);
    if (op === "restore" && reply.problem === undefined) tellChange();
  }
  return (
    <Fold
      title="If something seems wrong"
      about="Looking changes nothing. Bringing back adds what the daily copies have and the log lacks, and deletes nothing; a damaged file is kept."
      said={said}
    >
      <div class="bc-buttons">
        <WriteButton look="bc-button--primary" onPress={() => run("look")}>
          Look the log over
        </WriteButton>
        <WriteButton onPress={() => run("restore")}>Bring back what is missing</WriteButton>
      </div>
    </Fold>
  );
}
