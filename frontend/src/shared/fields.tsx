// Buttons and fields, once for all screens, and the fields of a set that is put down by hand.

import { useSignal } from "@preact/signals";
import type { ComponentChildren, Ref } from "preact";
import { useRef } from "preact/hooks";

import { fieldValue, type GivenSet } from "./set.ts";

/** Two presses of a button that writes, closer than this, are one: a double click, or a shaking hand. */
const ONCE_MS = 500;

interface ButtonProps {
  children: ComponentChildren;
  onPress?: (event: MouseEvent) => unknown;
  /** Further classes, separated by spaces. */
  look?: string;
  label?: string;
  isPressed?: boolean;
  isExpanded?: boolean;
  /** Does nothing now; still focused, unlike one that is disabled. */
  isHeld?: boolean;
  isHidden?: boolean;
  isDisabled?: boolean;
  type?: "button" | "submit";
  at?: Ref<HTMLButtonElement>;
}

export function Button({ look = "", type = "button", ...props }: ButtonProps) {
  return (
    <button
      type={type}
      class={`bc-button ${look}`.trim()}
      ref={props.at}
      onClick={props.onPress}
      hidden={props.isHidden}
      disabled={props.isDisabled}
      aria-disabled={props.isHeld || undefined}
      aria-label={props.label}
      aria-pressed={props.isPressed}
      aria-expanded={props.isExpanded}
    >
      {props.children}
    </button>
  );
}

/**
 * Return `press` made to run once: a further press does nothing until the first was answered and
 * half a second has passed since the latest.
 */
export function useOnce<Event>(press: (event: Event) => unknown) {
  const isHeld = useSignal(false);
  const latest = useRef(-Infinity);
  const rest = () => latest.current + ONCE_MS - performance.now();
  async function once(event: Event): Promise<void> {
    latest.current = performance.now();
    if (isHeld.value) return;
    isHeld.value = true;
    try {
      await press(event);
      while (rest() > 0) await new Promise((rested) => setTimeout(rested, rest()));
    } finally {
      isHeld.value = false;
    }
  }
  return { press: once, isHeld: isHeld.value };
}

/** A button whose press changes the log: one press, one change. */
export function WriteButton({ onPress, ...props }: ButtonProps) {
  const { press, isHeld } = useOnce((event: MouseEvent) => onPress?.(event));
  return <Button {...props} onPress={press} isHeld={isHeld} />;
}

/**
 * Keep the second click of a double click from a button that the first has brought under the
 * pointer; return what ends it.
 */
export function guardClicks(root: HTMLElement): () => void {
  let last = { button: null as Element | null, x: NaN, y: NaN, at: NaN };
  function onClick(event: MouseEvent) {
    const { clientX: x, clientY: y, timeStamp: at, detail } = event;
    const button = event.target instanceof Element ? event.target.closest("button") : null;
    const isNear = Math.hypot(x - last.x, y - last.y) < 10 && at - last.at < ONCE_MS;
    // Without detail it was pressed by a key.
    if (detail > 0 && isNear && button !== null && button !== last.button) {
      event.preventDefault();
      event.stopPropagation();
      last.at = at;
    } else last = { button, x, y, at };
  }
  root.addEventListener("click", onClick, { capture: true });
  return () => root.removeEventListener("click", onClick, { capture: true });
}

interface StepperProps {
  label: string;
  value: number;
  low: number;
  high: number;
  step?: number;
  /** Under this name a form holds the value. */
  name?: string;
  words?: (value: number) => string;
  onChange: (value: number) => void;
  isHidden?: boolean;
}

/** A number with a button below and above it. */
export function Stepper({ label, value, low, high, step = 1, ...props }: StepperProps) {
  const change = (by: number) => props.onChange(Math.min(high, Math.max(low, value + by)));
  return (
    <div class="bc-stepper" role="group" aria-label={label} hidden={props.isHidden}>
      <span class="bc-stepper__label">{label}</span>
      <span class="bc-stepper__ends">
        <Button label={`${label}: less`} isHeld={value <= low} onPress={() => change(-step)}>
          −
        </Button>
        <output class="bc-stepper__value">{props.words?.(value) ?? value}</output>
        <Button label={`${label}: more`} isHeld={value >= high} onPress={() => change(step)}>
          +
        </Button>
      </span>
      {props.name && <input type="hidden" name={props.name} value={value} />}
    </div>
  );
}

interface ChoiceProps {
  label: string;
  name: string;
  /** What it is chosen from, as [value, words]. */
  options: readonly (readonly [string, string])[];
  value: string;
  onChange?: (value: string) => void;
  isHidden?: boolean;
}

/** A choice out of several. */
export function Choice({ label, name, options, value, onChange, isHidden }: ChoiceProps) {
  return (
    <label hidden={isHidden}>
      {label}
      <select class="bc-field" name={name} onChange={(e) => onChange?.(e.currentTarget.value)}>
        {options.map(([each, words]) => (
          <option key={each} value={each} selected={each === value}>
            {words}
          </option>
        ))}
      </select>
    </label>
  );
}

const RATINGS: [string, string][] = [
  ["", "not given"],
  ...Array.from({ length: 11 }, (_, n): [string, string] => [String(n), String(n)]),
];

interface SetFieldsProps {
  /** What the fields hold at first. */
  set: Partial<GivenSet> & { repetitions_done: number };
  hidesPain: boolean;
}

/** The fields of a set that is put down or put right by hand; `readSet` reads them. */
export function SetFields({ set, hidesPain }: SetFieldsProps) {
  const repetitions = useSignal(set.repetitions_done);
  const latest = fieldValue(Date.now());
  return (
    <>
      <label>
        When did you start?
        <input
          class="bc-field"
          type="datetime-local"
          name="when"
          required
          max={latest}
          defaultValue={set.when ?? latest}
        />
      </label>
      <Stepper
        label="Repetitions done"
        name="repetitions_done"
        value={repetitions.value}
        low={Math.min(1, set.repetitions_done)}
        high={Math.max(20, set.repetitions_done)}
        onChange={(value) => (repetitions.value = value)}
      />
      <label>
        How many minutes did it take? (optional)
        <input
          class="bc-field"
          type="number"
          name="minutes"
          min={0}
          max={600}
          step="any"
          defaultValue={set.minutes?.toString()}
        />
      </label>
      <Choice
        label="Pain before, 0 to 10"
        name="pain_before"
        options={RATINGS}
        value={String(set.pain_before ?? "")}
        isHidden={hidesPain}
      />
      <Choice
        label="Pain after, 0 to 10"
        name="pain_after"
        options={RATINGS}
        value={String(set.pain_after ?? "")}
        isHidden={hidesPain}
      />
      <label>
        Note (optional; stays in your log)
        <textarea class="bc-field" name="note" rows={2} maxLength={9000} defaultValue={set.note} />
      </label>
    </>
  );
}

/** Read what the fields of a set hold. */
export function readSet(form: HTMLFormElement): GivenSet {
  const data = new FormData(form);
  const text = (name: string) => String(data.get(name) ?? "");
  const number = (name: string) => (text(name) === "" ? null : Number(text(name)));
  const minutes = form.elements.namedItem("minutes") as HTMLInputElement;
  return {
    when: text("when"),
    wallMs: Date.parse(text("when")),
    minutes: minutes.validity.badInput ? NaN : number("minutes"),
    repetitions_done: Number(text("repetitions_done")),
    pain_before: number("pain_before"),
    pain_after: number("pain_after"),
    note: text("note"),
  };
}
