// The warning signs, asked before the first set. The answers stay in this page and are not stored.

import { useLayoutEffect, useRef } from "preact/hooks";

import { Button } from "../../shared/fields.tsx";
import type { WarningSigns } from "../about.ts";
import type { Session } from "../session.ts";
import { GATES, verdictOf, type Gate, type Group, type Verdict } from "./verdict.ts";

// Two columns where there is room: what closes the session, then what leaves the choice.
const COLUMNS: [Group, string][][] = [
  [
    ["emergency", "Get help now, if any of these is new or came with the pain"],
    ["not_yet", "Not yet"],
  ],
  [
    ["doctor", "See a doctor first"],
    ["ask_first", "Ask your doctor or physiotherapist first"],
  ],
];

type Page = "open" | "accepted" | Verdict;

interface SignsProps {
  session: Session;
  /** The exercise is allowed: the next thing to do is to start it. */
  onOpen: () => void;
}

export function Signs({ session, onOpen }: SignsProps) {
  const { signs } = session.traits;
  const { ticked, isListShown } = session;
  const root = useRef<HTMLElement>(null);
  const hasAnswered = useRef(false);
  const found = verdictOf(new Set(ticked.value.values()));
  const isAccepted = found !== "none" && session.gate.value === "open";
  const page: Page = isListShown.value ? "open" : isAccepted ? "accepted" : found;

  function go(gate: Gate, showsList: boolean) {
    isListShown.value = showsList;
    session.allow(gate);
    if (gate === "open") onOpen();
    else hasAnswered.current = true;
  }

  // The button that was pressed is gone: what to read now is what it has brought.
  useLayoutEffect(() => {
    if (hasAnswered.current) root.current?.focus({ preventScroll: true });
    hasAnswered.current = false;
  });

  const clear = () => {
    ticked.value = new Map();
    go("ask", true);
  };

  return (
    <section
      class="bc bc-signs"
      aria-label="Warning signs"
      tabIndex={-1}
      data-verdict={page}
      ref={root}
    >
      {page === "open" ? (
        <Questions session={session} onAnswer={() => go(GATES[found], false)} />
      ) : (
        <Answer advice={adviceOn(signs)[page]} onClear={clear} onGoOn={() => go("open", false)} />
      )}
    </section>
  );
}

function Questions({ session, onAnswer }: { session: Session; onAnswer: () => void }) {
  const { signs } = session.traits;
  const { ticked } = session;
  const tick = (sign: string, group: Group, isTicked: boolean) => {
    const now = new Map(ticked.value);
    if (isTicked) now.set(sign, group);
    else now.delete(sign);
    ticked.value = now;
  };
  return (
    <>
      <h3>Before you start: does any of this apply to you?</h3>
      <p>
        Back pain rarely has a dangerous cause, but these signs need help first. Tick what applies;
        nothing of it is stored.
      </p>
      <Button look="bc-button--primary" onPress={onAnswer}>
        {ticked.value.size ? "Go on with what I ticked" : "None of these applies to me"}
      </Button>
      <div class="bc-signs__groups">
        {COLUMNS.map((groups, column) => (
          <div key={column}>
            {groups
              .filter(([group]) => signs[group].length)
              .map(([group, legend]) => (
                <fieldset key={group}>
                  <legend>{legend}</legend>
                  {signs[group].map((sign) => (
                    <label key={sign} class="bc-check">
                      <input
                        type="checkbox"
                        checked={ticked.value.has(sign)}
                        onChange={(event) => tick(sign, group, event.currentTarget.checked)}
                      />
                      <span>{sign}</span>
                    </label>
                  ))}
                </fieldset>
              ))}
          </div>
        ))}
      </div>
    </>
  );
}

interface Advice {
  title?: string;
  /** What to do at once. */
  call?: string;
  text: string;
  /** Whether it was ticked by mistake, leaves the choice, or is no hindrance. */
  next: "mistake" | "choice" | "again";
}

const adviceOn = (signs: WarningSigns): Record<Exclude<Page, "open">, Advice> => ({
  emergency: {
    title: "Get help now",
    call: `Call ${signs.emergency_numbers}, or go to an emergency department.`,
    text: "You ticked a sign that needs to be seen at once. Do not exercise now. Tell them what you ticked, and that your back hurts.",
    next: "mistake",
  },
  not_yet: {
    title: "Leave these exercises for now",
    text: "They bend and twist the hip further than is usually allowed after a hip replacement. Ask your surgeon or physiotherapist when you may, and what you can do until then.",
    next: "mistake",
  },
  doctor: {
    title: "See a doctor first",
    text: `What you ticked should be looked at soon, best today: ask ${signs.urgent_numbers}. You can still choose to go on; stop if anything gets worse.`,
    next: "choice",
  },
  ask_first: {
    title: "Ask first, if you can",
    text: "Your doctor or physiotherapist can say which of these movements suit you. You can still choose to go on; keep every movement small and slow.",
    next: "choice",
  },
  accepted: {
    text: "You chose to go on. Keep it small and slow; stop if anything gets worse.",
    next: "again",
  },
  none: { text: "No warning sign ticked. If one appears, stop.", next: "again" },
});

const BACK: Record<Advice["next"], string> = {
  mistake: "I ticked that by mistake",
  choice: "Back to the list",
  again: "Show the list again",
};

interface AnswerProps {
  advice: Advice;
  onClear: () => void;
  onGoOn: () => void;
}

function Answer({ advice: { title, call, text, next }, onClear, onGoOn }: AnswerProps) {
  return (
    <>
      {title && <h3>{title}</h3>}
      {call && <p class="bc-signs__call">{call}</p>}
      <p>{text}</p>
      <Button onPress={onClear}>{BACK[next]}</Button>
      {next === "choice" && <Button onPress={onGoOn}>I understand: go on</Button>}
    </>
  );
}
