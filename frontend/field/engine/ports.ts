// What the engine is given. Everything that is not computing comes in here, so that it can be played in tests.

export type Kind = 'meta' | 'act' | 'picture' | 'bytes' | 'packet' | 'book' | 'handed';

export interface Write {
  readonly kind: Kind;
  readonly key: string;
  readonly value: unknown; // undefined: away with it. JSON values; Uint8Array for "bytes"
}

/** One person's store. A write is all or nothing, and durable when its promise is kept. */
export interface Store {
  all(kind: Exclude<Kind, 'bytes'>): Promise<readonly (readonly [string, unknown])[]>;
  get(kind: Kind, key: string): Promise<unknown>;
  write(batch: readonly Write[]): Promise<void>;
  wipe(): Promise<void>;
}

export interface Asked {
  readonly method: 'GET' | 'POST' | 'PUT';
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Uint8Array | null;
}

export interface Answered {
  readonly status: number;
  readonly header: (name: string) => string | null;
  readonly body: Uint8Array;
}

export interface Ports {
  readonly store: Store;
  /** Rejects where there is no whole answer within 30 s. Redirects are answers, not followed. */
  readonly fetch: (asked: Asked) => Promise<Answered>;
  readonly now: () => number; // ms, the device's wall clock
  readonly steady: () => number; // ms since the page was opened, not touched by whoever sets the clock
  readonly random: () => number; // 0 <= x < 1
  readonly uuid: () => string;
  readonly sleep: (ms: number) => Promise<void>;
}

export interface Limits {
  readonly acts: number; // in one request
  readonly bytes: number; // of one request
  readonly piece: number; // bytes of a picture in one request
  readonly known: number; // ids in one question
}

export const LIMITS: Limits = { acts: 500, bytes: 7 << 20, piece: 1 << 20, known: 2000 };
