// The stage: the screen stays awake while a set runs, and can be filled by the session.

export default () => {
  let lock = null;

  function initialize({ model }) {
    const running = () => model.get("status") === "running";
    // A lock is lost whenever the page is hidden; it is asked for again when it is back.
    async function keepAwake() {
      try {
        if (!running() || document.hidden) {
          await lock?.release();
          lock = null;
        } else if (lock === null || lock.released) {
          const given = await navigator.wakeLock.request("screen");
          // Meanwhile another may have been given, or the set have ended.
          if (lock === null || lock.released) lock = given;
          else await given.release();
          if (!running()) await keepAwake();
        }
      } catch {
        lock = null; // no such thing here, or refused: the set goes on all the same
      }
    }
    model.on("change:status", keepAwake);
    document.addEventListener("visibilitychange", keepAwake);
    return () => {
      document.removeEventListener("visibilitychange", keepAwake);
      lock?.release();
    };
  }

  function render({ model, el }) {
    const whole = () => el.closest(".bc-session");
    const isFull = () =>
      document.fullscreenElement !== null && document.fullscreenElement === whole();
    const note = h("span.bc-note", { role: "status" });
    const toggle = async () => {
      try {
        await (isFull() ? document.exitFullscreen() : whole().requestFullscreen());
      } catch {
        setText(note, "This browser does not give the full screen.");
      }
    };
    const fill = button("", toggle);
    const root = h("div.bc.bc-stage", fill, note);
    guardKeys(root);
    const draw = () => {
      root.hidden = model.get("gate") === "shut";
      setText(fill, isFull() ? "Leave the full screen" : "Full screen, to read from afar");
    };
    document.addEventListener("fullscreenchange", draw);
    model.on("change:gate", draw);
    draw();
    el.append(root);
    return () => document.removeEventListener("fullscreenchange", draw);
  }

  return { initialize, render };
};
