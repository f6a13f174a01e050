// The screen filled by the session, to be read from afar.

import { useSignal } from "@preact/signals";
import { useLayoutEffect, useRef } from "preact/hooks";

import { Button } from "../shared/fields.tsx";

export function FullScreen() {
  const here = useRef<HTMLDivElement>(null);
  const isFull = useSignal(false);
  const problem = useSignal("");
  const whole = () => here.current?.closest(".bc-session") ?? null;

  useLayoutEffect(() => {
    const look = () => {
      isFull.value = document.fullscreenElement !== null && document.fullscreenElement === whole();
    };
    document.addEventListener("fullscreenchange", look);
    return () => document.removeEventListener("fullscreenchange", look);
  }, []);

  async function toggle() {
    try {
      await (isFull.value ? document.exitFullscreen() : whole()?.requestFullscreen());
    } catch {
      problem.value =
        "This browser does not allow full screen. The session goes on as it is; make the window larger instead.";
    }
  }

  return (
    <div class="bc bc-stage" ref={here}>
      <Button onPress={toggle}>
        {isFull.value ? "Leave the full screen" : "Full screen, to read from afar"}
      </Button>
      <span class="bc-note" role="status">
        {problem.value}
      </span>
    </div>
  );
}
