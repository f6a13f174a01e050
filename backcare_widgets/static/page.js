// What every widget's page part needs. Python puts this text in front of each of them, since
// anywidget loads one file a widget and a blob has no neighbours to import from.

/**
 * Make an element: h("p.a.b", { id: "x" }, "text"), its classes after its tag; the attributes may
 * be left out. Children are text or elements, never markup.
 */
export function h(what, ...children) {
  const [tag, ...classes] = what.split(".");
  const svg = ["svg", "circle", "g", "path", "text"].includes(tag);
  const el = svg
    ? document.createElementNS("http://www.w3.org/2000/svg", tag)
    : document.createElement(tag);
  el.classList.add(...classes);
  const props = children[0]?.constructor === Object ? children.shift() : {};
  for (const [name, value] of Object.entries(props)) {
    if (name.startsWith("on")) el.addEventListener(name.slice(2), value);
    else if (value === true) el.setAttribute(name, "");
    else if (value !== false && value != null) el.setAttribute(name, value);
  }
  el.append(...children.filter((child) => child != null));
  return el;
}

/** Make a button; `look` is added to its class, `props` are further attributes. */
export function button(text, onclick, look = "", props = {}) {
  return h(`button.bc-button${look && "." + look}`, { type: "button", onclick, ...props }, text);
}

/** Set text only when it differs: a live region speaks at every assignment. */
export function setText(el, text) {
  if (el.textContent !== text) el.textContent = text;
}

/**
 * Keep keystrokes in the widget away from JupyterLab, whose command mode would delete or
 * convert the cell on a stray "d d" or "m". Escape and chords still reach it.
 */
export function guardKeys(root) {
  root.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" && !event.ctrlKey && !event.metaKey) event.stopPropagation();
  });
}

// Without storage (private window, full disk) values last as long as the page does.
const unstored = (globalThis.__backcareUnstored ??= new Map());

/** What this browser remembers, by key; values are anything JSON holds. */
export const remembered = {
  get(key, fallback) {
    try {
      const text = localStorage.getItem(key) ?? unstored.get(key);
      return text == null ? fallback : JSON.parse(text);
    } catch {
      return unstored.has(key) ? JSON.parse(unstored.get(key)) : fallback;
    }
  },
  /** Give whether it will outlive the page. */
  set(key, value) {
    const text = JSON.stringify(value);
    try {
      localStorage.setItem(key, text);
      unstored.delete(key);
      return true;
    } catch {
      unstored.set(key, text);
      return false;
    }
  },
  remove(key) {
    unstored.delete(key);
    try {
      localStorage.removeItem(key);
    } catch {
      /* it was never there */
    }
  },
  /** The keys that begin with `prefix`. */
  keys(prefix) {
    const keys = [...unstored.keys()];
    try {
      keys.push(...Object.keys(localStorage));
    } catch {
      /* no storage */
    }
    return keys.filter((key) => key.startsWith(prefix));
  },
};

/** The names of the sets that are under way in a page of this browser; see timer.js. */
export const heldSets = async () =>
  ((await navigator.locks?.query())?.held ?? []).map(({ name }) => name);

/** A set that was left for longer is not offered to be gone on with. */
export const OFFER_MS = 4 * 3600000;

/**
 * Hand an entry to the session's outbox; give whether one took it.
 *
 * A DOM event and not a synced trait: traits go to the kernel and may be saved into the
 * notebook, and an entry holds a person's health.
 * @param {"add"|"edit"|"keep"} op "keep": of a set under way, for what else is known of it
 */
export function post(session, op, entry) {
  const event = new CustomEvent("backcare:entry", {
    cancelable: true,
    detail: { session, op, entry },
  });
  return !document.dispatchEvent(event); // the outbox says "taken" by preventDefault
}

/** The moment in the three values the log keeps: instant, offset and zone of this browser. */
export function moment(wallMs) {
  const when = new Date(wallMs);
  return {
    started_at: when.toISOString(),
    utc_offset_min: -when.getTimezoneOffset(),
    tz: Intl.DateTimeFormat().resolvedOptions().timeZone ?? "",
  };
}

/** A number with a button below and above it; `show` words the value, `set` takes it over. */
export function stepper({ label, value, low, high, step = 1, show, set }) {
  const shown = h("output.bc-stepper__value", show(value));
  const change = (by) => () => {
    value = Math.min(high, Math.max(low, value + by));
    setText(shown, show(value));
    less.disabled = value <= low;
    more.disabled = value >= high;
    set(value);
  };
  const less = button("−", change(-step), "", { "aria-label": `${label}: less` });
  const more = button("+", change(step), "", { "aria-label": `${label}: more` });
  less.disabled = value <= low;
  more.disabled = value >= high;
  return h(
    "div.bc-stepper",
    { role: "group", "aria-label": label },
    h("span.bc-stepper__label", label),
    less,
    shown,
    more,
  );
}
