// Soft tones that mark the changes where nothing is spoken.

import type { Side } from "../timer/clock.ts";

export type Tone = Side | "finished" | "paused";

/** Pitch in hertz, and place between the ears (-1 left to 1 right). */
export const TONES: Record<Tone, { hz: number; pan: number }> = {
  right: { hz: 659.26, pan: 0.6 },
  left: { hz: 392.0, pan: -0.6 },
  centre: { hz: 523.25, pan: 0 },
  finished: { hz: 783.99, pan: 0 },
  paused: { hz: 261.63, pan: 0 },
};
export const LASTS_S = 0.5;
const LOUDEST = 0.3;
/** A browser that has not begun to sound by then will not. */
const BEGINS_MS = 1000;

/** Play a tone; a sine that swells and fades, so that nobody is startled. */
function play(context: AudioContext, tone: Tone, volume: number): void {
  const { hz, pan } = TONES[tone];
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

/** Open the tones; `onTrouble` is called where none can be played. */
export function openTones(onTrouble: () => void) {
  let context: AudioContext | undefined;
  let resting: ReturnType<typeof setTimeout>;
  return {
    /**
     * Play a tone at a volume of 0 to 100. A browser gives sound only after a press; Start is one,
     * and the first tone is inside it.
     */
    async play(tone: Tone, volume: number): Promise<void> {
      clearTimeout(resting);
      try {
        context ??= new AudioContext();
        if (context.state !== "running") {
          let isLate = false;
          const refused = setTimeout(() => {
            isLate = true;
            onTrouble();
          }, BEGINS_MS);
          await context.resume().finally(() => clearTimeout(refused));
          if (isLate) return; // else all that waited would sound at once
        }
        play(context, tone, volume);
      } catch {
        onTrouble();
      }
    },
    /** Give the device back until the next tone, once the last one has faded. */
    rest(): void {
      clearTimeout(resting);
      resting = setTimeout(() => void context?.suspend().catch(() => {}), 2000 * LASTS_S);
    },
    end(): void {
      clearTimeout(resting);
      void context?.close().catch(() => {});
    },
  };
}
