// A day of the list: its sets, its mark, and what was deleted of it.

import { useSignal } from "@preact/signals";

import { Button, WriteButton } from "../shared/fields.tsx";
import type { Day, List, ShownSet } from "./list.ts";
import { MARKS } from "./MarkForm.tsx";
import type { Exercise } from "./SetForm.tsx";
import { SetItem } from "./SetItem.tsx";

const TURNS: Record<string, string> = {
  pause: "The programme was paused on this day",
  resume: "The programme was resumed on this day",
};

interface DayItemProps {
  day: Day;
  list: List;
  exercises: Exercise[];
}

export function DayItem({ day: { day, title, mark, sets }, list, exercises }: DayItemProps) {
  const showsDeleted = useSignal(false);
  const isShown = showsDeleted.value; // always read: a day that is the same is then not drawn anew
  const items = (some: ShownSet[]) =>
    some.map((set) => <SetItem key={set.entry_id} set={set} list={list} exercises={exercises} />);
  const gone = sets.filter((set) => set.is_deleted);
  const there = sets.filter((set) => !set.is_deleted);
  return (
    <li class="bc-past__day" data-day={day} data-key={day} tabIndex={-1} aria-label={title}>
      <div class="bc-past__head">
        <h3>{title}</h3>
        {TURNS[mark ?? ""] ? (
          <span class="bc-note">{TURNS[mark ?? ""]}</span>
        ) : (
          <div class="bc-past__marks">
            {MARKS.map(([name, text]) => (
              <WriteButton
                key={name}
                look="bc-past__mark"
                label={`${text}: ${title}`}
                isPressed={mark === name}
                onPress={() => list.change("mark", { day, mark: mark === name ? null : name })}
              >
                {text}
              </WriteButton>
            ))}
          </div>
        )}
      </div>
      {there.length > 0 ? (
        <ul class="bc-past__sets">{items(there)}</ul>
      ) : (
        <p class="bc-note">Nothing is recorded.</p>
      )}
      {gone.length > 0 && (
        <>
          <Button
            look="bc-link"
            label={`${gone.length} deleted, ${title}`}
            isExpanded={isShown}
            onPress={() => (showsDeleted.value = !isShown)}
          >
            {`${gone.length} deleted`}
          </Button>
          <ul class="bc-past__sets" hidden={!isShown}>
            {items(gone)}
          </ul>
        </>
      )}
    </li>
  );
}
