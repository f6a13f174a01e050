// The warning signs, asked before the first set. The answers stay in this page and are not stored.

/** What the answers mean: an emergency and a "not yet" shut the session, the others leave the choice. */
export function verdict(ticked) {
  if (ticked.has("emergency")) return "emergency";
  if (ticked.has("not_yet")) return "not_yet";
  if (ticked.has("doctor")) return "doctor";
  if (ticked.has("ask_first")) return "ask_first";
  return "none";
}

// Two columns where there is room: what closes the session, then what leaves the choice.
const COLUMNS = [
  [
    ["emergency", "Get help now, if any of these is new or came with the pain"],
    ["not_yet", "Not yet"],
  ],
  [
    ["doctor", "See a doctor first"],
    ["ask_first", "Ask your doctor or physiotherapist first"],
  ],
];

export default () => {
  const ticked = new Map(); // sign -> group
  let open = true;
  const views = new Set();

  function initialize({ model }) {
    model.set("gate", "ask");
  }

  function render({ model, el }) {
    const { emergency_numbers: emergency, urgent_numbers: urgent, ...signs } = model.get("signs");
    const set = (gate, isOpen) => {
      open = isOpen;
      model.set("gate", gate);
      views.forEach((draw) => draw());
      root.focus({ preventScroll: true }); // the button that was pressed is gone
    };
    const answer = () => {
      const found = verdict(new Set(ticked.values()));
      set(
        ["emergency", "not_yet"].includes(found) ? "shut" : found === "none" ? "open" : "ask",
        false,
      );
    };
    const clear = () => {
      ticked.clear();
      set("ask", true);
    };
    const root = h("section.bc.bc-signs", { "aria-label": "Warning signs", tabindex: -1 });
    guardKeys(root);

    const group = ([name, legend]) =>
      h(
        "fieldset",
        h("legend", legend),
        ...signs[name].map((sign) => {
          const box = h("input", {
            type: "checkbox",
            onchange: () => {
              if (box.checked) ticked.set(sign, name);
              else ticked.delete(sign);
              views.forEach((draw) => draw());
            },
          });
          box.checked = ticked.has(sign);
          return h("label.bc-check", box, h("span", sign));
        }),
      );

    const question = () => [
      h("h3", "Before you start: does any of this apply to you?"),
      h(
        "p",
        "Back pain rarely has a dangerous cause, but these signs need help first. Tick what applies; nothing of it is stored.",
      ),
    ];
    const pages = {
      emergency: () => [
        h("h3", "Get help now"),
        h("p.bc-signs__call", `Call ${emergency}, or go to an emergency department.`),
        h(
          "p",
          "You ticked a sign that needs to be seen at once. Do not exercise now. Tell them what you ticked, and that your back hurts.",
        ),
        button("I ticked that by mistake", clear),
      ],
      not_yet: () => [
        h("h3", "Leave these exercises for now"),
        h(
          "p",
          "They bend and twist the hip further than is usually allowed after a hip replacement. Ask your surgeon or physiotherapist when you may, and what you can do until then.",
        ),
        button("I ticked that by mistake", clear),
      ],
      doctor: () => [
        h("h3", "See a doctor first"),
        h(
          "p",
          `What you ticked should be looked at soon, best today: ask ${urgent}. You can still choose to go on; stop if anything gets worse.`,
        ),
        button("Back to the list", clear),
        button("I understand: go on", () => set("open", false)),
      ],
      ask_first: () => [
        h("h3", "Ask first, if you can"),
        h(
          "p",
          "Your doctor or physiotherapist can say which of these movements suit you. You can still choose to go on; keep every movement small and slow.",
        ),
        button("Back to the list", clear),
        button("I understand: go on", () => set("open", false)),
      ],
      accepted: () => [
        h("p", "You chose to go on. Keep it small and slow; stop if anything gets worse."),
        button("Show the list again", clear),
      ],
      none: () => [
        h("p", "No warning sign ticked. If one appears, stop. "),
        button("Show the list again", clear),
      ],
    };
    const none = button("None of these applies to me", answer, "bc-button--primary");

    function draw() {
      const found = verdict(new Set(ticked.values()));
      const accepted = !open && found !== "none" && model.get("gate") === "open";
      root.dataset.verdict = open ? "open" : accepted ? "accepted" : found;
      if (!open) return root.replaceChildren(...pages[root.dataset.verdict]());
      if (!root.contains(none))
        root.replaceChildren(
          ...question(),
          none,
          h(
            "div.bc-signs__groups",
            ...COLUMNS.map((groups) =>
              h("div", ...groups.filter(([name]) => signs[name].length).map(group)),
            ),
          ),
        );
      setText(none, ticked.size ? "Go on with what I ticked" : "None of these applies to me");
      return undefined;
    }
    views.add(draw);
    draw();
    el.append(root);
    return () => views.delete(draw);
  }

  return { initialize, render };
};
