// The forms of the list: a set that is put right or added, and what each form has in common.

const OUTCOMES = [
  ["done", "Done"],
  ["stopped", "Stopped"],
  ["stopped_for_pain", "Stopped because it hurt"],
];

/**
 * A form of a set: `write` gets what it holds and held at first, `close` takes it away and gives
 * what is focused then, `turned` hears of another exercise; `hidesPain` leaves out the ratings.
 */
export function setForm(save, set, { exercises, hidesPain, say, write, close, turned, latest }) {
  const known = exercises.map(({ id, title }) => [id, title]);
  if (!known.some(([id]) => id === set.exercise_id))
    known.push([set.exercise_id, set.exercise_id]);
  const exercise = choice("Exercise", known, set.exercise_id);
  const outcome = choice("How did it end?", OUTCOMES, set.outcome);
  const inner = setFields(set);
  const read = () => ({
    ...inner.read(),
    exercise_id: exercise.select.value,
    outcome: outcome.select.value,
  });
  const before = read();
  for (const field of inner.pain) field.hidden = hidesPain;
  if (turned) exercise.select.addEventListener("change", () => turned(read()));
  const fields = [exercise.field, ...inner.fields, outcome.field];
  const send = () => {
    const given = read();
    const problem = problemOf(given, latest ?? Date.now());
    return problem ? say(problem, "warn") : write(given, before);
  };
  return formOf(save, fields, { say, write: send, close });
}

/** Fields with the two buttons below them; `write` gives a promise of whether it went well. */
export function formOf(save, fields, { say, write, close }) {
  let isWaiting = false;
  const leave = () => {
    const hadFocus = form.contains(document.activeElement);
    const next = close();
    if (hadFocus) next.focus();
  };
  const submit = async (event) => {
    event.preventDefault();
    if (isWaiting) return; // for an answer: it would be another change of the same set
    isWaiting = true;
    const isMade = await write();
    isWaiting = false;
    if (isMade && form.isConnected) leave();
  };
  const cancel = button("Cancel", () => {
    say("");
    leave();
  });
  const done = h("button.bc-button.bc-button--primary", { type: "submit" }, save);
  const buttons = h("div.bc-past__acts", done, cancel);
  const form = h("form.bc-form", { onsubmit: submit, novalidate: true }, ...fields, buttons);
  return form;
}
