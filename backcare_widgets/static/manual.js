// A set done away from the screen, today or earlier, written down by hand.

const pad = (n) => String(n).padStart(2, "0");

/** The value of a datetime-local field for a moment in this browser's zone. */
export function fieldValue(wallMs) {
  const d = new Date(wallMs);
  return `${d.getFullYear()}-${pad(d.getMonth() + 1)}-${pad(d.getDate())}T${pad(d.getHours())}:${pad(d.getMinutes())}`;
}

/** What is wrong with the form, in one sentence, or "". */
export function problemOf({ wallMs, note }, nowMs) {
  if (!Number.isFinite(wallMs)) return "Choose the day and the time when you did the set.";
  if (wallMs > nowMs) return "That is in the future. Choose a time that has passed.";
  if (note.length > 4000)
    return `The note has ${note.length} characters; 4000 are possible. Shorten it, nothing else is changed.`;
  if (/[\0\p{Cs}]/u.test(note)) return "The note has a character that cannot be stored. Remove it.";
  return "";
}

export default () => ({
  render({ model, el }) {
    const about = model.get("about");
    let repetitions = about.repetitions;
    const when = h("input.bc-field", { type: "datetime-local", required: true });
    const minutes = h("input.bc-field", {
      type: "number",
      min: 0,
      max: 600,
      step: 1,
      inputmode: "numeric",
    });
    const rating = (label) => {
      const select = h(
        "select.bc-field",
        h("option", { value: "" }, "not given"),
        ...Array.from({ length: 11 }, (_, n) => h("option", { value: n }, String(n))),
      );
      return { select, field: h("label", label, select) };
    };
    const before = rating("Pain before, 0 to 10");
    const after = rating("Pain after, 0 to 10");
    const note = h("textarea.bc-field", { rows: 2, maxlength: 5000 });
    const said = h("p.bc-note", { role: "status" });
    const save = button("Save this set", write, "bc-button--primary");
    const details = h(
      "details.bc-manual__more",
      h("summary", "Did a set away from the screen? Write it down"),
      h(
        "div.bc-manual__form",
        h("label", "When did you start?", when),
        stepper({
          label: "Repetitions done",
          value: repetitions,
          low: 1,
          high: Math.max(20, repetitions),
          show: String,
          set: (value) => {
            repetitions = value;
          },
        }),
        h("label", "How many minutes did it take? (optional)", minutes),
        before.field,
        after.field,
        h("label", "Note (optional; stays in your log)", note),
        save,
        said,
      ),
    );
    const root = h("section.bc.bc-manual", { "aria-label": "Write down a set" }, details);
    guardKeys(root);
    details.addEventListener("toggle", () => {
      when.max = fieldValue(Date.now());
      if (!when.value) when.value = when.max;
    });

    function write() {
      const wallMs = when.value ? new Date(when.value).getTime() : NaN;
      const problem = problemOf({ wallMs, note: note.value }, Date.now());
      if (problem) return setText(said, problem);
      const rated = ({ select }) => (select.value === "" ? null : Number(select.value));
      const taken = post(model.get("session"), "add", {
        entry_id: crypto.randomUUID(),
        exercise_id: about.exercise_id,
        ...moment(wallMs),
        duration_s: minutes.value === "" ? null : Math.round(Number(minutes.value) * 60),
        repetitions_done: repetitions,
        repetitions_prescribed: about.repetitions,
        outcome: "done",
        pain_before: rated(before),
        pain_after: rated(after),
        note: note.value,
        source: "manual",
      });
      if (!taken)
        return setText(
          said,
          "This set could not be handed on. It is still here: run the cell again, then save it.",
        );
      when.value = fieldValue(Date.now());
      note.value = minutes.value = before.select.value = after.select.value = "";
      return setText(said, "Written down. You can add another one.");
    }

    function draw() {
      root.hidden = model.get("gate") === "shut";
      const hidden = model.get("pain_hidden");
      before.field.hidden = after.field.hidden = hidden;
    }
    model.on("change:gate change:pain_hidden", draw);
    draw();
    el.append(root);
  },
});
