// The outbox: keeps what was done in this browser until the kernel has answered that it is stored.

export const RESEND_MS = 2000;
/** With no answer for so long, the page says that the notebook does not answer. */
export const PATIENCE_MS = 3000;
const HELLO_MS = 500;

/** What the status line says; `now` and `since` in milliseconds of one clock. */
export function statusText({ waiting, refused, notice, since, saved, durable }, now) {
  if (refused) return { tone: "warn", text: `Not saved: ${refused}` };
  if (waiting === 0 && saved) return { tone: "good", text: "Saved in your log." };
  if (waiting === 0) return { tone: notice ? "warn" : "", text: notice };
  if (now - since < PATIENCE_MS) return { tone: "", text: "Saving…" };
  const kept = durable ? "kept in this browser" : "kept only while this page is open";
  const what = waiting === 1 ? "1 entry is" : `${waiting} entries are`;
  return {
    tone: "warn",
    text: `Not saved yet: the notebook is busy or was restarted. ${what} ${kept} and saved as soon as it answers; after a restart, run the cell again.`,
  };
}

export default () => {
  const views = new Set();
  let retry = () => {};
  const status = { waiting: 0, refused: "", since: 0, saved: false, durable: true };

  function initialize({ model }) {
    const key = `backcare:outbox:${model.get("workbook")}`;
    let answers = 0;
    const load = () => remembered.get(key, {});
    const draw = () => {
      status.waiting = Object.keys(load()).length;
      views.forEach((view) => view());
    };
    const store = (items) => {
      status.durable = remembered.set(key, items);
      draw();
    };
    const send = (message) => {
      try {
        model.send(message);
      } catch {
        /* the kernel is gone: what is kept is sent when a cell is run again */
      }
    };
    const flush = () => {
      const items = Object.values(load());
      if (items.length) send({ type: "entries", items });
      draw();
    };
    retry = () => {
      status.refused = "";
      status.since = performance.now();
      flush();
    };

    const onEntry = (event) => {
      const { session, op, entry } = event.detail;
      if (session !== model.get("session")) return;
      event.preventDefault(); // says "taken" to whoever posted it
      const id = crypto.randomUUID();
      if (status.waiting === 0) status.since = performance.now();
      status.saved = false;
      store({ ...load(), [id]: { id, op, entry } });
      flush();
    };
    const onMessage = (message) => {
      if (message.type === "hello") answers += 1;
      if (message.type !== "answers") return;
      const items = load();
      status.refused = "";
      for (const { id, problem } of message.answers) {
        if (problem) status.refused = problem;
        else if (items[id]) {
          delete items[id];
          status.saved = true;
        }
      }
      store(items);
    };

    document.addEventListener("backcare:entry", onEntry);
    document.addEventListener("visibilitychange", flush);
    model.on("msg:custom", onMessage);
    status.since = performance.now();
    flush();
    const resend = setInterval(() => (Object.keys(load()).length ? flush() : draw()), RESEND_MS);
    // Until one message was answered on an idle kernel, every message waits for a busy one. The
    // first may still leave by the slow way, before the quick one is set up.
    const greet = setInterval(
      () => (answers >= 2 ? clearInterval(greet) : send({ type: "hello" })),
      HELLO_MS,
    );
    return () => {
      clearInterval(resend);
      clearInterval(greet);
      document.removeEventListener("backcare:entry", onEntry);
      document.removeEventListener("visibilitychange", flush);
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
      again.hidden = tone !== "warn";
    }
    views.add(draw);
    draw();
    el.append(root);
    return () => views.delete(draw);
  }

  return { initialize, render };
};
