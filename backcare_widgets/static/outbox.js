// The outbox: keeps what was done in this browser until the kernel has answered that it is stored.

/** The wait before what is unanswered is sent again; it doubles up to the longest. */
export const RESEND_MS = 2000;
export const LONGEST_MS = 30000;
/** With no answer for so long, the page says that the notebook does not answer. */
export const PATIENCE_MS = 3000;
const HELLO_MS = 500;

/**
 * What the status line says; `now` and `since` in milliseconds of one clock. `dead`: the page knows
 * that the kernel is gone, which a busy one is not.
 */
export function statusText({ waiting, refused, notice, since, saved, durable, dead }, now) {
  const say = (tone, text) => ({ tone, text });
  const kept = durable ? "kept in this browser" : "kept only while this page is open";
  const what = waiting === 1 ? "1 entry is" : `${waiting} entries are`;
  const gone = "the notebook's kernel has stopped or was restarted";
  if (waiting && dead)
    return say("warn", `Not saved yet: ${gone}. ${what} ${kept}; run the cell again to save.`);
  if (refused) return say("warn", `Not saved: ${refused}`);
  if (waiting) {
    if (now - since < PATIENCE_MS) return say("", "Saving…");
    return say(
      "warn",
      `Not saved yet: the notebook does not answer now. ${what} ${kept} and saved as soon as it answers; after a restart, run the cell again.`,
    );
  }
  if (saved && dead) return say("", "Saved in your log. Run the cell again before the next set.");
  if (saved) return say("good", "Saved in your log.");
  if (dead)
    return say(
      "warn",
      `Not connected: ${gone}. The timer goes on, and what you do is ${kept}. When the set has ended, run the cell again to save it.`,
    );
  return say(notice ? "warn" : "", notice);
}

export default () => {
  const views = new Set();
  let retry = () => {};
  const status = { waiting: 0, refused: "", since: 0, saved: false, durable: true, dead: false };

  function initialize({ model }) {
    const workbook = model.get("workbook");
    // A key for each item: two tabs never write over what the other one keeps.
    const prefix = `backcare:outbox:${workbook}:`;
    let answers = 0;
    let wait = RESEND_MS;
    let due = 0;
    const load = () =>
      remembered
        .keys(prefix)
        .map((key) => remembered.get(key))
        .filter((item) => item?.id)
        .sort((a, b) => a.at - b.at);
    const draw = () => {
      status.waiting = load().length;
      views.forEach((view) => view());
    };
    const put = (op, entry) => {
      const item = { id: crypto.randomUUID(), at: Date.now(), op, entry };
      status.durable = remembered.set(prefix + item.id, item);
      status.since = performance.now();
      status.saved = false;
      setTimeout(draw, PATIENCE_MS);
      return item;
    };
    const send = (message) => {
      try {
        model.send(message);
      } catch {
        status.dead = true; // what is kept is sent when a cell is run again
      }
    };
    const flush = () => {
      const items = load();
      if (items.length && performance.now() >= due) {
        due = performance.now() + wait;
        wait = Math.min(2 * wait, LONGEST_MS);
        send({ type: "entries", items });
      }
      draw();
    };
    const flushNow = () => {
      due = 0;
      flush();
    };
    retry = () => {
      status.refused = "";
      status.since = performance.now();
      flushNow();
    };
    /** Sets that were left too long ago to be gone on with are handed on as they were. */
    const sweep = async () => {
      const held = await heldSets();
      for (const key of remembered.keys(`backcare:set:${workbook}:`)) {
        const kept = remembered.get(key);
        if (held.includes(key) || Date.now() - kept?.seenWall < OFFER_MS) continue;
        if (kept?.entry) put("add", kept.entry);
        remembered.remove(key);
      }
      flush();
    };

    const onEntry = (event) => {
      const { session, op, entry } = event.detail;
      if (session !== model.get("session") || op === "keep") return;
      event.preventDefault(); // says "taken" to whoever posted it
      // It alone: each may take the kernel seconds, while another program holds the log.
      send({ type: "entries", items: [put(op, entry)] });
      due = Math.max(due, performance.now() + wait);
      draw();
    };
    const onMessage = (message) => {
      status.dead = false;
      if (message.type === "hello") answers += 1;
      if (message.type !== "answers") return;
      status.refused = "";
      for (const { id, problem } of message.answers) {
        if (problem) status.refused = problem;
        else if (remembered.get(prefix + id)) {
          remembered.remove(prefix + id);
          status.saved = true;
        }
      }
      // A log that refuses may be held by another program: then the kernel waits each time.
      if (!status.refused) wait = RESEND_MS;
      due = performance.now() + wait;
      draw();
    };

    // As it was kept before each item had a key of its own.
    const old = `backcare:outbox:${workbook}`;
    for (const { id, op, entry } of Object.values(remembered.get(old, {})))
      remembered.set(prefix + id, { id, at: 0, op, entry });
    remembered.remove(old);

    document.addEventListener("backcare:entry", onEntry);
    document.addEventListener("visibilitychange", flushNow);
    model.on("msg:custom", onMessage);
    // A kernel that starts while this widget is here is another one, which does not know it. Should
    // it be the old one all the same, it answers.
    const kernel = model.widget_manager?.kernel;
    const onStatus = (_, now) => {
      if (!/starting|dead/.test(now)) return;
      status.dead = true;
      send({ type: "hello" });
      draw();
    };
    kernel?.statusChanged.connect(onStatus);
    status.since = performance.now();
    flush();
    sweep();
    const resend = setInterval(flush, RESEND_MS);
    // Until one message was answered on an idle kernel, every message waits for a busy one. The
    // first may still leave by the slow way, before the quick one is set up.
    const greet = setInterval(
      () => (answers >= 2 ? clearInterval(greet) : send({ type: "hello" })),
      HELLO_MS,
    );
    return () => {
      clearInterval(resend);
      clearInterval(greet);
      kernel?.statusChanged.disconnect(onStatus);
      document.removeEventListener("backcare:entry", onEntry);
      document.removeEventListener("visibilitychange", flushNow);
    };
  }

  function render({ model, el }) {
    const line = h("p.bc-outbox__line", { role: "status" });
    const again = button("Try again", () => retry());
    const root = h("div.bc.bc-outbox", line, again);
    guardKeys(root);
    function draw() {
      const { tone, text } = statusText(
        { ...status, notice: model.get("notice") },
        performance.now(),
      );
      setText(line, text);
      root.dataset.tone = tone;
      root.hidden = text === "";
      again.hidden = tone !== "warn" || status.dead;
    }
    views.add(draw);
    draw();
    el.append(root);
    return () => views.delete(draw);
  }

  return { initialize, render };
};
