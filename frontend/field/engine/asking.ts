// One question to the server. Only an envelope is an answer; everything else ends the round with what to do.
import { sha256 } from '@noble/hashes/sha2.js';
import { FIELD } from './wire.ts';
import type { Answered, Asked, Ports } from './ports.ts';

export type State = 'idle' | 'delivering' | 'waiting' | 'signed_out' | 'other_account' | 'maintenance';

/** Why a round ended early, and how long to rest; null: until the back-off says. */
export class Halt extends Error {
  constructor(readonly state: State, readonly rest: number | null = null, text = '') {
    super(text || state);
  }
}

export interface Envelope {
  readonly status: number;
  readonly body: { readonly [key: string]: any };
}

const CLIENT = '1 1.0.0'; // protocol, client
export const UNCHANGED = 304;
const LOOK_AGAIN = 60_000; // signed out, or somebody else is: look once a minute, and when told
const encoder = new TextEncoder();

/** Asks; statuses in `open` are given back, others that are no success halt the round. */
export async function ask(ports: Pick<Ports, 'fetch'>, asked: Omit<Asked, 'headers'>, csrf: string, headers: Asked['headers'] = {}, open: readonly number[] = []): Promise<Envelope> {
  const whole = { ...asked, headers: { ...marks(asked.body, csrf), ...headers } };
  const answered = await ports.fetch(whole).catch(() => null);
  const envelope = answered && opened(answered);
  if (!envelope) throw new Halt('waiting');
  if (envelope.status < 300 || open.includes(envelope.status)) return envelope;
  throw halted(envelope, answered!);
}

export function json(value: unknown): Uint8Array {
  return encoder.encode(JSON.stringify(value));
}

function marks(body: Uint8Array | null, csrf: string): Record<string, string> {
  const always = { 'X-Dabiao-Field': CLIENT, ...(csrf ? { 'X-CSRFToken': csrf } : {}) };
  return body ? { ...always, 'Content-Type': 'application/json', 'Content-Digest': contentDigest(body) } : always;
}

/** RFC 9530: what a broken proxy alters on the way is noticed before it is believed, on both sides. */
export function contentDigest(body: Uint8Array): string {
  return `sha-256=:${btoa(String.fromCharCode(...sha256(body)))}:`;
}

/** null where the three marks of the envelope are not all there, or the body is not as it was sent. */
function opened(answered: Answered): Envelope | null {
  if (answered.header('X-Dabiao-Field') !== '1') return null;
  if (answered.status === UNCHANGED) return { status: UNCHANGED, body: {} }; // the marks without a body (§4)
  if (!answered.header('Content-Type')?.startsWith('application/json')) return null;
  const told = answered.header('Content-Digest');
  if (told && told !== contentDigest(answered.body)) return null;
  const body = parsed(answered.body);
  return body?.['dabiao'] === FIELD ? { status: answered.status, body } : null;
}

function parsed(bytes: Uint8Array): Record<string, unknown> | null {
  try {
    const value: unknown = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
    return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : null;
  } catch {
    return null;
  }
}

function halted({ status, body }: Envelope, answered: Answered): Halt {
  const text = String(body['error']?.text ?? '');
  if (status === 401) return new Halt('signed_out', LOOK_AGAIN, text);
  if (status === 409) return new Halt('other_account', LOOK_AGAIN, text);
  if (status === 423) return new Halt('maintenance', told(answered), text);
  return new Halt('waiting', status === 429 ? told(answered) : null, text);
}

/** What `Retry-After` says, in ms; a quarter of an hour at most. */
function told(answered: Answered): number | null {
  const seconds = Number(answered.header('Retry-After') ?? Number.NaN);
  return Number.isFinite(seconds) && seconds >= 0 ? Math.min(Math.max(seconds, 1), 900) * 1000 : null;
}
