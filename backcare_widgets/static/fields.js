// The fields of a set that is written down or put right by hand.

const pad = (n) => String(n).padStart(2, "0");

/** The value of a datetime-local field for a moment in this browser's zone. */
export function fieldValue(wallMs) {
  const d = new Date(wallMs);
  return `${d.getFullYear()}-${pad(d.getMonth() + 1)}-${pad(d.getDate())}T${pad(d.getHours())}:${pad(d.getMinutes())}`;
}

/** In 1900; the log takes nothing older. */
const OLDEST_MS = -22e11;

/** What is wrong with the form, in one sentence, or "". */
export function problemOf({ wallMs, minutes, note }, nowMs) {
  if (!(wallMs >= OLDEST_MS)) return "Choose the day and the time when you did the set.";
  if (wallMs > nowMs) return "That is in the future. Choose a time that has passed.";
  if (!(minutes >= 0 && minutes <= 600)) return "The minutes must be from 0 to 600, or left empty.";
  const n = [...note].length; // as the log counts them: an emoji is one
  if (n > 4000)
    return `The note has ${n} characters; 4000 are possible. Shorten it.`;
  if (/[\0\p{Cs}]/u.test(note)) return "The note has a character that cannot be stored. Remove it.";
  return "";
}

/** A choice out of [value, text] pairs. */
export function choice(label, pairs, value) {
  const options = pairs.map(([v, text]) => h("option", { value: v, selected: v === value }, text));
  const select = h("select.bc-field", ...options);
  return { select, field: h("label", label, select) };
}

const RATINGS = [["", "not given"], ...Array.from({ length: 11 }, (_, n) => [n, String(n)])];

/**
 * The fields of a set, filled with `set`; `fields` are their elements, `pain` those of the ratings,
 * `read` gives what they hold: as the log names it, `when` as the field has it.
 */
export function setFields(set) {
  let repetitions = set.repetitions_done;
  const latest = fieldValue(Date.now());
  const kind = { type: "datetime-local", required: true, max: latest, value: set.when ?? latest };
  const when = h("input.bc-field", kind);
  const minutes = h("input.bc-field", {
    type: "number",
    min: 0,
    max: 600,
    step: "any",
    value: set.minutes,
  });
  const before = choice("Pain before, 0 to 10", RATINGS, set.pain_before ?? "");
  const after = choice("Pain after, 0 to 10", RATINGS, set.pain_after ?? "");
  const note = h("textarea.bc-field", { rows: 2, maxlength: 9000 }, set.note ?? "");
  const number = ({ value }) => (value === "" ? null : Number(value));
  return {
    fields: [
      h("label", "When did you start?", when),
      stepper({
        label: "Repetitions done",
        value: repetitions,
        low: Math.min(1, repetitions),
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
    ],
    pain: [before.field, after.field],
    read: () => ({
      when: when.value,
      wallMs: Date.parse(when.value),
      minutes: minutes.validity.badInput ? NaN : number(minutes),
      repetitions_done: repetitions,
      pain_before: number(before.select),
      pain_after: number(after.select),
      note: note.value,
    }),
  };
}
