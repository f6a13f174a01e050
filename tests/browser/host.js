// Stands for a notebook: shows a screen's real bundle on a model that is stricter than the real one,
// so that what a real one would let pass or drop without a word is an error here.
// Python, behind `__ask`, is the real widget.
(() => {
  const cells = new Map(); // cell -> what ends its view
  const models = new Map(); // name of a widget -> its model

  function modelOf(name, traits) {
    const hearers = new Set();
    const statusHearers = new Set();
    let isGone = false;
    const onlyMessages = (event) => {
      if (event !== "msg:custom") throw new Error(`a screen listens to ${event}`);
    };
    const model = {
      get(trait) {
        if (!Object.hasOwn(traits, trait)) throw new Error(`there is no trait ${trait}`);
        return structuredClone(traits[trait]);
      },
      set: () => { throw new Error("a trait carries what does not change"); },
      save_changes: () => { throw new Error("a trait carries what does not change"); },
      on: (event, hear) => (onlyMessages(event), hearers.add(hear)),
      off: (event, hear) => (onlyMessages(event), hearers.delete(hear)),
      send(content) {
        if (isGone) throw new Error("Cannot send");
        const text = JSON.stringify(content);
        const there = JSON.stringify(structuredClone(content));
        if (text !== there) throw new Error("not what JSON holds");
        window.__sent.push(JSON.parse(text));
        window.__ask(name, JSON.parse(text));
      },
      widget_manager: {
        kernel: {
          statusChanged: {
            connect: (hear) => statusHearers.add(hear),
            disconnect: (hear) => statusHearers.delete(hear),
          },
        },
      },
    };
    models.set(name, {
      hear: (content, buffers) => hearers.forEach((hear) => hear(structuredClone(content), buffers)),
      status(status, gone) {
        isGone = gone;
        statusHearers.forEach((hear) => hear(null, status));
      },
      nHearers: () => hearers.size + statusHearers.size,
    });
    return model;
  }

  window.__sent = [];
  /** Run a cell: what it showed before goes, its model stays alive, as in a notebook. */
  window.__run = async ({ cell, name, esm, css, traits, again }) => {
    cells.get(cell)?.();
    if (!again) {
      const style = Object.assign(document.createElement("style"), { textContent: css });
      document.head.append(style);
      const url = URL.createObjectURL(new Blob([esm], { type: "text/javascript" }));
      const { default: made } = await import(url);
      const widget = typeof made === "function" ? await made() : made;
      const model = modelOf(name, traits);
      const end = await widget.initialize?.({ model });
      Object.assign(models.get(name), { widget, model, end });
    }
    const { widget, model } = models.get(name);
    const place = document.querySelector(`[data-cell="${cell}"]`);
    const el = document.createElement("div");
    place.replaceChildren(el);
    const leave = await widget.render({ model, el });
    cells.set(cell, () => {
      leave?.();
      el.remove();
    });
  };
  window.__close = (cell) => {
    cells.get(cell)?.();
    cells.delete(cell);
  };
  window.__end = (name) => models.get(name).end?.();
  window.__answer = (name, content, buffers) => {
    const bytes = buffers.map((text) => new DataView(Uint8Array.from(atob(text), (c) => c.charCodeAt(0)).buffer));
    models.get(name)?.hear(content, bytes); // a page loaded anew has lost what it asked for
  };
  window.__status = (status, gone) => models.forEach((model) => model.status(status, gone));
  window.__hearers = () => [...models.values()].reduce((sum, model) => sum + model.nHearers(), 0);
})();
