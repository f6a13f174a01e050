// What a session is about: all that does not change while it is open.

import type { Model } from "../shared/bridge.ts";
import type { Scene } from "./figure/Figure.tsx";
import type { Stretch } from "./timer/clock.ts";

export interface About {
  /** Of the log itself, wherever it lies: what waits in this browser is for it alone. */
  log_id: string;
  exercise_id: string;
  title: string;
  repetitions: number;
  get_ready_s: number;
  /** null: no timed hold. */
  hold_s: number | null;
  /** null: no hold that the person ends. */
  open_hold_s: number | null;
  sides: { right: string; left: string };
  getting_in: string;
  getting_out: string;
  words: { language: string; get_ready: string; finished: string; paused: string };
}

export interface WarningSigns {
  emergency_numbers: string;
  urgent_numbers: string;
  emergency: string[];
  not_yet: string[];
  doctor: string[];
  ask_first: string[];
}

export interface SessionTraits {
  about: About;
  stretches: Stretch[];
  signs: WarningSigns;
  /** null: a pose that nobody has drawn. */
  scene: Scene | null;
}

export function traitsOf(model: Model): SessionTraits {
  const trait = <T>(name: string) => model.get(name) as T;
  return {
    about: trait("about"),
    stretches: trait("stretches"),
    signs: trait("signs"),
    scene: trait("scene"),
  };
}
