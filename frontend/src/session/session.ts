// One session: the timer, and what goes with it. Its views show the same state.

import { batch, signal } from "@preact/signals";

import { newId, openBridge, type Model } from "../shared/bridge.ts";
import { onChange } from "../shared/changes.ts";
import { read, write } from "../shared/storage.ts";
import { traitsOf } from "./about.ts";
import { SESSION_ANSWERS, type SessionOps, type Tally } from "./ops.ts";
import { openOutbox } from "./outbox/outbox.ts";
import { openPain } from "./questions/pain.ts";
import type { Gate, Group } from "./questions/verdict.ts";
import { openScreenLock } from "./screen.ts";
import { openSound } from "./sound/sound.ts";
import { openAlarm } from "./timer/alarm.ts";
import {
  adjusted,
  fresh,
  hasEnded,
  isOpen,
  isUnderWay,
  nextWakeMs,
  remainingMs,
  shown,
  step,
  type Clocks,
  type OwnTimes,
  type TimerEvent,
  type TimerState,
} from "./timer/clock.ts";
import { entryOf, keptOf } from "./timer/entry.ts";
import { openKeeper, setToTakeUp, sweep } from "./timer/kept.ts";
import { isKeptTimes, keyOf, programmeTimes } from "./timer/times.ts";

/** While nothing runs, the page still looks at the clock: a new day may begin. */
const QUIET_MS = 600000;

/** With these the tally of the day is asked for, where no set is under way. */
const ASKS: ReadonlySet<TimerEvent["type"]> = new Set(["tick", "start", "again"]);

export type Session = ReturnType<typeof openSession>;

const readClocks = (): Clocks => ({ mono: performance.now(), wall: Date.now() });

export function openSession(model: Model) {
  const traits = traitsOf(model);
  const { about } = traits;
  const bridge = openBridge<SessionOps>(model, SESSION_ANSWERS);
  const kept = read(keyOf(about), isKeptTimes) ?? {};
  const isOfProgramme = kept.of === undefined || kept.of === programmeTimes(about);
  const times = signal<OwnTimes>(isOfProgramme ? kept : {});
  const gate = signal<Gate>("ask");
  /** The clocks when the timer last looked. */
  const seen = signal(readClocks());
  const timer = signal(fresh(adjusted(traits.stretches, times.peek()), seen.peek()));
  /** null: not known, since the kernel or the log has not answered. */
  const tally = signal<Tally | null>(null);
  /** Why the log cannot be used, and what else is worth knowing of it; or "". */
  const notice = signal("");
  const outbox = openOutbox(bridge, about.log_id, (answered) => (tally.value = answered));
  const pain = openPain(bridge, outbox, (problem) => (notice.value = problem));
  const sound = openSound(about);
  const screen = openScreenLock();
  const keeper = openKeeper(about.log_id);
  const alarm = openAlarm(() => send({ type: "tick" }));
  let views = 0;

  async function askToday() {
    const reply = await bridge.ask("today", {});
    if (reply.problem !== undefined) return;
    batch(() => {
      tally.value = reply.answer.tally;
      notice.value = reply.answer.notice;
    });
    pain.learn(reply.answer.hides_pain);
  }

  function send(event: TimerEvent): void {
    const before = timer.peek();
    const now = readClocks();
    const after = step(before, event, now);
    batch(() => {
      timer.value = after;
      seen.value = now;
    });
    const hasChanged = after.status !== before.status;
    if (hasChanged && after.status === "ready") pain.forget();
    if (hasEnded(after) && !hasEnded(before)) {
      const entry = entryOf(after, about, pain.before());
      if (entry) outbox.add(entry);
      pain.follow(entry);
    }
    screen.keepAwake(after.status === "running");
    keeper.keep(isUnderWay(after) && views ? keptOf(after, about, pain.before(), now) : null);
    alarm.set(after.status === "running" ? nextWakeMs(after, now) : QUIET_MS);
    cue(before, after, now);
    // After a night asleep the first that is heard of a new day may be a press.
    if (!isUnderWay(before) && ASKS.has(event.type)) void askToday();
  }

  function cue(before: TimerState, after: TimerState, now: Clocks) {
    const { status, index, since } = after;
    if (status !== before.status) {
      if (status === "finished") sound.finish();
      else if (status === "asleep" && after.gap !== "left") sound.pausedItself();
      else if (status !== "running") sound.hush();
      if (before.status === "ready") sound.begin();
      if (status !== "running" && status !== "paused") sound.rest();
    }
    if (status !== "running") return;
    if (status !== before.status || index !== before.index || since !== before.since)
      sound.cue(shown(after), remainingMs(after, now));
    else sound.count(shown(after), Math.round(remainingMs(after, now) / 1000));
  }

  const onVisible = () => send({ type: "tick" });
  document.addEventListener("visibilitychange", onVisible);
  const unhear = onChange(() => void askToday());
  void askToday();
  void sweep(about.log_id, ({ entry }) => entry && outbox.add(entry));
  alarm.set(QUIET_MS);

  return {
    ...{ traits, bridge, outbox, pain, sound, gate, timer, seen, times, tally, notice, send },
    /** The warning signs that were ticked, and whether the list is shown. */
    ticked: signal<ReadonlyMap<string, Group>>(new Map()),
    isListShown: signal(true),
    allow(now: Gate): void {
      gate.value = now;
      // Asked again in the middle of a set: it waits. An emergency: it has ended.
      if (now === "shut") send({ type: "stop" });
      if (now === "ask") send({ type: "pause" });
    },
    /** The main button, or Space. */
    press(): void {
      const state = timer.peek();
      if (hasEnded(state)) return send({ type: "again" });
      if (state.status === "ready") return send({ type: "start", id: newId() });
      if (state.status !== "running") return send({ type: "resume" });
      return send({ type: isOpen(state) ? "next" : "pause" });
    },
    /** Ask the log again, for what waits and for what it said. */
    retry(): void {
      outbox.retry();
      void askToday();
    },
    retime(change: OwnTimes): void {
      times.value = { ...times.peek(), ...change };
      write(keyOf(about), { ...times.peek(), of: programmeTimes(about) });
      send({ type: "adjust", stretches: adjusted(traits.stretches, times.peek()) });
    },
    /** A view has come; return what is to be called when it goes. */
    enter(): () => void {
      views += 1;
      if (timer.peek().status === "ready")
        void setToTakeUp(about.log_id, about.exercise_id, traits.stretches.length).then((left) => {
          if (!left || timer.peek().status !== "ready") return;
          pain.recall(left.pain_before);
          send({ type: "take", left });
        });
      return () => {
        views -= 1;
        if (views) return;
        // The cell was run again or the notebook closed: nothing goes on, or sounds, unseen. The
        // set waits, for a view that comes back at once, as when a cell is moved, or elsewhere.
        keeper.letGo();
        send({ type: "pause" });
      };
    },
    end(): void {
      alarm.close();
      sound.end();
      screen.end();
      outbox.end();
      bridge.end();
      unhear();
      document.removeEventListener("visibilitychange", onVisible);
    },
  };
}
