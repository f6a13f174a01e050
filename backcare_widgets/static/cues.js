// The cues that sound: each phase spoken by the browser's own voice, or marked by a soft tone.

/** Pitch in hertz and place between the ears (-1 left to 1 right) for each side, and for the end. */
export const TONES = {
  right: { hz: 659.26, pan: 0.6 },
  left: { hz: 392.0, pan: -0.6 },
  centre: { hz: 523.25, pan: 0 },
  finished: { hz: 783.99, pan: 0 },
};
const LASTS_S = 0.5;
const LOUDEST = 0.3;
/** Slower than talk: somebody in pain follows with the eyes shut. */
export const RATE = 0.85;

/** Play the tone of a side; a sine that swells and fades, so that nobody is startled. */
export function playTone(context, side, volume) {
  const { hz, pan } = TONES[side];
  const start = context.currentTime;
  const oscillator = new OscillatorNode(context, { frequency: hz });
  const gain = new GainNode(context, { gain: 0 });
  gain.gain.linearRampToValueAtTime((LOUDEST * volume) / 100, start + 0.06);
  gain.gain.exponentialRampToValueAtTime(0.001, start + LASTS_S);
  oscillator
    .connect(gain)
    .connect(new StereoPannerNode(context, { pan }))
    .connect(context.destination);
  oscillator.start(start);
  oscillator.stop(start + LASTS_S);
}

/** The voice for a language such as "en-GB", or null; a network voice would send the words away. */
export function chooseVoice(voices, language) {
  const base = (tag) => tag.split(/[-_]/)[0]; // some systems write en_GB
  const own = voices.filter((v) => v.localService && base(v.lang) === base(language));
  return own.find((v) => v.lang.replace("_", "-") === language) ?? own[0] ?? null;
}

/** What is counted aloud: the last two seconds of a hold that is long enough to hear "hold". */
export function countAloud({ kind, duration_s }, left) {
  return kind === "hold" && duration_s >= 4 && (left === 2 || left === 1) ? String(left) : "";
}

const MODES = { voice: "Voice", tones: "Tones", silent: "Silent" };

export default () => {
  const KEY = "backcare:cues";
  const views = new Set();
  let settings, context, change;
  let trouble = ""; // said once, where it can be read

  function initialize({ model }) {
    settings = { mode: "voice", volume: 60, ...remembered.get(KEY, {}) };
    const draw = () => views.forEach((view) => view());
    const synthesis = globalThis.speechSynthesis;
    synthesis?.getVoices(); // some browsers only begin to look for voices when asked
    const say = (text) => {
      trouble = text;
      draw();
    };

    // A browser gives sound only after a press. Start is one, and this runs inside it.
    async function tone(side) {
      try {
        context ??= new AudioContext();
        if (context.state !== "running") await context.resume();
        playTone(context, side, settings.volume);
      } catch {
        say("No sound can be played here. Every cue is shown all the same.");
      }
    }
    let refused = false;
    function speak(text, { over = true, side = null } = {}) {
      const { language } = model.get("words");
      const voice = refused ? null : chooseVoice(synthesis?.getVoices() ?? [], language);
      if (!voice) {
        if (!trouble) say("This browser has no voice for it, so tones mark the changes.");
        return side && tone(side);
      }
      if (over) synthesis.cancel();
      else if (synthesis.speaking) return undefined; // a count must not cut a cue short
      const utterance = new SpeechSynthesisUtterance(text);
      Object.assign(utterance, {
        voice,
        lang: voice.lang,
        rate: RATE,
        volume: settings.volume / 100,
      });
      utterance.onerror = ({ error }) => {
        if (["canceled", "interrupted"].includes(error)) return;
        refused = true;
        say("The voice was refused by the browser, so tones mark the changes.");
        if (side) tone(side);
      };
      return synthesis.speak(utterance);
    }
    const cue = (text, side) => {
      if (settings.mode === "voice") speak(text, { side });
      if (settings.mode === "tones") tone(side);
    };
    change = (key, value) => {
      settings = { ...settings, [key]: value };
      remembered.set(KEY, settings);
      if (settings.mode !== "voice") synthesis?.cancel();
      trouble = "";
      refused = false; // asked for by a press: it is tried anew
      cue(model.get("words").sample, "centre"); // so that the choice is heard at once
      draw();
    };
    let resting;
    // A phase is new when it begins, is gone back to, or goes on after a pause: all are said.
    const onPhase = () => {
      const { say: words, side } = model.get("phase");
      if (model.get("status") === "running") cue(words, side);
    };
    const onStatus = () => {
      const status = model.get("status");
      clearTimeout(resting);
      if (status === "finished") cue(model.get("words").finished, "finished");
      else if (status !== "running") synthesis?.cancel();
      // The device is given back between sets, once the last tone has faded.
      if (!["running", "paused"].includes(status))
        resting = setTimeout(() => context?.suspend(), 2000 * LASTS_S);
    };
    let counted = "";
    const onTick = ({ detail: { session, left } }) => {
      if (session !== model.get("session") || settings.mode !== "voice") return;
      const count = countAloud(model.get("phase"), left);
      // Ticks may come within the same second.
      if (count && count !== counted) speak(count, { over: false });
      counted = count;
    };
    model.on("change:phase", onPhase);
    model.on("change:status", onStatus);
    document.addEventListener("backcare:tick", onTick);
    return () => {
      clearTimeout(resting);
      document.removeEventListener("backcare:tick", onTick);
      synthesis?.cancel();
      context?.close();
    };
  }

  function render({ model, el }) {
    const name = `cues-${model.get("session")}-${Math.random()}`;
    const radios = Object.entries(MODES).map(([value, label]) => {
      const box = h("input", { type: "radio", name, value, onchange: () => change("mode", value) });
      return { box, label: h("label.bc-check", box, h("span", label)) };
    });
    const volume = stepper({
      label: "Volume",
      value: settings.volume,
      low: 10,
      high: 100,
      step: 10,
      show: (value) => `${value} %`,
      set: (value) => change("volume", value),
    });
    const note = h("p.bc-cues__note", { role: "status" });
    const modes = h("div.bc-cues__modes", ...radios.map(({ label }) => label), volume);
    const root = h(
      "div.bc.bc-cues",
      h("fieldset", h("legend", "Sound"), modes),
      h("p.bc-note", "Tones: high for right, low for left, between for the centre."),
      note,
    );
    guardKeys(root);
    function draw() {
      root.hidden = model.get("gate") === "shut";
      for (const { box } of radios) box.checked = box.value === settings.mode;
      volume.hidden = settings.mode === "silent";
      setText(note, trouble);
    }
    model.on("change:gate", draw);
    views.add(draw);
    draw();
    el.append(root);
    return () => views.delete(draw);
  }

  return { initialize, render };
};
