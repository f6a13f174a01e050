// Where the keys go when the button that has them is hidden.

import type { RefObject } from "preact";
import { useLayoutEffect } from "preact/hooks";

/** Pass the focus on to `next()` whenever a drawing hides what has it in `root`. */
export function useFocusAfter(
  root: RefObject<HTMLElement | null>,
  next: () => HTMLElement | null | undefined,
): void {
  const focused = document.activeElement; // still: this is before the drawing
  useLayoutEffect(() => {
    if (root.current?.contains(focused) && focused?.closest("[hidden]"))
      next()?.focus({ preventScroll: true });
  });
}
