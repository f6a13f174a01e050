// What wakes the timer: a worker, which is not slowed in a hidden tab, and the page's own timer
// behind it, since a worker may be refused, fail or fall silent.

const SOURCE =
  "let t; onmessage = (e) => { clearTimeout(t); if (e.data !== null) t = setTimeout(postMessage, e.data, 0); };";
/** The page's own timer comes later by this, so that the worker is first where there is one. */
const BEHIND_MS = 50;

export function openAlarm(wake: () => void) {
  let worker: Worker | null = null;
  try {
    const url = URL.createObjectURL(new Blob([SOURCE], { type: "text/javascript" }));
    worker = new Worker(url);
    URL.revokeObjectURL(url);
    worker.onmessage = wake;
    worker.onerror = (event) => event.preventDefault();
  } catch {
    /* no worker here: the page's own timer is right too, only later in a hidden tab */
  }
  let timeout: ReturnType<typeof setTimeout>;
  return {
    /** Wake once after `ms`, in place of what was set before. */
    set(ms: number): void {
      clearTimeout(timeout);
      timeout = setTimeout(wake, worker ? ms + BEHIND_MS : ms);
      worker?.postMessage(ms);
    },
    close(): void {
      clearTimeout(timeout);
      worker?.terminate();
    },
  };
}
