// The charts of a period that the person chooses, the same in words, and a page to hand on.

import { render } from "preact";

import { openBridge, type Model } from "../shared/bridge.ts";
import { onChange } from "../shared/changes.ts";
import { guardKeys } from "../shared/keys.ts";
import "../shared/theme.css";
import { openReview, REVIEW_ANSWERS, type ReviewOps } from "./charts.ts";
import "./review.css";
import { Review } from "./Review.tsx";

export default {
  render({ model, el }: { model: Model; el: HTMLElement }): () => void {
    const bridge = openBridge<ReviewOps>(model, REVIEW_ANSWERS);
    const periods = model.get("periods") as string[];
    const review = openReview(bridge, periods);
    render(<Review review={review} periods={periods} bridge={bridge} />, el);
    const ends = [guardKeys(el), onChange(review.renew), review.end, bridge.end];
    return () => {
      for (const end of ends) end();
      render(null, el);
    };
  },
};
