// The moving figure. It has no clock of its own: it reads how far the timer is.

import { type ReadonlySignal, useComputed, useSignal } from "@preact/signals";
import { useLayoutEffect, useRef } from "preact/hooks";

import type { TimerState } from "../timer/clock.ts";
import { type Draw, Picture, type Turn } from "./Picture.tsx";
import { progress, type Scene, wayNow } from "./scene.ts";
import { between } from "./skeleton.ts";
import "./figure.css";

export type { Scene };

/** Pause between frames, for 20 a second: enough for slow movements, and it leaves the machine cool. */
const REST_MS = 40;
/** Where the picture reads best. */
const STRAIGHT: Turn = [0, 0];
const TURNS: Readonly<Record<string, Turn>> = {
  ArrowLeft: [-10, 0],
  ArrowRight: [10, 0],
  ArrowUp: [0, 10],
  ArrowDown: [0, -10],
};

export function Figure({ scene, state }: { scene: Scene; state: ReadonlySignal<TimerState> }) {
  const { alt, poses, steps, ways } = scene;
  const draw = useRef<Draw>(null);
  const section = useRef<HTMLElement>(null);
  const turned = useSignal(STRAIGHT);
  const label = useComputed(() => alt[wayNow(ways, state.value).at(-1)!]);
  const isStarted = useComputed(() => state.value.status !== "ready");
  const turn = (by: Turn) => {
    turned.value = [turned.value[0] + by[0], turned.value[1] + by[1]];
  };

  // Not useEffect, which waits for a frame and so never comes in a page that is hidden.
  useLayoutEffect(() => {
    const still = matchMedia("(prefers-reduced-motion: reduce)");
    let [frame, rest, isSeen] = [0, 0, true];

    function show() {
      frame = 0;
      const now = { mono: performance.now(), wall: Date.now() };
      const t = still.matches ? 1 : progress(state.value, now);
      const way = wayNow(ways, state.value).map((name) => poses[name]!);
      draw.current!(between(way, t), turned.value);
      clearTimeout(rest);
      if (state.value.status === "running" && t < 1 && isSeen)
        rest = window.setTimeout(ask, REST_MS);
    }
    const ask = () => {
      frame ||= requestAnimationFrame(show);
    };
    const watcher =
      window.IntersectionObserver &&
      new IntersectionObserver((entries) => {
        isSeen = entries.at(-1)!.isIntersecting;
        if (isSeen) ask();
      });

    show();
    watcher?.observe(section.current!.firstElementChild!);
    still.addEventListener("change", ask);
    const endings = [state.subscribe(ask), turned.subscribe(ask)];
    return () => {
      endings.forEach((end) => end());
      still.removeEventListener("change", ask);
      watcher?.disconnect();
      cancelAnimationFrame(frame);
      clearTimeout(rest);
    };
  }, [scene, state]);

  return (
    <section class="bc bc-figure" aria-label="The movement" ref={section}>
      <Picture
        scene={scene}
        onReady={(made) => (draw.current = made)}
        role="img"
        tabindex={0}
        aria-label={label}
        onKeyDown={(event) => {
          const by = TURNS[event.key];
          if (!by && event.key !== "Home") return;
          event.preventDefault(); // else the page scrolls
          if (by) turn(by);
          else turned.value = STRAIGHT;
        }}
        onDblClick={() => (turned.value = STRAIGHT)}
        onPointerDown={(event) => event.currentTarget.setPointerCapture(event.pointerId)}
        onPointerMove={(event) => {
          if (event.currentTarget.hasPointerCapture(event.pointerId))
            turn([event.movementX / 2, event.movementY / 2]);
        }}
      />
      <p class="bc-note">
        Drag the picture, or use its arrow keys, to see it from another side; double-click or Home
        turns it back.
      </p>
      <ol class="bc-figure__steps" hidden={isStarted}>
        {steps.map(({ pose, text }) => (
          <li>
            <Picture
              scene={scene}
              onReady={(drawOnce) => drawOnce(poses[pose]!)}
              role="img"
              aria-label={alt[pose]}
            />
            {text}
          </li>
        ))}
      </ol>
    </section>
  );
}
