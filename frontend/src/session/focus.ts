// Where the keys go when the button that has them is hidden or taken away.

import type { RefObject } from "preact";
import { useLayoutEffect } from "preact/hooks";

/** Pass the focus on to `next()` whenever a drawing hides or takes away what has it in `root`. */
export function useFocusAfter(
  root: RefObject<HTMLElement | null>,
  next: () => HTMLElement | null | undefined,
): void {
  const focused = document.activeElement; // still: this is before the drawing
  const isOurs = focused !== null && root.current?.contains(focused);
  useLayoutEffect(() => {
    if (isOurs && (!focused.isConnected || focused.closest("[hidden]")))
      next()?.focus({ preventScroll: true });
  });
}
