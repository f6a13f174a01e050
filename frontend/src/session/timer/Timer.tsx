// The timer on the page: the ring, the cue, and its buttons.

import type { RefObject } from "preact";
import { useLayoutEffect, useRef } from "preact/hooks";

import { Button, Stepper } from "../../shared/fields.tsx";
import { useFocusAfter } from "../focus.ts";
import type { Session } from "../session.ts";
import {
  elapsedMs,
  hasEnded,
  isOpen,
  isUnderWay,
  nextWakeMs,
  remainingMs,
  repetitionsDone,
  shown,
  type TimerState,
} from "./clock.ts";
import { timeFields } from "./times.ts";
import { setsLine, wordsOf } from "./words.ts";

const MOST_DOTS = 20;

interface TimerProps {
  session: Session;
  /** Set where the keys are to go to the main button next. */
  wantsFocus: RefObject<boolean>;
}

export function Timer({ session, wantsFocus }: TimerProps) {
  const { about } = session.traits;
  const state = session.timer.value;
  const { status } = state;
  const stretch = shown(state);
  const under = isUnderWay(state);
  const words = wordsOf(state, about);
  const side = under && stretch.side !== "centre" ? about.sides[stretch.side] : "";
  const isWaiting = status === "ready" || status === "paused" || status === "asleep";
  const isShut = session.gate.value !== "open" && isWaiting;
  const isUnsaved = hasEnded(state) && session.outbox.waiting.value.length > 0;
  const root = useRef<HTMLElement>(null);
  const primary = useRef<HTMLButtonElement>(null);
  const sends = (type: "back" | "skip" | "stop" | "hurts" | "claim") => () =>
    session.send({ type });

  useFocusAfter(root, () => primary.current);
  useLayoutEffect(() => {
    if (!wantsFocus.current || isShut) return;
    wantsFocus.current = false;
    primary.current?.focus();
  });

  function onPress(event: MouseEvent) {
    // The second half of a double click would pause what the first one started.
    if (event.detail <= 1) session.press();
  }

  function onKeyDown(event: KeyboardEvent) {
    const own = (event.target as Element).closest("button, input, select, textarea, summary");
    if (event.key !== " " || own || isShut) return;
    event.preventDefault(); // Space would scroll the notebook
    if (!event.repeat) session.press();
  }

  return (
    <section
      class="bc bc-timer"
      aria-label={`Timer: ${about.title}`}
      tabIndex={-1}
      data-status={status}
      data-kind={stretch.kind}
      data-side={under ? stretch.side : "centre"}
      data-index={state.index}
      ref={root}
      onKeyDown={onKeyDown}
    >
      <header class="bc-timer__head">
        <h3>{about.title}</h3>
        <p class="bc-timer__sets">
          {isUnsaved ? "" : setsLine(session.tally.value, hasEnded(state))}
        </p>
      </header>
      <div class="bc-timer__stage">
        <Ring session={session} />
        <div class="bc-timer__words">
          <p class="bc-timer__side">{side}</p>
          <p class="bc-timer__cue" aria-live="polite">
            {words.headline}
          </p>
          <p class="bc-timer__detail">{words.detail}</p>
          <p class="bc-timer__next">{words.next}</p>
          <Progress state={state} repetitions={about.repetitions} />
        </div>
      </div>
      <p class="bc-note" hidden={!isShut}>
        Answer the question above first. Then you can start.
      </p>
      <div class="bc-timer__buttons">
        <Button look="bc-button--primary" at={primary} isDisabled={isShut} onPress={onPress}>
          {words.primary}
        </Button>
        <Button isHidden={status !== "asleep"} onPress={sends("claim")}>
          I finished the set
        </Button>
        <Button isHidden={!under} onPress={sends("back")}>
          Back
        </Button>
        <Button isHidden={!under} onPress={sends("skip")}>
          Skip
        </Button>
        <Button isHidden={!under} onPress={sends("stop")}>
          Stop
        </Button>
        <Button look="bc-button--hurts" isHidden={!under} onPress={sends("hurts")}>
          Stop: it hurts
        </Button>
      </div>
      <details class="bc-settings">
        <summary>Your own times</summary>
        <div class="bc-settings__list">
          {timeFields(about, session.times.value).map(({ name, ...field }) => (
            <Stepper
              key={name}
              {...field}
              onChange={(seconds) => session.retime({ [name]: seconds })}
            />
          ))}
        </div>
      </details>
    </section>
  );
}

/** Return what stands in the ring: a count, and what it counts. */
function faceOf(state: TimerState, elapsed: number, left: number): [string, string] {
  switch (state.status) {
    case "ready":
      return ["", ""];
    case "finished":
      return ["✓", ""];
    case "stopped":
    case "stopped_for_pain":
      return ["–", ""];
    default:
      return isOpen(state)
        ? [String(Math.floor(elapsed / 1000)), "seconds held"]
        : [String(Math.max(0, Math.ceil(left / 1000))), "seconds"];
  }
}

function Ring({ session }: { session: Session }) {
  const state = session.timer.value;
  const now = session.seen.value;
  const left = remainingMs(state, now);
  const elapsed = elapsedMs(state, now);
  // The arc glides to where it will be when the timer looks next.
  const glideMs = state.status === "running" ? nextWakeMs(state, now) : 0;
  const share = Math.max(0, (left - glideMs) / (left + elapsed));
  const [count, unit] = faceOf(state, elapsed, left);
  return (
    <div class="bc-ring">
      <svg viewBox="0 0 120 120" aria-hidden="true">
        <circle class="bc-ring__track" cx={60} cy={60} r={54} />
        <circle
          class="bc-ring__arc"
          cx={60}
          cy={60}
          r={54}
          pathLength={1}
          style={{
            transitionDuration: `${glideMs}ms`,
            strokeDashoffset: state.status === "ready" ? 0 : 1 - share,
          }}
        />
      </svg>
      <div class="bc-ring__face">
        <div class="bc-ring__count" role="timer">
          {count}
        </div>
        <div class="bc-ring__unit">{unit}</div>
      </div>
    </div>
  );
}

function Progress({ state, repetitions }: { state: TimerState; repetitions: number }) {
  const done = repetitionsDone(state);
  const { repetition } = shown(state);
  const under = isUnderWay(state);
  const all = `${repetitions} ${repetitions === 1 ? "repetition" : "repetitions"}`;
  const soFar = `${done} of ${repetitions} repetitions done`;
  const now = `Repetition ${repetition} of ${repetitions}`;
  const words = state.status === "running" && repetition ? now : soFar;
  return (
    <div class="bc-timer__progress">
      <p class="bc-timer__repetition">{under || hasEnded(state) ? words : all}</p>
      <div class="bc-dots" aria-hidden="true">
        {Array.from({ length: Math.min(MOST_DOTS, repetitions) }, (_, i) => (
          <i
            key={i}
            data-done={i < done || undefined}
            data-now={(under && i + 1 === repetition) || undefined}
          />
        ))}
      </div>
    </div>
  );
}
