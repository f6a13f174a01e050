// Word between screens that the log has changed, also in other tabs: what they show of it is old.

// One for this screen, since a channel hears what others say and not what it says itself.
let channel: BroadcastChannel | undefined;
const hearers = new Set<() => void>();

/** Tell the other screens that this one has changed the log. */
export function tellChange(): void {
  channel?.postMessage("changed");
}

/** Call `hear` whenever another screen has changed the log; return what ends it. */
export function onChange(hear: () => void): () => void {
  hearers.add(hear);
  if (!channel && globalThis.BroadcastChannel) {
    channel = new BroadcastChannel("backcare:log");
    channel.onmessage = () => hearers.forEach((each) => each());
  }
  return () => {
    hearers.delete(hear);
    if (hearers.size > 0) return;
    channel?.close();
    channel = undefined;
  };
}
