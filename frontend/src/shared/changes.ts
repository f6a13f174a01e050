// Word between screens that the log has changed, also in other tabs: what they show of it is old.

const NAME = "backcare:log";

/** Tell the other screens that this one has changed the log. */
export function tellChange(): void {
  const channel = globalThis.BroadcastChannel && new BroadcastChannel(NAME);
  channel?.postMessage("changed");
  channel?.close();
}

/** Call `hear` whenever another screen has changed the log; return what ends it. */
export function onChange(hear: () => void): () => void {
  const channel = globalThis.BroadcastChannel && new BroadcastChannel(NAME);
  channel?.addEventListener("message", hear);
  return () => channel?.close();
}
