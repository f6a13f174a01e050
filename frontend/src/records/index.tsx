// What is taken out of the log and put into it, and reminders: a button each.

import { render } from "preact";

import { openBridge, type Model } from "../shared/bridge.ts";
import { guardKeys } from "../shared/keys.ts";
import "../shared/theme.css";
import { RECORDS_ANSWERS, type RecordsOps } from "./ops.ts";
import "./records.css";
import { Records, type Named } from "./Records.tsx";

export default {
  render({ model, el }: { model: Model; el: HTMLElement }): () => void {
    const bridge = openBridge<RecordsOps>(model, RECORDS_ANSWERS);
    render(<Records bridge={bridge} exercises={model.get("exercises") as Named[]} />, el);
    const ends = [guardKeys(el), bridge.end];
    return () => {
      for (const end of ends) end();
      render(null, el);
    };
  },
};
