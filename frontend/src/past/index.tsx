// What was recorded, day by day, newest first, and how it is put right.

import { render } from "preact";

import { openBridge, type Model } from "../shared/bridge.ts";
import { onChange } from "../shared/changes.ts";
import { guardClicks } from "../shared/fields.tsx";
import { guardKeys } from "../shared/keys.ts";
import "../shared/theme.css";
import { openList, PAST_ANSWERS, type PastOps } from "./list.ts";
import "./past.css";
import { Past } from "./Past.tsx";
import type { Exercise } from "./SetForm.tsx";

export default {
  render({ model, el }: { model: Model; el: HTMLElement }): () => void {
    const bridge = openBridge<PastOps>(model, PAST_ANSWERS);
    const list = openList(bridge);
    list.say("Reading your log…");
    list.load();
    render(<Past list={list} exercises={model.get("exercises") as Exercise[]} />, el);
    const ends = [guardKeys(el), guardClicks(el), onChange(list.refresh), bridge.end];
    return () => {
      for (const end of ends) end();
      render(null, el);
    };
  },
};
