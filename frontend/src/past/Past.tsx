// The whole list, with its tools above it.

import { useSignal } from "@preact/signals";
import { useLayoutEffect, useMemo, useRef } from "preact/hooks";

import { newId } from "../shared/bridge.ts";
import { Button, WriteButton } from "../shared/fields.tsx";
import { DayItem } from "./DayItem.tsx";
import { useKeptFocus } from "./Form.tsx";
import type { List } from "./list.ts";
import { MarkForm } from "./MarkForm.tsx";
import { AddForm, type Exercise } from "./SetForm.tsx";

export function Past({ list, exercises }: { list: List; exercises: Exercise[] }) {
  const open = useSignal<"add" | "mark" | null>(null);
  const root = useRef<HTMLElement>(null);
  const line = useRef<HTMLParagraphElement>(null);
  const place = useRef<HTMLDivElement>(null);
  const add = useRef<HTMLButtonElement>(null);
  const mark = useRef<HTMLButtonElement>(null);
  const more = useRef<HTMLButtonElement>(null);
  /** The day before which the keys go on, once it is there. */
  const from = useRef("");
  const { text, tone } = list.said.value;
  // Drawn anew each time: a text that stays as it is would not be announced again.
  const turn = useMemo(newId, [list.said.value]);

  useKeptFocus(root, (was) => {
    const key = was.closest<HTMLElement>("[data-key]")?.dataset.key ?? "";
    const buttons = root.current!.querySelectorAll<HTMLElement>(
      `[data-key="${CSS.escape(key)}"] button`,
    );
    const same = [...buttons].find(({ ariaLabel }) => ariaLabel === was.ariaLabel);
    const isShown = (button?: HTMLElement) => button?.checkVisibility() && button;
    return isShown(same) || isShown(buttons[0]) || line.current;
  });
  useLayoutEffect(() => {
    const at = document.activeElement;
    if (!from.current || (at !== more.current && at !== document.body)) return;
    const days = [...root.current!.querySelectorAll<HTMLElement>(".bc-past__day")];
    const first = days.find(({ dataset }) => dataset.day! < from.current);
    if (first) from.current = "";
    first?.focus();
  }, [list.days.value]);

  // A form that is open is not drawn anew under the hands.
  const refresh = () => root.current!.querySelector("form") || list.refresh();
  function show(form: "add" | "mark") {
    list.refresh(); // another day may have begun
    open.value = form;
    place.current!.querySelector<HTMLElement>("select, input")?.focus();
  }
  function close(opener: HTMLElement) {
    if (place.current!.contains(document.activeElement)) opener.focus();
    open.value = null;
  }
  function showEarlier() {
    from.current = list.oldest() ?? "";
    list.load({ before: from.current });
  }

  const isPaused = list.paused.value !== "";
  return (
    <section
      class="bc bc-past"
      aria-label="What you recorded"
      ref={root}
      onMouseEnter={refresh}
      onFocusIn={(event) => {
        if (!root.current!.contains(event.relatedTarget as Node | null)) refresh();
      }}
    >
      <div class="bc-past__tools">
        <Button at={add} onPress={() => show("add")}>
          Add a set
        </Button>
        <Button at={mark} onPress={() => show("mark")}>
          Mark a day
        </Button>
        <WriteButton
          onPress={() => list.change("mark", { day: null, mark: isPaused ? "resume" : "pause" })}
        >
          {isPaused ? "Resume the programme" : "I feel better: pause the programme"}
        </WriteButton>
        <WriteButton look="bc-past__undo" onPress={() => list.change("undo", {})}>
          Undo
        </WriteButton>
        <WriteButton onPress={() => list.change("redo", {})}>Redo</WriteButton>
      </div>
      <p class="bc-past__said" role="status" tabIndex={-1} data-tone={text && tone} ref={line}>
        <span key={turn}>{text}</span>
      </p>
      <p class="bc-note">{list.paused.value}</p>
      <div ref={place}>
        {open.value === "add" && (
          <AddForm list={list} exercises={exercises} onClose={() => close(add.current!)} />
        )}
        {open.value === "mark" && <MarkForm list={list} onClose={() => close(mark.current!)} />}
      </div>
      <ol class="bc-past__days">
        {list.days.value.map((day) => (
          <DayItem key={day.day} day={day} list={list} exercises={exercises} />
        ))}
      </ol>
      <Button at={more} isHidden={!list.hasEarlier.value} onPress={showEarlier}>
        Show earlier days
      </Button>
    </section>
  );
}
