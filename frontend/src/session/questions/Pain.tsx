// The question about pain: eleven buttons, optional, hidden by one click for good.

import { useRef } from "preact/hooks";

import { WriteButton } from "../../shared/fields.tsx";
import { useFocusAfter } from "../focus.ts";
import { advice } from "./pain.ts";
import type { Session } from "../session.ts";
import { hasEnded } from "../timer/clock.ts";

const QUESTIONS = {
  before: "Pain in your back now, from 0 (no pain) to 10 (worst imaginable)? Only if you like.",
  after: "And your pain now, after the set? Only if you like.",
};
const RATINGS = Array.from({ length: 11 }, (_, rating) => rating);

export function Pain({ session }: { session: Session }) {
  const { pain, timer, gate } = session;
  const isReady = timer.value.status === "ready";
  const isAsked = isReady || (hasEnded(timer.value) && pain.isFollowed.value);
  const isHidden = pain.isHidden.value;
  const moment = isReady ? "before" : "after";
  const given = pain.given[moment].value;
  const root = useRef<HTMLElement>(null);
  const hides = useRef<HTMLButtonElement>(null);
  const shows = useRef<HTMLButtonElement>(null);

  useFocusAfter(root, () => (isHidden ? shows : hides).current);

  return (
    <section
      class="bc bc-pain"
      aria-label="Pain rating"
      hidden={gate.value !== "open" || !isAsked || (isHidden && !isReady)}
      ref={root}
    >
      <fieldset hidden={isHidden}>
        <legend>{QUESTIONS[moment]}</legend>
        <div class="bc-pain__scale">
          {RATINGS.map((rating) => (
            <WriteButton
              key={rating}
              isPressed={given === rating}
              onPress={() => pain.rate(moment, rating)}
            >
              {rating}
            </WriteButton>
          ))}
        </div>
        <div class="bc-pain__ends" aria-hidden="true">
          <span>0 no pain</span>
          <span>10 worst imaginable</span>
        </div>
        <p class="bc-note" role="status">
          {/* null: Preact writes an empty text anew at each drawing, to be announced. */}
          {advice(moment, given, pain.given.before.value) || null}
        </p>
        <WriteButton look="bc-link" at={hides} onPress={() => void pain.hide(true)}>
          Hide this question for good
        </WriteButton>
      </fieldset>
      <WriteButton
        look="bc-link"
        at={shows}
        isHidden={!isHidden}
        onPress={() => void pain.hide(false)}
      >
        Show the question about pain again
      </WriteButton>
    </section>
  );
}
