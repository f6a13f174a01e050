// What this screen asks of the kernel, and what the answers look like.

import type { Answers } from "../shared/bridge.ts";
import { isNumber, isText, recordOf } from "../shared/storage.ts";

export interface RecordsOps {
  look: { question: object; answer: { said: string } };
  restore: { question: object; answer: { said: string } };
  export: { question: { kind: "csv" | "json" }; answer: { file: string } };
  import: {
    question: { name: string; content: string; is_dry_run: boolean };
    answer: { said: string; added: number };
  };
  remind: { question: { times: Record<string, string[]> }; answer: { file: string } };
}

export const RECORDS_ANSWERS: Answers<RecordsOps> = {
  look: recordOf({ said: isText }),
  restore: recordOf({ said: isText }),
  export: recordOf({ file: isText }),
  import: recordOf({ said: isText, added: isNumber }),
  remind: recordOf({ file: isText }),
};
