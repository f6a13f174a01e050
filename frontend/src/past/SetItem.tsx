// A set of the list: what it was and is, and the form that puts it right.

import { useComputed, useSignal } from "@preact/signals";
import { useRef } from "preact/hooks";

import { Button, WriteButton } from "../shared/fields.tsx";
import { useKeptFocus } from "./Form.tsx";
import { versions, type List, type ShownSet } from "./list.ts";
import { EditForm, type Exercise } from "./SetForm.tsx";

interface SetItemProps {
  set: ShownSet;
  list: List;
  exercises: Exercise[];
}

export function SetItem({ set, list, exercises }: SetItemProps) {
  const { entry_id, time, title, words, fields, is_deleted } = set;
  const root = useRef<HTMLLIElement>(null);
  const isEdited = useComputed(() => list.editing.value.has(entry_id)).value;
  useKeptFocus(root, () => root.current!.querySelector<HTMLElement>("select, button"));
  if (isEdited && !is_deleted)
    return (
      <li data-key={entry_id} ref={root}>
        <EditForm set={set} list={list} exercises={exercises} />
      </li>
    );
  const of = `, ${title} at ${time}`;
  return (
    <li class="bc-past__set" data-key={entry_id} ref={root}>
      <span class="bc-past__time">{time}</span>
      <div class="bc-past__words">
        <strong>{title}</strong>
        <span>{words}</span>
        {fields.note && <q class="bc-past__note">{fields.note}</q>}
        {set.revisions > 1 && <Versions key={set.revisions} set={set} list={list} of={of} />}
      </div>
      <div class="bc-past__acts">
        {is_deleted ? (
          <WriteButton
            key="back"
            look="bc-past__act"
            label={`Put back${of}`}
            onPress={() => list.change("bring_back", { entry_id })}
          >
            Put back
          </WriteButton>
        ) : (
          <>
            <Button look="bc-past__act" label={`Edit${of}`} onPress={() => list.edit(entry_id)}>
              Edit
            </Button>
            <WriteButton
              look="bc-past__act"
              label={`Delete${of}`}
              onPress={() => list.change("delete", { entry_id })}
            >
              Delete
            </WriteButton>
          </>
        )}
      </div>
    </li>
  );
}

/** What the set was before, once it is asked for; `of` tells the button from its like. */
function Versions({ set, list, of }: { set: ShownSet; list: List; of: string }) {
  const texts = useSignal<string[]>([]);
  const isOpen = useSignal(false);
  async function turn() {
    const isWanted = !isOpen.value;
    if (isWanted) {
      const told = await list.history(set.entry_id);
      if (told === null) return;
      texts.value = told;
    }
    isOpen.value = isWanted;
  }
  const text = versions(set.revisions);
  return (
    <>
      <Button look="bc-link" label={text + of} isExpanded={isOpen.value} onPress={turn}>
        {text}
      </Button>
      <ol class="bc-past__versions" hidden={!isOpen.value}>
        {texts.value.map((each, i) => (
          <li key={i}>{each}</li>
        ))}
      </ol>
    </>
  );
}
