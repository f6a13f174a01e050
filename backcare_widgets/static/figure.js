// The figure on the page. It has no clock of its own: it reads how far the timer is.

/** Pause between frames, for 20 a second: enough for slow movements, and it leaves the machine cool. */
const REST_MS = 40;
const KEYS = {
  ArrowLeft: [-10, 0],
  ArrowRight: [10, 0],
  ArrowUp: [0, 10],
  ArrowDown: [0, -10],
  Home: undefined, // back to where it reads best
};

/** How far the shown movement has come at `now`, 0 to 1; 1 for a stretch without movement. */
export function progress(status, { kind, duration_s, began, paused_at }, now) {
  if (kind !== "move" || began == null) return 1;
  const then = status === "running" ? now : (paused_at ?? now);
  return Math.min(1, Math.max(0, (then - began) / (1000 * duration_s)));
}

/** The way through poses that is shown: the stretch's own during a set, else where one rests. */
export function wayNow(ways, status, phase) {
  if (["running", "paused", "asleep"].includes(status)) return ways[phase.index] ?? ways[0];
  return (status === "finished" ? ways.at(-1) : ways[0]).slice(-1);
}

export default {
  render({ model, el }) {
    const scene = model.get("scene");
    if (!scene.ways) return; // this exercise has a pose that nobody has drawn
    const picture = (props, pose) => {
      const { svg, draw } = drawing(scene);
      for (const [name, value] of Object.entries({ role: "img", ...props }))
        svg.setAttribute(name, value);
      if (pose) draw(scene.poses[pose]);
      return { svg, draw };
    };
    const { svg, draw } = picture({ tabindex: 0 });
    const still = matchMedia("(prefers-reduced-motion: reduce)");
    let [turned, frame, rest, seen] = [[0, 0], 0, 0, true];

    function show() {
      frame = 0;
      const [status, phase] = ["status", "phase"].map((name) => model.get(name));
      const way = wayNow(scene.ways, status, phase);
      const t = still.matches ? 1 : progress(status, phase, performance.now());
      draw(
        between(
          way.map((name) => scene.poses[name]),
          t,
        ),
        turned,
      );
      svg.setAttribute("aria-label", scene.alt[way.at(-1)]);
      root.hidden = model.get("gate") === "shut";
      steps.hidden = status !== "ready";
      clearTimeout(rest);
      if (status === "running" && t < 1 && seen) rest = setTimeout(ask, REST_MS);
    }
    const ask = () => (frame ||= requestAnimationFrame(show));
    const turn = (by = turned.map((degrees) => -degrees)) => {
      turned = turned.map((v, i) => v + by[i]);
      ask();
    };

    const steps = h(
      "ol.bc-figure__steps",
      ...scene.steps.map(({ pose, text }) =>
        h("li", picture({ "aria-label": scene.alt[pose] }, pose).svg, text),
      ),
    );
    const hint =
      "Drag the picture, or use its arrow keys, to see it from another side; double-click or Home turns it back.";
    const root = h(
      "section.bc.bc-figure",
      { "aria-label": "The movement" },
      svg,
      h("p.bc-note", hint),
      steps,
    );
    svg.addEventListener("keydown", (event) => {
      if (!(event.key in KEYS)) return;
      event.preventDefault(); // else the page scrolls
      turn(KEYS[event.key]);
    });
    svg.addEventListener("dblclick", () => turn());
    svg.addEventListener("pointerdown", (event) => svg.setPointerCapture(event.pointerId));
    svg.addEventListener("pointermove", (event) => {
      if (svg.hasPointerCapture(event.pointerId)) turn([event.movementX / 2, event.movementY / 2]);
    });
    guardKeys(root);
    for (const name of ["status", "phase", "gate"]) model.on(`change:${name}`, ask);
    still.addEventListener("change", ask);
    const watcher = new IntersectionObserver((entries) => {
      seen = entries.at(-1).isIntersecting;
      if (seen) ask();
    });
    watcher.observe(svg);
    show();
    el.append(root);
    return () => {
      cancelAnimationFrame(frame);
      clearTimeout(rest);
      watcher.disconnect();
      still.removeEventListener("change", ask);
    };
  },
};
