// The outbox: keeps what was done in this browser, under the log's own id, until the kernel has
// answered that it is stored.

import { computed, signal } from "@preact/signals";

import { newId, type Bridge, type Reply } from "../../shared/bridge.ts";
import { tellChange } from "../../shared/changes.ts";
import { isNumber, isRecord, isText, keys, read, remove, write } from "../../shared/storage.ts";
import type { Entry, PainAfter, SessionOps, Tally } from "../ops.ts";
import { isEntry } from "../timer/entry.ts";

/** The wait before what is unanswered is sent again; it doubles up to the longest. */
export const RESEND_MS = 2000;
export const LONGEST_MS = 30000;

interface Waiting {
  id: string;
  at: number;
  /** Why the log will never take it; it stays until it is put away. */
  refused?: string;
}

/** What waits: a set to be added, or the pain after one. A key of its own keeps tabs apart. */
export type Item = Waiting & ({ op: "add"; entry: Entry } | { op: "edit"; entry: PainAfter });

export function isItem(value: unknown): value is Item {
  if (!isRecord(value) || !isText(value.id) || !isNumber(value.at)) return false;
  if (value.refused !== undefined && !isText(value.refused)) return false;
  if (value.op === "add") return isEntry(value.entry);
  return value.op === "edit" && isRecord(value.entry) && isText(value.entry.entry_id);
}

export type Outbox = ReturnType<typeof openOutbox>;

export function openOutbox(
  bridge: Bridge<SessionOps>,
  logId: string,
  onTally: (tally: Tally) => void,
) {
  const prefix = `backcare:outbox:${logId}:`;
  const items = signal<readonly Item[]>([]);
  /** Whether all that was handed on since is in the log. */
  const isSaved = signal(false);
  /** Whether what waits outlives the page. */
  const isDurable = signal(true);
  /** Whether an answer is overdue. */
  const isSlow = signal(false);
  /** Why the log cannot be used just now, or "". */
  const problem = signal("");
  const waiting = computed(() => items.value.filter(({ refused }) => refused === undefined));
  const refused = computed(() => items.value.filter(({ refused }) => refused !== undefined));
  // What this page has put here and had no answer to. It is sent even if the browser lost it:
  // another tab may have had its answer, or a person have cleared what sites have stored.
  const mine = new Map<string, Item>();
  let wait = RESEND_MS;
  let resend: ReturnType<typeof setTimeout>;

  function look() {
    const found = new Map(mine);
    for (const key of keys(prefix)) {
      // One that does not know its own key could never be taken away again.
      const item = read(key, (value): value is Item => isItem(value) && prefix + value.id === key);
      if (item) found.set(item.id, item);
    }
    items.value = [...found.values()].sort((a, b) => a.at - b.at);
  }

  function put(item: Item) {
    const isFirst = waiting.peek().length === 0;
    mine.set(item.id, item);
    isDurable.value = write(prefix + item.id, item);
    isSaved.value = false;
    look();
    if (isFirst) sendNow();
    else sendIn(RESEND_MS);
  }

  function sendIn(ms: number) {
    clearTimeout(resend);
    resend = setTimeout(send, ms);
  }

  // One at a time, the oldest first: the pain after a set is sent once the set is in the log, and a
  // log that another program holds costs the kernel one wait and not one for each.
  function send() {
    clearTimeout(resend);
    look();
    const [item] = waiting.peek();
    if (!item) return;
    sendIn(wait);
    wait = Math.min(2 * wait, LONGEST_MS);
    const onSlow = () => (isSlow.value = true);
    const asked =
      item.op === "add"
        ? bridge.ask("add", { entry: item.entry }, onSlow)
        : bridge.ask("edit", item.entry, onSlow);
    void asked.then((reply) => onReply(item, reply));
  }

  function sendNow() {
    wait = RESEND_MS;
    send();
  }

  function onReply(item: Item, reply: Reply<{ tally: Tally }>) {
    const key = prefix + item.id;
    isSlow.value = false;
    problem.value = "";
    if (reply.problem !== undefined && !reply.isFinal) {
      if (!bridge.isGone.peek()) problem.value = reply.problem;
      return sendIn(wait);
    }
    // An answer that was overdue may come twice, or after another tab has had its own.
    if (mine.delete(item.id) || read(key, isItem) !== null) {
      if (reply.problem !== undefined) write(key, { ...item, refused: reply.problem });
      else {
        remove(key);
        isSaved.value = true;
        tellChange();
      }
    }
    if (reply.problem === undefined) onTally(reply.answer.tally);
    sendNow();
  }

  const onVisible = () => document.hidden || sendNow();
  document.addEventListener("visibilitychange", onVisible);
  const unwatch = bridge.isGone.subscribe((isGone) => isGone || sendNow()); // now, and when back

  return {
    ...{ waiting, refused, isSaved, isDurable, isSlow, problem },
    add: (entry: Entry) => put({ id: newId(), at: Date.now(), op: "add", entry }),
    edit: (entry: PainAfter) => put({ id: newId(), at: Date.now(), op: "edit", entry }),
    /** Send what waits now, not when its time comes. */
    retry(): void {
      problem.value = "";
      isSlow.value = false;
      sendNow();
    },
    putAway(item: Item): void {
      remove(prefix + item.id);
      look();
    },
    end(): void {
      unwatch();
      clearTimeout(resend);
      document.removeEventListener("visibilitychange", onVisible);
    },
  };
}
