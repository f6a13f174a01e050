// The charts of a period that the person chooses, the same in words, and a page to hand on.

const KEY = "backcare:period";
const TYPES = { pdf: "application/pdf", html: "text/html" };
/** The charts are drawn anew when their width has changed by more than this part of it. */
export const CHANGED = 0.12;
const SETTLED_MS = 400;

/** Whether a picture drawn for one width is still right for another, both in pixels. */
export function stillFits(drawn, width) {
  return Math.abs(width - drawn) <= CHANGED * drawn;
}

export default () => ({
  render({ model, el }) {
    const ask = asker(model);
    const periods = model.get("periods");
    let chosen = remembered.get(KEY, periods[1]);
    if (!periods.includes(chosen)) chosen = periods[1];
    let asked = 0; // the latest question for charts; the answers of earlier ones are old
    let drawn = 0;
    let isOld = false;
    let url = "";

    const line = h("p.bc-note", { role: "status" });
    const image = h("img.bc-review__charts", {
      alt: "Charts of your log. What they say stands below them, in words.",
      hidden: true,
    });
    const words = h("dl");
    const notes = h("div.bc-review__notes");
    const notesLegend = h("legend");
    const name = h("input.bc-field", { type: "text", maxlength: 60, autocomplete: "off" });
    const made = h("p.bc-note", { role: "status" });
    const group = `period-${crypto.randomUUID()}`; // of one name, two reviews would be one choice
    const radio = (period) =>
      h(
        "label.bc-review__period",
        h("input", {
          type: "radio",
          name: group,
          value: period,
          checked: period === chosen,
          onchange: () => {
            chosen = period;
            remembered.set(KEY, period);
            draw();
          },
        }),
        h("span", period),
      );
    const root = h(
      "section.bc.bc-review",
      { "aria-label": "How much you did" },
      h(
        "fieldset.bc-review__periods",
        h("legend", "The days up to today"),
        h("div", ...periods.map(radio)),
      ),
      line,
      image,
      h("details", h("summary", "The same in words"), words),
      h(
        "details.bc-review__report",
        h("summary", "A page for a physiotherapist"),
        h(
          "div.bc-form",
          h(
            "p.bc-note",
            "One page of the period chosen above, in whole weeks, so that it may begin some days earlier: the programme, what was done of it, sets stopped for pain, pain before and after, and how each number is worked out. It is made on this computer and sent nowhere.",
          ),
          h("label", "Your name (optional; empty leaves a line to write on)", name),
          h("fieldset", notesLegend, notes),
          h(
            "div.bc-review__buttons",
            button("Save as PDF", () => report("pdf"), "bc-button--primary"),
            button("Save as a web page", () => report("html")),
          ),
          made,
        ),
      ),
    );
    guardKeys(root);

    async function draw() {
      const mine = (asked += 1);
      setText(line, "Drawing the charts…");
      image.classList.add("bc-review__charts--old");
      isOld = false;
      const width = root.clientWidth;
      const question = { ask: "draw", period: chosen, width, ratio: devicePixelRatio };
      const [answer, buffers] = await ask(question, (text) => setText(line, text));
      if (mine !== asked) return;
      setText(line, answer.problem ?? "");
      if (answer.problem) return;
      drawn = width;
      URL.revokeObjectURL(url);
      url = URL.createObjectURL(new Blob(buffers, { type: "image/png" }));
      image.src = url;
      image.width = answer.width;
      image.hidden = false;
      image.classList.remove("bc-review__charts--old");
      words.replaceChildren(
        ...answer.said.flatMap(([title, sentence]) => [h("dt", title), h("dd", sentence)]),
      );
      offer(answer.notes);
    }

    /** Offer the notes of these days; what was ticked stays so. */
    function offer(offered) {
      const ticked = chosenNotes();
      setText(
        notesLegend,
        offered.length
          ? "Which of your notes may be on it? None, unless you choose."
          : "You wrote no notes in these days.",
      );
      notes.replaceChildren(
        ...offered.map(({ entry_id, day, exercise, note }) =>
          h(
            "label.bc-check",
            h("input", {
              type: "checkbox",
              value: entry_id,
              checked: ticked.includes(entry_id),
            }),
            h("span", `${day}, ${exercise}: ${note}`),
          ),
        ),
      );
    }

    function chosenNotes() {
      return [...notes.querySelectorAll("input:checked")].map(({ value }) => value);
    }

    async function report(kind) {
      setText(made, "Making the page…");
      const question = {
        ask: "report",
        period: chosen,
        kind,
        name: name.value.trim(),
        notes: chosenNotes(),
      };
      const [answer, buffers] = await ask(question, (text) => setText(made, text));
      if (answer.problem) return setText(made, answer.problem);
      const file = URL.createObjectURL(new Blob(buffers, { type: TYPES[kind] }));
      h("a", { href: file, download: answer.file }).click();
      setTimeout(() => URL.revokeObjectURL(file), 60000);
      return setText(
        made,
        `${answer.file} is in your downloads. It holds what you recorded about your health: you decide who gets it.`,
      );
    }

    let settled;
    const drawOnceSettled = () => {
      clearTimeout(settled);
      settled = setTimeout(() => {
        if (root.clientWidth && (isOld || !stillFits(drawn, root.clientWidth))) draw();
      }, SETTLED_MS);
    };
    const watcher = new ResizeObserver(drawOnceSettled);
    const onChange = () => {
      isOld = true;
      drawOnceSettled();
    };
    document.addEventListener(LOG_CHANGED, onChange);
    el.append(root);
    requestAnimationFrame(() => {
      draw();
      watcher.observe(root);
    });
    return () => {
      watcher.disconnect();
      document.removeEventListener(LOG_CHANGED, onChange);
      clearTimeout(settled);
      URL.revokeObjectURL(url);
      ask.end();
    };
  },
});
