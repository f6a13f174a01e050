// What the timer says of a state, in words.

const minutes = (ms) =>
  ms < 90000 ? `${Math.round(ms / 1000)} seconds` : `about ${Math.round(ms / 60000)} minutes`;

const HURT =
  "That was the right thing to do, and it counts as following the programme. If the pain is new, is getting worse or moves into a leg, leave the exercises and see a doctor.";

/** Words for a state: the big line, the line under it, the next thing, the main button. */
export function wording(state, about) {
  const stretch = state.stretches[state.index];
  const next = state.stretches[state.index + 1];
  const wait = { headline: "", detail: "", next: "", primary: "Start" };
  const over = { ...wait, primary: "Another set" };
  switch (state.status) {
    case "ready":
      return {
        ...wait,
        headline: "Ready when you are",
        detail: "Press Start, or Space. The timer leads you through the whole set.",
      };
    case "running": {
      const open = stretch.duration_s === null;
      const detail = open
        ? "Go on when you feel a gentle stretch, well short of strain. It goes on by itself in the end."
        : "";
      return {
        headline: stretch.cue,
        detail,
        next: next ? `Next: ${next.cue}` : "",
        primary: open ? "I am ready: go on" : "Pause",
      };
    }
    case "paused":
      return { ...wait, headline: "Paused", detail: stretch.cue, primary: "Resume" };
    case "asleep":
      return {
        ...wait,
        headline: state.left
          ? "This set was left unfinished"
          : `The computer slept, ${minutes(state.gapMs)}`,
        detail: "Nothing was counted meanwhile. Go on from here, or say that you finished.",
        primary: "Go on from here",
      };
    case "finished":
      return hasBegun(state)
        ? { ...over, headline: about.finished, detail: about.getting_out }
        : {
            ...over,
            headline: "The end of the set",
            detail: "All was skipped, so nothing was counted.",
          };
    case "stopped": {
      const counted = hasBegun(state) ? "What you did is counted." : "Nothing was counted.";
      return { ...over, headline: "Stopped", detail: `${counted} ${about.getting_out}` };
    }
    default:
      return { ...over, headline: "Stopped because it hurt", detail: HURT };
  }
}

/** The person's day of a moment, by this browser's zone: a day ends at 04:00. */
export function dayOf(wallMs) {
  const wall = wallMs - new Date(wallMs).getTimezoneOffset() * 60000;
  return new Date(wall - 4 * 3600000).toISOString().slice(0, 10);
}

/** Where the day stands: the set that is being done, or what is done once it has ended. */
export function setsLine(done, due, ended) {
  const short = (sets) => String(Number(sets.toFixed(1)));
  if (due == null) return "No daily goal";
  if (ended) return `${short(Math.min(done, due))} of ${short(due)} sets today`;
  if (done >= due) return "Today's sets are done; this is one more";
  return `Set ${Math.floor(done) + 1} of ${Math.ceil(due)} today`;
}
