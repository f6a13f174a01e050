// The timer on the page: what wakes it, what it shows, its buttons. The clock is in clock.js.

const readClocks = () => ({ mono: performance.now(), wall: Date.now() });

/** Call `wake` after a time, from a worker where there is one: it is not slowed in a hidden tab. */
function makeAlarm(wake) {
  try {
    const source =
      "let t; onmessage = (e) => { clearTimeout(t); if (e.data !== null) t = setTimeout(postMessage, e.data, 0); };";
    const url = URL.createObjectURL(new Blob([source], { type: "text/javascript" }));
    const worker = new Worker(url);
    URL.revokeObjectURL(url);
    worker.onmessage = wake;
    return { set: (ms) => worker.postMessage(ms), close: () => worker.terminate() };
  } catch {
    // No worker allowed here: the page's own timer is right too, only later in a hidden tab.
    let timeout;
    const set = (ms) => {
      clearTimeout(timeout);
      if (ms !== null) timeout = setTimeout(wake, ms);
    };
    return { set, close: () => clearTimeout(timeout) };
  }
}

const PRIMARY = { ready: "start", running: "pause", paused: "resume", asleep: "resume" };
const UNDER_WAY = ["running", "paused", "asleep"];
// While nothing runs, the page still looks at the clock: a new day may begin.
const QUIET_MS = 600000;

