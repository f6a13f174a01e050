// Pain before and after a set: eleven buttons each, optional, hidden by one click for good.

/** Advice for a rating, by a common physiotherapy rule of thumb; "" where there is none to give. */
export function advice(moment, value, before) {
  if (value === null) return "";
  if (moment === "before") {
    if (value >= 6)
      return "6 or more: rather breathe slowly, change your position, or take a short walk now. The exercise is there for you later.";
    if (value >= 4) return "4 or 5: make every movement smaller and slower.";
    return "";
  }
  if (before !== null && value - before >= 2)
    return "2 points or more above the start: leave out the next set, and do half of it the time after.";
  return "";
}

export default () => {
  const KEY = "backcare:pain-hidden";
  const views = new Set();
  const given = { before: null, after: null };
  let entryId = null;
  let hide = () => {};
  const isHidden = (model) => model.get("hidden") || remembered.get(KEY, false);

  function initialize({ model }) {
    const draw = () => views.forEach((view) => view());
    // Before the outbox hears of it: the rating given before the set goes into its entry.
    const onEntry = ({ detail: { session, op, entry } }) => {
      if (session !== model.get("session") || op === "edit" || entry.source !== "timer") return;
      if (given.before !== null && !isHidden(model)) entry.pain_before = given.before;
      entryId = entry.entry_id;
    };
    window.addEventListener("backcare:entry", onEntry, { capture: true });
    model.on("change:status", () => {
      if (model.get("status") === "ready") Object.assign(given, { before: null, after: null });
      if (model.get("status") === "running") given.after = null;
      draw();
    });
    model.on("change:gate change:hidden", draw);
    // Twice: at once in this browser, and in the log for every other one.
    hide = (hidden) => {
      remembered.set(KEY, hidden);
      model.set("hidden", hidden);
      model.save_changes();
      draw();
    };
    return () => window.removeEventListener("backcare:entry", onEntry, { capture: true });
  }

  function render({ model, el }) {
    const question = h("legend");
    const words = h("p.bc-note", { role: "status" });
    const moment = () => (model.get("status") === "ready" ? "before" : "after");
    const choose = (value) => {
      const now = moment();
      given[now] = given[now] === value ? null : value;
      if (now === "after")
        post(model.get("session"), "edit", { entry_id: entryId, pain_after: given.after });
      draw();
    };
    const buttons = Array.from({ length: 11 }, (_, value) =>
      button(String(value), () => choose(value), "", { "aria-pressed": "false" }),
    );
    const ask = h(
      "fieldset",
      question,
      h("div.bc-pain__scale", ...buttons),
      h(
        "div.bc-pain__ends",
        { "aria-hidden": "true" },
        h("span", "0 no pain"),
        h("span", "10 worst imaginable"),
      ),
      words,
      button("Hide this question for good", () => hide(true), "bc-link"),
    );
    const show = button("Show the question about pain again", () => hide(false), "bc-link");
    const root = h("section.bc.bc-pain", { "aria-label": "Pain rating" }, ask, show);
    guardKeys(root);

    function draw() {
      const status = model.get("status");
      const ended = ["finished", "stopped", "stopped_for_pain"].includes(status);
      const asked = status === "ready" || (ended && entryId !== null);
      const hidden = isHidden(model);
      root.hidden = model.get("gate") !== "open" || !asked || (hidden && status !== "ready");
      ask.hidden = hidden;
      show.hidden = !hidden;
      const now = moment();
      setText(
        question,
        now === "before"
          ? "Pain in your back now, from 0 (no pain) to 10 (worst imaginable)? Only if you like."
          : "And your pain now, after the set? Only if you like.",
      );
      buttons.forEach((button, value) =>
        button.setAttribute("aria-pressed", String(given[now] === value)),
      );
      setText(words, advice(now, given[now], given.before));
    }
    views.add(draw);
    draw();
    el.append(root);
    return () => views.delete(draw);
  }

  return { initialize, render };
};
