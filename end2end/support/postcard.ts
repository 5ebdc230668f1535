// The form of what a page and its server tell each other (https://postcard.jamesmunns.com/wire-format), as far as tests
// write or change it.
import type { APIRequestContext, APIResponse, Page, Route } from '@playwright/test';

const CONTENT_TYPE = 'application/x-postcard';

/** The states of a task, in the order of the server's. */
const TASK_STATES = ['waiting', 'running', 'done', 'failed'] as const;

export type TaskState = (typeof TASK_STATES)[number];

/** Error::Forbidden of the server, for reading SMS groups. */
export const FORBIDDEN = [0, 1, 0, 6];

/** The bytes of a text. */
export function text(value: string): number[] {
  const bytes = [...Buffer.from(value)];
  return [...count(bytes.length), ...bytes];
}

/** The bytes of an id. */
export function uuid(value: string): number[] {
  const bytes = [...Buffer.from(value.replaceAll('-', ''), 'hex')];
  return [...count(bytes.length), ...bytes];
}

/** The bytes of a list. */
export function list(entries: number[][]): number[] {
  return [...count(entries.length), ...entries.flat()];
}

/** Calls the server function at `path` with these arguments. */
export function call(request: APIRequestContext, path: string, ...args: number[][]): Promise<APIResponse> {
  return request.post(path, { headers: { 'Content-Type': CONTENT_TYPE }, data: Buffer.from(args.flat()) });
}

/** Answers a request as the server would. */
export function answer(route: Route, body: number[], status = 200): Promise<void> {
  return route.fulfill({ status, contentType: CONTENT_TYPE, body: Buffer.from(body) });
}

/** What a page shows and what it carries for the browser's part, which stands among its scripts as base64. */
export async function shownAndCarried(page: Page): Promise<string> {
  const content = await page.content();
  const carried = content.split('"').filter((piece) => /^[A-Za-z0-9+/]+$/.test(piece));
  return [content, ...carried.map((piece) => Buffer.from(piece, 'base64').toString())].join('\n');
}

/** What the server answers a request with. */
export async function answerTo(route: Route): Promise<Buffer> {
  return (await route.fetch()).body();
}

/** The task that the server tells of, in another state, with a reason, and without a result. */
export function taskIn(answer: Buffer, state: TaskState, failure: string | null): number[] {
  return changedTask(new Reader(answer), state, failure);
}

/** The page of tasks that the server tells of, each changed in the same way. */
export function tasksIn(answer: Buffer, state: TaskState, failure: string | null): number[] {
  const reader = new Reader(answer);
  const rows = Array.from({ length: reader.number() }, () => changedTask(reader, state, failure));
  return [...list(rows), ...reader.rest()];
}

function changedTask(reader: Reader, state: TaskState, failure: string | null): number[] {
  const what = reader.skipped(() => {
    reader.text();
    reader.number();
  });
  reader.number();
  const asked = reader.skipped(() => {
    reader.number();
    reader.option(() => reader.number());
    reader.text();
    reader.moment();
  });
  const took = reader.skipped(() => {
    reader.option(() => reader.moment());
    reader.option(() => reader.moment());
    reader.option(() => reader.number());
  });
  const tries = reader.skipped(() => {
    reader.number();
    reader.option(() => reader.moment());
  });
  reader.option(() => reader.text());
  // A snapshot and its changes, or the five counts of an import.
  reader.option(() => Array.from({ length: reader.number() === 0 ? 2 : 5 }, () => reader.number()));
  const file = reader.skipped(() =>
    reader.option(() => {
      reader.text();
      reader.option(() => reader.text());
    }),
  );
  const why = failure === null ? [0] : [1, ...text(failure)];
  // What waits has neither begun nor ended.
  const times = state === 'waiting' ? [0, 0, 0] : took;
  return [...what, TASK_STATES.indexOf(state), ...asked, ...times, ...tries, ...why, 0, ...file];
}

/** Reads an answer from its beginning. */
class Reader {
  readonly #bytes: Buffer;
  #at = 0;

  constructor(bytes: Buffer) {
    this.#bytes = bytes;
  }

  /** Seven bits in each byte, the lowest first; only the last one has its highest bit unset. */
  number(): number {
    let value = 0;
    for (let factor = 1; ; factor *= 128) {
      const byte = this.#bytes.readUInt8(this.#at);
      this.#at += 1;
      value += (byte % 128) * factor;
      if (byte < 128) {
        return value;
      }
    }
  }

  /** A text or an id, over which it goes. */
  text(): void {
    const length = this.number();
    this.#at += length;
  }

  moment(): void {
    this.number();
    this.number();
  }

  option(some: () => unknown): void {
    if (this.number() !== 0) {
      some();
    }
  }

  /** The bytes that `skip` goes over. */
  skipped(skip: () => void): number[] {
    const from = this.#at;
    skip();
    return [...this.#bytes.subarray(from, this.#at)];
  }

  rest(): number[] {
    return [...this.#bytes.subarray(this.#at)];
  }
}

function count(value: number): number[] {
  return value < 128 ? [value] : [(value % 128) + 128, ...count(Math.floor(value / 128))];
}