export default () => {
  const views = new Set(); // the views of one model share its clock
  let state, send, retime, takeUp, abandon, times, day, setsDone, setsDue;

  function initialize({ model }) {
    const about = model.get("about");
    const key = `backcare:times:${about.exercise_id}`;
    times = remembered.get(key, {});
    // A person's own times stand for those of the programme, and give way when they are changed.
    if (times.of && times.of !== about.times) times = {};
    const stretches = () => adjusted(model.get("stretches"), times);
    state = fresh(stretches(), readClocks());
    day = dayOf(about.counted_at);
    setsDone = about.sets_done;
    setsDue = about.sets_due;
    // Left open overnight: what was done was done yesterday. Marks and a dose that changes by
    // date are the kernel's to know, at the next run of the cell.
    const turnDay = () => {
      const today = dayOf(Date.now());
      if (day === today) return;
      day = today;
      setsDone = 0;
      setsDue = about.dose;
    };
    const alarm = makeAlarm(() => send({ type: "tick" }));

    // A set under way is kept in this browser, under a lock that ends with this page, so that the
    // page loaded anew or the cell run again takes it up, and another tab does not.
    const prefix = `backcare:set:${about.workbook}:`;
    let held = "";
    let letGo = () => {};
    const keep = () => {
      const key = UNDER_WAY.includes(state.status) && views.size ? prefix + state.id : "";
      if (key !== held) {
        letGo();
        if (held && views.size) remembered.remove(held); // it has ended
        held = key;
        if (key) navigator.locks?.request(key, () => new Promise((end) => (letGo = end)));
      }
      if (!key) return;
      const known = { ...state.known, source: "timer" };
      post(model.get("session"), "keep", known);
      remembered.set(key, { ...keptOf(state, about, readClocks()), known });
    };
    takeUp = async () => {
      const elsewhere = await heldSets();
      const fits = (kept) =>
        kept?.exercise_id === about.exercise_id &&
        kept.done.length === state.stretches.length &&
        Date.now() - kept.seenWall < OFFER_MS;
      const left = remembered
        .keys(prefix)
        .filter((key) => !elsewhere.includes(key))
        .map((key) => remembered.get(key))
        .filter(fits)
        .sort((a, b) => b.seenWall - a.seenWall);
      if (left.length) send({ type: "take", kept: left[0] });
    };

    send = (event) => {
      const before = state;
      turnDay();
      state = step(before, event, readClocks());
      const entry = ENDED.includes(before.status) ? null : entryOf(state, about);
      if (entry) {
        state.lost = !post(model.get("session"), "add", entry);
        const share = Math.min(1, entry.repetitions_done / entry.repetitions_prescribed);
        const isToday = dayOf(state.startedWall) === day;
        if (isToday) setsDone += share;
        // As in adherence: what was left of a set stopped for pain leaves what was due, never below
        // what was done.
        if (isToday && entry.outcome === "stopped_for_pain" && setsDue != null)
          setsDue = Math.max(setsDue - (1 - share), Math.min(setsDone, about.dose));
      }
      // Once a phase, for the widgets linked to this one in the page; nothing is sent per tick.
      const { status, index, since, pausedAt, stretches } = state;
      if (index !== before.index || status !== before.status || since !== before.since) {
        model.set({
          status,
          phase: { set: state.id, index, began: since, paused_at: pausedAt, ...stretches[index] },
        });
      }
      if (state.status === "running") {
        const left = Math.round(remainingMs(state, readClocks()) / 1000);
        const detail = { session: model.get("session"), left };
        document.dispatchEvent(new CustomEvent("backcare:tick", { detail })); // in the page only
      }
      keep();
      alarm.set(state.status === "running" ? nextWakeMs(state, readClocks()) : QUIET_MS);
      views.forEach((draw) => draw());
    };
    retime = (change) => {
      remembered.set(key, Object.assign(times, change, { of: about.times }));
      send({ type: "adjust", stretches: stretches() });
    };
    const look = () => send({ type: "tick" });
    document.addEventListener("visibilitychange", look);
    model.on("change:gate", () => {
      // Asked again in the middle of a set: it waits. An emergency: it has ended.
      send({ type: { shut: "stop", ask: "pause" }[model.get("gate")] ?? "tick" });
    });
    // The cell was run again or the notebook closed: nothing goes on, or sounds, unseen. The set
    // waits, for a view that comes back at once, as when a cell is moved, or to be taken up.
    abandon = () => {
      letGo();
      held = "";
      send({ type: "pause" });
    };
    return () => {
      alarm.close();
      document.removeEventListener("visibilitychange", look);
    };
  }

  function render({ model, el }) {
    const about = model.get("about");
    const sends = (text, type, look) => button(text, () => send({ type }), look);
    const press = (event) => {
      // The second half of a double click would pause what the first one started.
      if (event?.detail > 1) return undefined;
      const open = state.status === "running" && isOpen(state);
      if (ENDED.includes(state.status)) return send({ type: "again" });
      return send({ type: open ? "next" : PRIMARY[state.status], id: crypto.randomUUID() });
    };
    const arc = h("circle.bc-ring__arc", { cx: 60, cy: 60, r: 54, pathLength: 1 });
    const count = h("div.bc-ring__count", { role: "timer" });
    const unit = h("div.bc-ring__unit");
    const sets = h("p.bc-timer__sets");
    const side = h("p.bc-timer__side");
    const headline = h("p.bc-timer__cue", { "aria-live": "polite" });
    const detail = h("p.bc-timer__detail");
    const next = h("p.bc-timer__next");
    const repetition = h("p.bc-timer__repetition");
    const dots = h("div.bc-dots", { "aria-hidden": "true" });
    const lost = h(
      "p.bc-note.bc-note--warn",
      { hidden: true, role: "alert" },
      "This set could not be handed on to be saved. Write it down, and run the cell again.",
    );
    const primary = button("", press, "bc-button--primary");
    const back = sends("Back", "back"),
      skip = sends("Skip", "skip"),
      stop = sends("Stop", "stop");
    const hurts = sends("Stop: it hurts", "hurts", "bc-button--hurts");
    const claim = sends("I finished the set", "claim");
    const hint = h("p.bc-note", "Answer the question above first. Then you can start.");
    const root = h(
      "section.bc.bc-timer",
      { "aria-label": `Timer: ${about.title}`, tabindex: -1 },
      h("header.bc-timer__head", h("h3", about.title), sets),
      h(
        "div.bc-timer__stage",
        h(
          "div.bc-ring",
          h(
            "svg",
            { viewBox: "0 0 120 120", "aria-hidden": "true" },
            h("circle.bc-ring__track", { cx: 60, cy: 60, r: 54 }),
            arc,
          ),
          h("div.bc-ring__face", count, unit),
        ),
        h(
          "div.bc-timer__words",
          side,
          headline,
          detail,
          next,
          h("div.bc-timer__progress", repetition, dots),
        ),
      ),
      lost,
      hint,
      h("div.bc-timer__buttons", primary, claim, back, skip, stop, hurts),
      settings(about),
    );
    guardKeys(root);
    root.addEventListener("keydown", (event) => {
      const own = event.target.closest("button, input, select, textarea, summary");
      if (event.key !== " " || own || primary.disabled) return;
      event.preventDefault(); // Space would scroll the notebook
      press();
    });

    function settings({ hold_s, get_ready_s, open_hold_s }) {
      const one = (label, name, value, low, high, show = (v) => `${v} s`) =>
        h(
          "div",
          stepper({
            label,
            value: times[name] ?? value,
            low,
            high,
            show,
            set: (v) => retime({ [name]: v }),
          }),
        );
      return h(
        "details.bc-settings",
        h("summary", "Your own times"),
        h(
          "div.bc-settings__list",
          one("Time to get ready", "get_ready_s", get_ready_s, 3, 120),
          open_hold_s && one("An open hold goes on after", "open_hold_s", open_hold_s, 5, 300),
          hold_s && one("Each hold", "hold_s", hold_s, 1, Math.max(60, 10 * hold_s)),
          one("Extra time for each movement", "extra_move_s", 0, 0, 60, (v) =>
            v ? `+ ${v} s` : "none",
          ),
        ),
      );
    }

    function drawRing(stretch, now) {
      const running = state.status === "running";
      const left = remainingMs(state, now);
      const toward = running ? nextWakeMs(state, now) : 0;
      const share = Math.max(0, (left - toward) / (left + elapsedMs(state, now)));
      arc.style.transitionDuration = `${toward}ms`;
      arc.style.strokeDashoffset = state.status === "ready" ? 0 : 1 - share;
      const face =
        {
          ready: ["", ""],
          finished: ["✓", ""],
          stopped: ["–", ""],
          stopped_for_pain: ["–", ""],
        }[state.status] ??
        (isOpen(state)
          ? [Math.floor(elapsedMs(state, now) / 1000), "seconds held"]
          : [Math.max(0, Math.ceil(left / 1000)), "seconds"]);
      setText(count, String(face[0]));
      setText(unit, face[1]);
    }

    function draw() {
      const now = readClocks();
      const { status, index } = state;
      const gate = model.get("gate");
      const stretch = state.stretches[index];
      const under = UNDER_WAY.includes(status);
      const words = wording(state, about);
      root.hidden = gate === "shut";
      Object.assign(root.dataset, {
        status,
        kind: stretch.kind,
        side: under ? stretch.side : "centre",
        index,
      });
      drawRing(stretch, now);
      setText(headline, words.headline);
      setText(detail, words.detail);
      setText(next, words.next);
      setText(side, under && stretch.side !== "centre" ? about.sides[stretch.side] : "");
      setText(primary, words.primary);
      const done = repetitionsDone(state);
      const current = stretch.repetition || done;
      setText(
        repetition,
        under || ENDED.includes(status)
          ? status === "running" && stretch.repetition
            ? `Repetition ${current} of ${about.repetitions}`
            : `${done} of ${about.repetitions} repetitions done`
          : `${about.repetitions} ${about.repetitions === 1 ? "repetition" : "repetitions"}`,
      );
      dots.replaceChildren(
        ...Array.from({ length: Math.min(20, about.repetitions) }, (_, i) =>
          h("i", { "data-done": i < done, "data-now": under && i + 1 === stretch.repetition }),
        ),
      );
      setText(sets, setsLine(setsDone, setsDue, ENDED.includes(status)));
      primary.disabled = gate !== "open" && ["ready", "paused", "asleep"].includes(status);
      hint.hidden = !primary.disabled;
      const focused = document.activeElement;
      for (const control of [back, skip, stop, hurts]) control.hidden = !under;
      claim.hidden = status !== "asleep";
      if (root.contains(focused) && focused.hidden) primary.focus({ preventScroll: true });
      lost.hidden = !state.lost;
    }
    views.add(draw);
    draw();
    el.append(root);
    if (state.status === "ready") takeUp();
    return () => {
      views.delete(draw);
      if (views.size === 0) abandon();
    };
  }

  return { initialize, render };
};
