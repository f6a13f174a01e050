// A spreadsheet of sets is looked through first; only then it can come in.

import { useSignal } from "@preact/signals";
import { useRef } from "preact/hooks";

import type { Bridge } from "../shared/bridge.ts";
import { tellChange } from "../shared/changes.ts";
import { WriteButton } from "../shared/fields.tsx";
import type { RecordsOps } from "./ops.ts";
import { Fold } from "./Records.tsx";

/** A message of this size still passes from the page to the kernel; a million sets are larger. */
const MOST_BYTES = 6_000_000;

export function ImportForm({ bridge: { ask } }: { bridge: Bridge<RecordsOps> }) {
  const field = useRef<HTMLInputElement>(null);
  const said = useSignal("");
  const canCome = useSignal(false);

  async function take(isDryRun: boolean): Promise<void> {
    const file = field.current!.files?.[0];
    canCome.value = false;
    if (!file) {
      said.value = "No file is chosen. Nothing was changed; choose one above.";
      return;
    }
    if (file.size > MOST_BYTES) {
      said.value = "This file is too large for a page. Nothing was changed; import it by a cell.";
      return;
    }
    const question = { name: file.name, content: await inBase64(file), is_dry_run: isDryRun };
    const reply = await ask("import", question, (slow) => (said.value = slow));
    said.value = reply.problem ?? reply.answer.said;
    if (reply.problem !== undefined) return;
    if (isDryRun) canCome.value = reply.answer.added > 0;
    else if (reply.answer.added > 0) {
      tellChange();
      said.value += "\nTo take it out again, press Undo where your sets are listed.";
    }
  }

  return (
    <Fold
      title="Bring sets in"
      about="From a spreadsheet that was saved here, also one that you filled in. It is looked through first; what the log has already does not come twice."
      said={said}
    >
      <label>
        The file
        <input
          class="bc-field"
          type="file"
          accept=".csv,text/csv"
          ref={field}
          onChange={() => {
            canCome.value = false;
            said.value = "";
          }}
        />
      </label>
      <div class="bc-buttons">
        <WriteButton look="bc-button--primary" onPress={() => take(true)}>
          Look through it
        </WriteButton>
        <WriteButton isHidden={!canCome.value} onPress={() => take(false)}>
          Bring these sets in
        </WriteButton>
      </div>
    </Fold>
  );
}

async function inBase64(file: File): Promise<string> {
  const bytes = new Uint8Array(await file.arrayBuffer());
  let text = "";
  for (let at = 0; at < bytes.length; at += 4096) {
    text += String.fromCharCode(...bytes.subarray(at, at + 4096));
  }
  return btoa(text);
}
