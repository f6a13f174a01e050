// The cues that sound: one soft tone a phase change, told apart by side.

/** Pitch in hertz and place between the ears (-1 left to 1 right) for each side, and for the end. */
export const TONES = {
  right: { hz: 659.26, pan: 0.6 },
  left: { hz: 392.0, pan: -0.6 },
  centre: { hz: 523.25, pan: 0 },
  finished: { hz: 783.99, pan: 0 },
};
const LASTS_S = 0.5;
const LOUDNESS = 0.18;

/** Play the tone of a side; a sine that swells and fades, so that nobody is startled. */
export function playTone(context, side) {
  const { hz, pan } = TONES[side];
  const start = context.currentTime;
  const oscillator = new OscillatorNode(context, { frequency: hz });
  const gain = new GainNode(context, { gain: 0 });
  gain.gain.linearRampToValueAtTime(LOUDNESS, start + 0.06);
  gain.gain.exponentialRampToValueAtTime(0.001, start + LASTS_S);
  oscillator
    .connect(gain)
    .connect(new StereoPannerNode(context, { pan }))
    .connect(context.destination);
  oscillator.start(start);
  oscillator.stop(start + LASTS_S);
}

export default () => {
  const KEY = "backcare:tones";
  const views = new Set();
  let on,
    context,
    blocked = false,
    change;

  function initialize({ model }) {
    on = remembered.get(KEY, true);
    const draw = () => views.forEach((view) => view());

    // A browser gives sound only after a press. Start is one, and this runs inside it.
    async function open() {
      try {
        context ??= new AudioContext();
        if (context.state === "suspended") await context.resume();
        blocked = context.state !== "running";
      } catch {
        blocked = true; // no audio device: the page shows every cue all the same
      }
      draw();
    }
    change = (value) => {
      on = value;
      remembered.set(KEY, on);
      if (on) open().then(() => blocked || playTone(context, "centre")); // so that it is heard once
      draw();
    };
    const play = async (tone) => {
      if (!on) return;
      if (context?.state !== "running") await open();
      if (!blocked) playTone(context, tone);
    };
    const onPhase = () => {
      if (model.get("status") === "running") play(model.get("phase").side);
    };
    let resting;
    const onStatus = () => {
      clearTimeout(resting);
      if (model.get("status") === "finished") play("finished");
      // The device is given back between sets, once the last tone has faded.
      if (!["running", "paused"].includes(model.get("status")))
        resting = setTimeout(() => context?.suspend(), 2000 * LASTS_S);
    };
    model.on("change:phase", onPhase);
    model.on("change:status", onStatus);
    return () => {
      clearTimeout(resting);
      context?.close();
    };
  }

  function render({ model, el }) {
    const box = h("input", { type: "checkbox", onchange: () => change(box.checked) });
    const note = h("span", { class: "bc-cues__note", role: "status" });
    const root = h(
      "div",
      { class: "bc bc-cues" },
      h(
        "label",
        { class: "bc-check" },
        box,
        h(
          "span",
          {},
          "A soft tone at each change: high for right, low for left, between for the centre",
        ),
      ),
      note,
    );
    guardKeys(root);
    function draw() {
      root.hidden = model.get("gate") === "shut";
      box.checked = on;
      setText(
        note,
        on && blocked
          ? "Sound is off in this browser. Tick the box again to turn it on; every cue is shown all the same."
          : "",
      );
    }
    model.on("change:gate", draw);
    views.add(draw);
    draw();
    el.append(root);
    return () => views.delete(draw);
  }

  return { initialize, render };
};
