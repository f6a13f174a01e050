// The screen of a session: its parts, and the widget that shows them.

import "../shared/theme.css";
import "./session.css";
import "./questions/questions.css";
import "./timer/timer.css";

import { render } from "preact";
import { useLayoutEffect, useRef } from "preact/hooks";

import type { Model } from "../shared/bridge.ts";
import { guardClicks } from "../shared/fields.tsx";
import { guardKeys } from "../shared/keys.ts";
import { Figure } from "./figure/Figure.tsx";
import { FullScreen } from "./FullScreen.tsx";
import { Saved } from "./outbox/Saved.tsx";
import { ByHand } from "./questions/ByHand.tsx";
import { Pain } from "./questions/Pain.tsx";
import { Signs } from "./questions/Signs.tsx";
import { openSession, type Session } from "./session.ts";
import { SoundControls } from "./sound/SoundControls.tsx";
import { Timer } from "./timer/Timer.tsx";

function SessionScreen({ session }: { session: Session }) {
  const root = useRef<HTMLDivElement>(null);
  const wantsFocus = useRef(false);
  const { scene } = session.traits;
  useLayoutEffect(() => {
    const ends = [guardKeys(root.current!), guardClicks(root.current!)];
    return () => ends.forEach((end) => end());
  }, []);
  return (
    <div class="bc-session" ref={root}>
      <Signs session={session} onOpen={() => (wantsFocus.current = true)} />
      <div class="bc-session__parts" hidden={session.gate.value === "shut"}>
        <Timer session={session} wantsFocus={wantsFocus} />
        {scene && <Figure scene={scene} state={session.timer} />}
        <Saved session={session} />
        <Pain session={session} />
        <SoundControls sound={session.sound} />
        <FullScreen />
        <ByHand session={session} />
      </div>
    </div>
  );
}

export default () => {
  let session: Session;
  return {
    initialize({ model }: { model: Model }) {
      session = openSession(model);
      return session.end;
    },
    render({ el }: { el: HTMLElement }) {
      render(<SessionScreen session={session} />, el);
      const leave = session.enter();
      return () => {
        render(null, el);
        leave();
      };
    },
  };
};
