// A set done away from the screen, today or earlier, written down by hand.

export default () => ({
  render({ model, el }) {
    const about = model.get("about");
    let form;
    const said = h("p.bc-note", { role: "status" });
    const place = h("div.bc-form");
    const details = h(
      "details.bc-manual__more",
      h("summary", "Did a set away from the screen? Write it down"),
      place,
    );
    const root = h("section.bc.bc-manual", { "aria-label": "Write down a set" }, details);
    guardKeys(root);
    details.addEventListener("toggle", () => form || renew());

    function renew() {
      form = setFields({ repetitions_done: about.repetitions });
      const save = button("Save this set", write, "bc-button--primary");
      place.replaceChildren(...form.fields, save, said);
      draw();
    }

    function write() {
      const { when, wallMs, minutes, ...given } = form.read();
      const problem = problemOf({ wallMs, minutes, ...given }, Date.now());
      if (problem) return setText(said, problem);
      const taken = post(model.get("session"), "add", {
        entry_id: crypto.randomUUID(),
        exercise_id: about.exercise_id,
        ...moment(wallMs),
        duration_s: minutes && Math.round(minutes * 60),
        repetitions_prescribed: about.repetitions,
        outcome: "done",
        ...given,
        source: "manual",
      });
      if (!taken)
        return setText(
          said,
          "This set could not be handed on. It is still here: run the cell again, then save it.",
        );
      renew();
      return setText(said, "Written down. You can add another one.");
    }

    function draw() {
      root.hidden = model.get("gate") === "shut";
      for (const field of form?.pain ?? []) field.hidden = model.get("pain_hidden");
    }
    model.on("change:gate change:pain_hidden", draw);
    draw();
    el.append(root);
  },
});
