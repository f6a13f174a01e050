// How the cues sound: the choice between voice, tones and silence, and the volume.

import { useState } from "preact/hooks";

import { newId } from "../../shared/bridge.ts";
import { Stepper } from "../../shared/fields.tsx";
import { MODES, type Mode, type Sound } from "./sound.ts";

export function SoundControls({ sound }: { sound: Sound }) {
  const { mode, volume } = sound.settings.value;
  const [name] = useState(() => newId()); // of one name, two sessions would be one choice
  return (
    <div class="bc bc-cues">
      <fieldset>
        <legend>Sound</legend>
        <div class="bc-cues__modes">
          {(Object.keys(MODES) as Mode[]).map((each) => (
            <label key={each} class="bc-check">
              <input
                type="radio"
                name={name}
                value={each}
                checked={each === mode}
                onChange={() => sound.change({ mode: each })}
              />
              <span>{MODES[each]}</span>
            </label>
          ))}
          <Stepper
            label="Volume"
            value={volume}
            low={10}
            high={100}
            step={10}
            words={(value) => `${value} %`}
            onChange={(value) => sound.change({ volume: value })}
            isHidden={mode === "silent"}
          />
        </div>
      </fieldset>
      <p class="bc-note">Tones: high for right, low for left, between for the centre.</p>
      <p class="bc-cues__note" role="status">
        {sound.trouble.value}
      </p>
    </div>
  );
}
