// Word between screens that the log has changed, also in other tabs: what they show of it is old.

// One for this screen, since a channel hears what others say and not what it says itself.
let channel: BroadcastChannel | undefined;
const hearers = new Set<() => void>();

const CHANGED = "changed";

/** Tell the other screens that this one has changed the log. */
export function tellChange(): void {
  channel?.postMessage(CHANGED);
}

function openChannel(): BroadcastChannel | undefined {
  try {
    const opened = new BroadcastChannel("backcare:log");
    opened.onmessage = ({ data }) => data === CHANGED && hearers.forEach((each) => each());
    return opened;
  } catch {
    return undefined; // none here, or refused as storage is: the others show it when asked again
  }
}

/** Call `hear` whenever another screen has changed the log; return what ends it. */
export function onChange(hear: () => void): () => void {
  hearers.add(hear);
  channel ??= openChannel();
  return () => {
    hearers.delete(hear);
    if (hearers.size > 0) return;
    channel?.close();
    channel = undefined;
  };
}
