// The cues that sound: each is heard as words or, where the voice fails, as its tone.

import { signal } from "@preact/signals";

import { isNumber, isRecord, isText, read, write } from "../../shared/storage.ts";
import type { About } from "../about.ts";
import type { Stretch } from "../timer/clock.ts";
import { countAloud, openCounts, sayingOf } from "./counts.ts";
import { openTones, type Tone } from "./tones.ts";
import { openVoice, type Failure } from "./voice.ts";

export const MODES = { voice: "Voice", tones: "Tones", silent: "Silent" };
export type Mode = keyof typeof MODES;

export interface SoundSettings {
  mode: Mode;
  /** 10 to 100. */
  volume: number;
}

const KEY = "backcare:cues";
const USUAL: SoundSettings = { mode: "voice", volume: 60 };

export function isSettings(value: unknown): value is SoundSettings {
  if (!isRecord(value) || !isNumber(value.volume) || !isText(value.mode)) return false;
  return Object.hasOwn(MODES, value.mode) && value.volume >= 10 && value.volume <= 100;
}

const TROUBLE: Record<Failure, string> = {
  none: "This browser has no voice for it, so tones mark the changes. A voice can be added in the settings of your computer.",
  refused:
    "The browser refused the voice, so tones mark the changes. To try the voice again, change the volume.",
  silent: "The voice did not begin in time, so a tone marked the change. You need do nothing.",
  cut: "The voice was cut short, so a tone marked the change. You need do nothing.",
};
const NO_TONES =
  "No sound can be played here. Every cue is shown all the same: keep the screen in sight.";

export type Sound = ReturnType<typeof openSound>;

export function openSound({ words, getting_out }: About) {
  const settings = signal(read(KEY, isSettings) ?? USUAL);
  /** What was wrong with the sound, said once where it can be read; or "". */
  const trouble = signal("");
  const voice = openVoice(words.language);
  const tones = openTones(() => (trouble.value = NO_TONES));
  let isCounted = openCounts();
  let counted = "";
  let isAtRest = true;

  function play(tone: Tone) {
    void tones.play(tone, settings.peek().volume);
    if (isAtRest) tones.rest();
  }

  function speak(text: string, onFail = () => {}) {
    // Some browsers find their voices late, and then there is one after all.
    if (trouble.peek() === TROUBLE.none && voice.isThere()) trouble.value = "";
    voice.speak(text, settings.peek().volume, (why) => {
      trouble.value ||= TROUBLE[why];
      onFail();
    });
  }

  function say(text: string, tone: Tone) {
    const { mode } = settings.peek();
    if (mode === "tones") play(tone);
    if (mode === "voice") speak(text, () => play(tone));
  }

  return {
    settings,
    trouble,
    /** Take over a choice, and let it be heard at once. */
    change(choice: Partial<SoundSettings>): void {
      settings.value = { ...settings.peek(), ...choice };
      write(KEY, settings.peek());
      if (settings.peek().mode !== "voice") voice.hush();
      trouble.value = "";
      voice.trust(true);
      say(words.get_ready, "centre");
    },
    /** A set begins. */
    begin(): void {
      voice.trust(false);
      isCounted = openCounts();
    },
    /** A stretch begins, is gone back to, or goes on after a pause. */
    cue(stretch: Stretch, leftMs: number): void {
      isAtRest = false;
      say(sayingOf(stretch, leftMs), stretch.side);
    },
    /** So many seconds of a stretch are left. */
    count(stretch: Stretch, left: number): void {
      const count = countAloud(stretch, left);
      const isNew = count !== counted; // ticks may come within the same second
      counted = count;
      if (!count || !isNew || settings.peek().mode !== "voice") return;
      if (isCounted(stretch.kind, count, !voice.isSpeaking()))
        voice.add(count, settings.peek().volume);
    },
    finish: () => say(`${words.finished} ${getting_out}`, "finished"),
    /** The set has paused itself, and the person may be lying there and holding on. */
    pausedItself(): void {
      const { mode } = settings.peek();
      if (mode !== "silent") play("paused"); // heard at once, whatever the voice does
      if (mode === "voice") speak(words.paused);
    },
    hush: voice.hush,
    /** No set is under way any more. */
    rest(): void {
      isAtRest = true;
      tones.rest();
    },
    end(): void {
      voice.hush();
      tones.end();
    },
  };
}
