// What was recorded, day by day, newest first, and how it is put right.

const MARKS = { rest: "Rest day", "flare-up": "Flare-up" };
const TURNS = {
  pause: "The programme was paused on this day",
  resume: "The programme was resumed on this day",
};

/** How many earlier versions a set has, as its button says it. */
export function versions(revisions) {
  return `${revisions - 1} earlier ${revisions === 2 ? "version" : "versions"}`;
}

/** Only what differs is drawn anew: the old list by day, given the new days. */
export function kept(drawn, days) {
  return days.map((day) => {
    const text = JSON.stringify(day);
    const old = drawn.get(day.day);
    return old?.text === text ? old : { text, day };
  });
}

export default () => ({
  render({ model, el }) {
    const ask = asker(model);
    const exercises = model.get("exercises");
    let drawn = new Map();
    let paused = "";
    let hidesPain = false;
    let isLoading = false;

    const line = h("p.bc-past__said", { role: "status", tabindex: -1 });
    const say = (text, tone = "") => {
      setText(line, text);
      line.dataset.tone = text && tone; // an empty line has no colour
    };
    const place = h("div");
    const editing = new Map(); // by set: where its form is, and what is shown once it is closed
    const list = h("ol.bc-past__days");
    const more = button("Show earlier days", () => load(oldest()), "", { hidden: true });
    const turn = button("", () =>
      change({ ask: "mark", day: null, mark: paused ? "resume" : "pause" }),
    );
    const pause = h("p.bc-note");
    const add = button("Add a set", () => open(adding()));
    const mark = button("Mark a day", () => open(marking()));
    const root = h(
      "section.bc.bc-past",
      { "aria-label": "What you recorded" },
      h(
        "div.bc-past__tools",
        add,
        mark,
        turn,
        button("Undo", () => change({ ask: "undo" }), "bc-past__undo"),
        button("Redo", () => change({ ask: "redo" })),
      ),
      line,
      pause,
      place,
      list,
      more,
    );
    guardKeys(root);

    const common = () => ({ exercises, hidesPain, say });
    const oldest = () => [...drawn.keys()].at(-1);
    /** Put a form above the list, or take the one away that is there. */
    const open = (form) => {
      place.replaceChildren(...(form ? [form] : []));
      form?.querySelector("select, input").focus();
    };

    async function load(before) {
      isLoading = true;
      const [answer] = await ask({ ask: "days", ...(before && { before }) }, say);
      isLoading = false;
      if (!show(answer, before ? [...drawn.values()].map(({ day }) => day) : [])) return;
      say("");
      if (before) [...list.children].find((li) => li.dataset.day < before)?.focus();
    }

    /** Ask for a change and show what is then; give whether it was made. */
    async function change(question) {
      const busy = (text) => say(text, "warn");
      const shown = oldest() && { since: oldest() };
      const [answer] = await ask({ ...shown, ...question }, busy);
      const isMade = show(answer);
      if (isMade) {
        say(answer.said, "good");
        document.dispatchEvent(new Event(LOG_CHANGED));
      }
      return isMade;
    }

    /** Show what the notebooks beside this one have added since. */
    async function refresh() {
      if (isLoading || root.querySelector("form")) return;
      if (!oldest()) return load(); // the log could not be read before
      const [answer] = await ask({ ask: "days", since: oldest() });
      if (!answer.problem) show(answer);
    }

    function show(answer, above = []) {
      if (answer.problem) {
        say(answer.problem, "warn");
        return false;
      }
      ({ paused, hides_pain: hidesPain } = answer);
      setText(turn, paused ? "Resume the programme" : "I feel better: pause the programme");
      setText(pause, paused);
      const at = document.activeElement;
      const hadFocus = root.contains(at);
      const key = at?.closest("[data-key]")?.dataset.key;
      const days = kept(drawn, [...above, ...answer.days]);
      for (const each of days) each.element ??= drawDay(each.day);
      drawn = new Map(days.map((each) => [each.day.day, each]));
      // What stays is not moved: that would take the focus from what is in it.
      const elements = days.map(({ element }) => element);
      for (const old of [...list.children]) if (!elements.includes(old)) old.remove();
      elements.forEach((element, i) => {
        if (list.children[i] !== element) list.insertBefore(element, list.children[i] ?? null);
      });
      more.hidden = !answer.has_earlier;
      if (hadFocus) refocus(at, key);
      return true;
    }

    /** Bring the keys back to where they were, or to what stands for it now. */
    function refocus(at, key = "") {
      const isLost = () => !root.contains(document.activeElement);
      if (isLost()) at.focus(); // in a form that was moved
      const buttons = [...root.querySelectorAll(`[data-key="${CSS.escape(key)}"] button`)];
      const same = buttons.find(({ ariaLabel }) => ariaLabel === at.ariaLabel);
      if (isLost()) (same ?? buttons[0])?.focus();
      if (isLost()) line.focus(); // what was there is gone or hidden
    }

    function drawDay({ day, title, mark, sets }) {
      const marks = Object.entries(MARKS).map(([name, text]) =>
        button(
          text,
          () => change({ ask: "mark", day, mark: mark === name ? null : name }),
          "bc-past__mark",
          { "aria-pressed": String(mark === name), "aria-label": `${text}: ${title}` },
        ),
      );
      const gone = sets.filter((set) => set.is_deleted).map(drawSet);
      const there = sets.filter((set) => !set.is_deleted).map(drawSet);
      const deleted = h("ul.bc-past__sets", { hidden: true }, ...gone);
      return h(
        "li.bc-past__day",
        { "data-day": day, "data-key": day, tabindex: -1, "aria-label": title },
        h(
          "div.bc-past__head",
          h("h3", title),
          mark in TURNS ? h("span.bc-note", TURNS[mark]) : h("div.bc-past__marks", ...marks),
        ),
        there.length ? h("ul.bc-past__sets", ...there) : h("p.bc-note", "Nothing is recorded."),
        gone.length ? toggle(`${gone.length} deleted`, deleted, `, ${title}`) : null,
        gone.length ? deleted : null,
      );
    }

    /** A link that shows and hides what follows it; `of` tells it from its like. */
    function toggle(text, what, of, before = () => {}) {
      const link = button(
        text,
        async () => {
          if (what.hidden) await before();
          what.hidden = !what.hidden;
          link.setAttribute("aria-expanded", String(!what.hidden));
        },
        "bc-link",
        { "aria-expanded": "false", "aria-label": text + of },
      );
      return link;
    }

    function drawSet(set) {
      const { entry_id, time, title, words, fields, is_deleted, revisions } = set;
      const of = `, ${title} at ${time}`;
      const act = (text, onclick) => button(text, onclick, "bc-past__act", { "aria-label": text + of });
      const once = h("ol.bc-past__versions", { hidden: true });
      const history = async () => {
        const [answer] = await ask({ ask: "revisions", entry_id }, say);
        say(answer.problem ?? "", "warn");
        if (answer.problem) return;
        once.replaceChildren(...answer.revisions.slice(0, -1).map((text) => h("li", text)));
      };
      const item = h(
        "li.bc-past__set",
        { "data-key": entry_id },
        h("span.bc-past__time", time),
        h(
          "div.bc-past__words",
          h("strong", title),
          h("span", words),
          fields.note ? h("q.bc-past__note", fields.note) : null,
          revisions > 1 ? toggle(versions(revisions), once, of, history) : null,
          once,
        ),
        h(
          "div.bc-past__acts",
          ...(is_deleted
            ? [act("Put back", () => change({ ask: "bring back", entry_id }))]
            : [
                act("Edit", () => edit()),
                act("Delete", () => change({ ask: "delete", entry_id })),
              ]),
        ),
      );
      const edit = () => {
        const form = setForm("Save the change", fields, {
          ...common(),
          // The zone of the set may be ahead of this one: what is the future there, the kernel knows.
          latest: Infinity,
          write: (given, before) => {
            const isNew = ([name, value]) => name !== "wallMs" && value !== before[name];
            const changed = Object.fromEntries(Object.entries(given).filter(isNew));
            return change({ ask: "edit", entry_id, fields: changed });
          },
          close: () => {
            const now = editing.get(entry_id).item;
            editing.delete(entry_id);
            place.replaceWith(now);
            return now.querySelector("button");
          },
        });
        const place = h("li", { "data-key": entry_id }, form);
        editing.set(entry_id, { place, item });
        item.replaceWith(place);
        form.querySelector("select").focus();
      };
      if (is_deleted || !editing.has(entry_id)) return item;
      editing.get(entry_id).item = item;
      return editing.get(entry_id).place;
    }

    function adding(given = { exercise_id: exercises[0].id, outcome: "done" }) {
      const prescribed = exercises.find(({ id }) => id === given.exercise_id).repetitions;
      const entry_id = crypto.randomUUID(); // pressed twice, it is one set
      return setForm("Add this set", { ...given, repetitions_done: prescribed }, {
        ...common(),
        write: ({ wallMs, when, ...fields }) =>
          change({ ask: "add", entry_id, fields, prescribed, moment: moment(wallMs) }),
        close: () => open() ?? add,
        turned: (now) => open(adding(now)), // another exercise has other repetitions
      });
    }

    function marking() {
      const today = fieldValue(Date.now() - 4 * 3600000).slice(0, 10); // a day ends at 04:00
      const day = h("input.bc-field", { type: "date", max: today, value: today });
      const marks = [...Object.entries(MARKS), ["", "No mark"]];
      const kind = choice("Mark it as", marks, "rest");
      const fields = [h("label", "Which day?", day), kind.field];
      const write = () => {
        const ms = day.valueAsNumber;
        if (!(ms >= OLDEST_MS)) return say("Choose the day to mark.", "warn");
        // A day of a far zone may have begun: that the kernel knows.
        if (ms > Date.now() + 24 * 3600000)
          return say("That day is in the future. Choose one that has begun.", "warn");
        return change({ ask: "mark", day: day.value, mark: kind.select.value || null });
      };
      return formOf("Mark this day", fields, { say, write, close: () => open() ?? mark });
    }

    root.addEventListener("mouseenter", refresh);
    root.addEventListener("focusin", ({ relatedTarget: before }) => {
      if (!root.contains(before)) refresh();
    });
    say("Reading your log…");
    load();
    el.append(root);
    return ask.end;
  },
});
