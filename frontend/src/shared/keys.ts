// The keys of a screen stay in it: a notebook's commands would cut or convert its cell.

/** JupyterLab and Notebook look for it on the focused element before they take a key. */
const SUPPRESS = "data-lm-suppress-shortcuts";

/** Return whether a key is for the host all the same: Escape, and chords. */
const isForHost = (event: KeyboardEvent): boolean =>
  event.key === "Escape" || event.ctrlKey || event.metaKey;

/**
 * Keep keys pressed in `root` away from the host, which may listen as they sink (Notebook 7) or as
 * they bubble (JupyterLab); return what ends it. A key held down presses no button twice.
 */
export function guardKeys(root: HTMLElement): () => void {
  const asTheySink = (event: KeyboardEvent) => {
    const { target } = event;
    if (!(target instanceof Element) || !root.contains(target)) return;
    if (isForHost(event)) target.removeAttribute(SUPPRESS);
    else target.setAttribute(SUPPRESS, "true");
    if (event.repeat && event.key === "Enter" && target.closest("button, summary"))
      event.preventDefault();
  };
  const asTheyBubble = (event: KeyboardEvent) => {
    if (!isForHost(event)) event.stopPropagation();
  };
  window.addEventListener("keydown", asTheySink, { capture: true });
  root.addEventListener("keydown", asTheyBubble);
  return () => {
    window.removeEventListener("keydown", asTheySink, { capture: true });
    root.removeEventListener("keydown", asTheyBubble);
  };
}
