// Which charts are wanted, and how the page asks for them: one drawing at a time, and after it what
// is wanted then.

import { signal } from "@preact/signals";

import type { Answers, Bridge } from "../shared/bridge.ts";
import { isFlag, isNumber, isText, listOf, read, recordOf, write } from "../shared/storage.ts";

const KEY = "backcare:period";
/** The charts are drawn anew when their width has changed by more than this part of it. */
const CHANGED = 0.12;
const SETTLED_MS = 400;

export interface Note {
  entry_id: string;
  day: string;
  exercise: string;
  note: string;
}

interface Charts {
  /** Pairs of what a chart asks and answers, in words. */
  said: [string, string][];
  /** Pixels of the page. */
  width: number;
  is_sample: boolean;
  notes: Note[];
}

export interface ReviewOps {
  draw: { question: { period: string; width: number; ratio: number }; answer: Charts };
  report: {
    question: { period: string; kind: string; name: string; notes: string[] };
    answer: { file: string };
  };
}

const isPair = (value: unknown) => listOf(isText)(value) && (value as string[]).length === 2;

export const REVIEW_ANSWERS: Answers<ReviewOps> = {
  draw: recordOf({
    said: listOf(isPair),
    width: isNumber,
    is_sample: isFlag,
    notes: listOf(recordOf({ entry_id: isText, day: isText, exercise: isText, note: isText })),
  }),
  report: recordOf({ file: isText }),
};

/** Return whether a picture drawn for one width is still right for another, both in pixels. */
export function stillFits(drawn: number, width: number): boolean {
  return Math.abs(width - drawn) <= CHANGED * drawn;
}

export type Review = ReturnType<typeof openReview>;

export function openReview({ ask }: Pick<Bridge<ReviewOps>, "ask">, periods: readonly string[]) {
  const isPeriod = (value: unknown): value is string => isText(value) && periods.includes(value);
  const period = signal(read(KEY, isPeriod) ?? periods[1]!);
  const charts = signal<(Charts & { url: string }) | null>(null);
  const isOld = signal(true);
  const line = signal("");
  /** As the page has it, and as it was when charts were last asked for. */
  let width = 0;
  let askedWidth = 0;
  /** Whether charts are wanted whatever their width. */
  let isWanted = true;
  let isDrawing = false;
  let settled: ReturnType<typeof setTimeout> | undefined;

  async function draw(): Promise<void> {
    if (isDrawing || width === 0 || (!isWanted && stillFits(askedWidth, width))) return;
    isDrawing = true;
    isWanted = false;
    askedWidth = width;
    line.value = "Drawing the charts…";
    isOld.value = true;
    const asked = period.value;
    const reply = await ask(
      "draw",
      { period: asked, width, ratio: devicePixelRatio },
      (text) => (line.value = text),
    );
    isDrawing = false;
    line.value = reply.problem ?? "";
    if (reply.problem === undefined && asked === period.value) {
      const type = "image/png";
      forget();
      const url = URL.createObjectURL(new Blob(reply.buffers as BlobPart[], { type }));
      charts.value = { ...reply.answer, url };
      isOld.value = false;
    }
    draw();
  }

  function forget(): void {
    if (charts.value) URL.revokeObjectURL(charts.value.url);
  }

  function drawOnceSettled(): void {
    clearTimeout(settled);
    settled = setTimeout(draw, SETTLED_MS);
  }

  return {
    ...{ period, charts, isOld, line },
    choose(chosen: string): void {
      period.value = chosen;
      write(KEY, chosen);
      isWanted = true;
      isOld.value = true;
      draw();
    },
    /** Take the width of the page, in pixels; 0 while it is hidden. */
    fit(now: number): void {
      width = now;
      if (askedWidth === 0) draw();
      else drawOnceSettled();
    },
    /** Draw again what has changed in the log. */
    renew(): void {
      isWanted = true;
      drawOnceSettled();
    },
    end(): void {
      clearTimeout(settled);
      forget();
    },
  };
}
