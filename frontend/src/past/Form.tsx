// What the forms of the list have in common, and how the keys keep their place in it.

import type { ComponentChildren, RefObject } from "preact";
import { useLayoutEffect } from "preact/hooks";

import { Button, useOnce } from "../shared/fields.tsx";
import type { List } from "./list.ts";

interface FormProps {
  at: RefObject<HTMLFormElement | null>;
  save: string;
  children: ComponentChildren;
  /** Write what the form holds; return whether that was done. */
  write: () => Promise<boolean> | boolean;
  list: List;
  onClose: () => void;
}

/** Fields with two buttons below them: to write what they hold, and to leave. */
export function Form({ at, save, children, write, list, onClose }: FormProps) {
  const { press, isHeld } = useOnce<SubmitEvent>(async () => {
    // It may have been left before the answer.
    if ((await write()) && at.current) onClose();
  });
  function submit(event: SubmitEvent) {
    event.preventDefault();
    press(event);
  }
  function cancel() {
    list.say("");
    onClose();
  }
  return (
    <form class="bc-form" noValidate onSubmit={submit} ref={at}>
      {children}
      <div class="bc-past__acts">
        <Button type="submit" look="bc-button--primary" isHeld={isHeld}>
          {save}
        </Button>
        <Button onPress={cancel}>Cancel</Button>
      </div>
    </form>
  );
}

/** Focus the first field of a form as it opens. */
export function useFirstField(form: RefObject<HTMLFormElement | null>, isOpened: boolean): void {
  useLayoutEffect(() => {
    if (isOpened) form.current!.querySelector<HTMLElement>("select, input")!.focus();
  }, []);
}

/** Focus what `find` returns wherever drawing anew takes away the element in `root` that has it. */
export function useKeptFocus(
  root: RefObject<HTMLElement | null>,
  find: (was: Element) => HTMLElement | null,
): void {
  const was = document.activeElement; // still there: this is before the drawing
  const hadFocus = was !== null && root.current?.contains(was);
  useLayoutEffect(() => {
    if (hadFocus && !root.current!.contains(document.activeElement)) find(was)?.focus();
  });
}
