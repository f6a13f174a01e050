// The charts with the choice of their period, and what stands below them.

import { useLayoutEffect, useRef } from "preact/hooks";

import { newId, type Bridge } from "../shared/bridge.ts";
import type { Review as State, ReviewOps } from "./charts.ts";
import { ReportForm } from "./ReportForm.tsx";

interface ReviewProps {
  review: State;
  periods: readonly string[];
  bridge: Bridge<ReviewOps>;
}

export function Review({ review, periods, bridge }: ReviewProps) {
  const root = useRef<HTMLElement>(null);
  const group = useRef(`period-${newId()}`).current; // two reviews are two choices
  useLayoutEffect(() => {
    const watcher = new ResizeObserver(() => review.fit(root.current!.clientWidth));
    watcher.observe(root.current!);
    return () => watcher.disconnect();
  }, []);
  const charts = review.charts.value;
  return (
    <section class="bc bc-review" aria-label="How much you did" ref={root}>
      <fieldset class="bc-review__periods">
        <legend>The days up to today</legend>
        <div>
          {periods.map((period) => (
            <label key={period} class="bc-review__period">
              <input
                type="radio"
                name={group}
                value={period}
                checked={period === review.period.value}
                onChange={() => review.choose(period)}
              />
              <span>{period}</span>
            </label>
          ))}
        </div>
      </fieldset>
      <p class="bc-note" role="status">
        {review.line.value}
      </p>
      <img
        class={`bc-review__charts ${review.isOld.value ? "bc-review__charts--old" : ""}`.trim()}
        alt="Charts of your log. What they say stands below them, in words."
        hidden={charts === null}
        src={charts?.url}
        width={charts?.width}
      />
      <details>
        <summary>The same in words</summary>
        <dl>
          {charts?.said.map(([title, sentence]) => [
            <dt key={title}>{title}</dt>,
            <dd key={`${title}:`}>{sentence}</dd>,
          ])}
        </dl>
      </details>
      <ReportForm period={review.period} notes={charts?.notes ?? null} bridge={bridge} />
    </section>
  );
}
