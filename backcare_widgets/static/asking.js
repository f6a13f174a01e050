// Questions to the kernel: each is answered once, and the page knows when none can come.

/** With no answer for so long, the page says that the notebook does not answer. */
const PATIENCE_MS = 3000;

/** Said on the document when the list has changed the log: what is drawn of it is old then. */
export const LOG_CHANGED = "backcare:log-changed";

const STOPPED =
  "The notebook's kernel has stopped or was restarted. What is in the log is kept; run the cell again.";
const BUSY =
  "The notebook does not answer now. It is done as soon as it answers; after a restart, run the cell again.";

/**
 * Give `ask(question, say)`: a promise of [answer, buffers], where an answer may hold a `problem`.
 * `say` is told in one sentence when it takes long.
 */
export function asker(model) {
  const open = new Map();
  let isDead = false;
  const settle = (id, answer, buffers) => {
    const { resolve, timer } = open.get(id) ?? {};
    clearTimeout(timer);
    open.delete(id);
    resolve?.([answer, buffers]);
  };
  const onMessage = ({ id, ...answer }, buffers) => settle(id, answer, buffers);
  // A kernel that starts while this widget is here is another one, which does not know it.
  const onStatus = (_, now) => {
    if (!/starting|dead/.test(now)) return;
    isDead = true;
    for (const id of [...open.keys()]) settle(id, { problem: STOPPED });
  };
  const kernel = model.widget_manager?.kernel;
  kernel?.statusChanged.connect(onStatus);
  model.on("msg:custom", onMessage);
  const ask = (question, say = () => {}) =>
    new Promise((resolve) => {
      const id = crypto.randomUUID();
      open.set(id, { resolve, timer: setTimeout(say, PATIENCE_MS, BUSY) });
      try {
        if (isDead) throw new Error(STOPPED);
        model.send({ id, now: moment(Date.now()), ...question });
      } catch {
        settle(id, { problem: STOPPED });
      }
    });
  ask.end = () => {
    kernel?.statusChanged.disconnect(onStatus);
    model.off("msg:custom", onMessage);
  };
  return ask;
}
