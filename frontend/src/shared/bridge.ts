// Questions from the page to the kernel, each answered once; the one place that knows whether the
// kernel is there.

import { signal, type ReadonlySignal } from "@preact/signals";

import { saidHere } from "./host.ts";
import { isRecord, isText, type Check } from "./storage.ts";

/** With no answer for so long, the person is told that the notebook does not answer. */
export const PATIENCE_MS = 3000;
const HELLO_MS = 500;
/** How often a kernel that seems gone is asked whether it is there after all. */
const KNOCK_MS = 5000;

const STOPPED =
  "The notebook's kernel has stopped or was restarted. What is in the log is kept; run the cell again.";
const GARBLED =
  "The notebook sent something that this page does not understand. What is in the log is kept; run the cell again.";
const BUSY =
  "The notebook is not answering. This will be done as soon as it answers; after a restart, run the cell again.";

/** A widget's model as anywidget hands it to a screen, as far as we use it. */
export interface Model {
  get(trait: string): unknown;
  send(content: unknown): void;
  on(event: "msg:custom", hear: (content: unknown, buffers: DataView[]) => void): void;
  off(event: "msg:custom", hear: (content: unknown, buffers: DataView[]) => void): void;
  widget_manager?: { kernel?: Kernel };
}

interface Kernel {
  statusChanged?: {
    connect(hear: (kernel: unknown, status: string) => void): void;
    disconnect(hear: (kernel: unknown, status: string) => void): void;
  };
}

/** A moment as the log keeps one: instant, offset and zone of this browser. */
export interface Moment {
  started_at: string;
  utc_offset_min: number;
  tz: string;
}

export function momentOf(wallMs: number): Moment {
  const when = new Date(wallMs);
  return {
    started_at: when.toISOString(),
    utc_offset_min: -when.getTimezoneOffset(),
    tz: Intl.DateTimeFormat().resolvedOptions().timeZone ?? "",
  };
}

/** What a screen can ask: by the name of each operation, what it sends and what it gets. */
export type Operations<Ops> = { [op in keyof Ops]: { question: object; answer: object } };

/** What the answer to each operation looks like; another one is a problem. */
export type Answers<Ops> = Readonly<Record<keyof Ops, Check>>;

export type Reply<Answer> =
  | { answer: Answer; buffers: DataView[]; problem?: undefined }
  /** `isFinal`: asked again it would be refused again. */
  | { problem: string; isFinal: boolean };

export interface Bridge<Ops extends Operations<Ops>> {
  /** Ask the kernel; `onSlow` is told in a sentence when it takes long. */
  ask<Op extends keyof Ops & string>(
    op: Op,
    question: Ops[Op]["question"],
    onSlow?: (sentence: string) => void,
  ): Promise<Reply<Ops[Op]["answer"]>>;
  /** Whether the kernel that knows this widget has stopped or was restarted. */
  isGone: ReadonlySignal<boolean>;
  end(): void;
}

interface OpenQuestion {
  isAnswer: Check;
  settle(reply: Reply<object>): void;
  slow: ReturnType<typeof setTimeout> | undefined;
}

/** Return an id that nothing else has; `crypto.randomUUID` is only there on a secure connection. */
export function newId(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}

/** Open the bridge of a screen to its widget in the kernel. */
export function openBridge<Ops extends Operations<Ops>>(
  model: Model,
  answers: Answers<Ops>,
): Bridge<Ops> {
  const open = new Map<string, OpenQuestion>();
  const isGone = signal(false);
  let greetings = 0;

  function settle(id: string, reply: Reply<object>) {
    const question = open.get(id);
    clearTimeout(question?.slow);
    open.delete(id);
    question?.settle(
      reply.problem === undefined ? reply : { ...reply, problem: saidHere(reply.problem) },
    );
  }

  function send(message: object) {
    try {
      model.send(message);
    } catch {
      lose();
    }
  }

  /** Answer what is open: the kernel is gone, and the questions with it. */
  function lose() {
    isGone.value = true;
    for (const id of [...open.keys()]) settle(id, { problem: STOPPED, isFinal: false });
  }

  const hello = () => send({ id: newId(), op: "hello", now: momentOf(Date.now()) });

  function hear(content: unknown, buffers: DataView[]) {
    if (!isRecord(content) || !isText(content.id)) return;
    isGone.value = false;
    greetings += 1;
    const { id, problem, is_final: isFinal, ...answer } = content;
    if (isText(problem)) settle(content.id, { problem, isFinal: isFinal === true });
    else if (open.get(content.id)?.isAnswer(answer)) settle(content.id, { answer, buffers });
    else settle(content.id, { problem: GARBLED, isFinal: false });
  }

  // A kernel that starts while this widget is here is another one, which does not know it. Should
  // it be the old one all the same, it answers.
  function onStatus(_: unknown, status: string) {
    if (!/starting|dead/.test(status)) return;
    lose();
    hello();
  }

  const statusChanged = model.widget_manager?.kernel?.statusChanged;
  statusChanged?.connect(onStatus);
  model.on("msg:custom", hear);
  // Until one message was answered on an idle kernel, every message waits for a busy one. The
  // first may still leave by the slow way, before the quick one is set up.
  const greeting = setInterval(() => {
    if (greetings >= 2) clearInterval(greeting);
    else hello();
  }, HELLO_MS);
  const knocking = setInterval(() => isGone.value && hello(), KNOCK_MS);

  return {
    isGone,
    ask(op, question, onSlow) {
      return new Promise((resolve) => {
        const id = newId();
        open.set(id, {
          isAnswer: answers[op],
          settle: resolve as OpenQuestion["settle"],
          slow: onSlow && setTimeout(onSlow, PATIENCE_MS, saidHere(BUSY)),
        });
        if (isGone.value) lose();
        else send({ ...question, id, op, now: momentOf(Date.now()) });
      });
    },
    end() {
      clearInterval(greeting);
      clearInterval(knocking);
      statusChanged?.disconnect(onStatus);
      model.off("msg:custom", hear);
    },
  };
}
