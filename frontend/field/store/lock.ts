// The lock of one person's store (§10): content lies under a random key; that key is wrapped by one that needs the
// PIN and the secret the server gave at enrolment. Wiping is forgetting the wrapped key.

export interface LockRow {
  readonly salt: Uint8Array;
  readonly rounds: number;
  readonly secret: CryptoKey; // HMAC, not extractable: a script cannot read it out, nor a copy of our rows
  readonly iv: Uint8Array;
  readonly wrapped: Uint8Array;
  readonly wrong: number; // PINs tried in vain since the last right one
  readonly until: number; // ms, wall clock: no try before
}

export const ROUNDS = 600_000;
const FREE_TRIES = 4;
const FIRST_WAIT = 30_000;
const LONGEST_WAIT = 3_600_000;
const AES = 'AES-GCM';
const HMAC = { name: 'HMAC', hash: 'SHA-256' };
const encoder = new TextEncoder();

export class WrongPin extends Error {
  constructor(readonly until: number) {
    super(until ? '口令不对，请稍后再试' : '口令不对');
  }
}

/** A new lock and the key it keeps. */
export async function newLock(pin: string, secret: string, rounds = ROUNDS): Promise<readonly [LockRow, CryptoKey]> {
  const salt = crypto.getRandomValues(new Uint8Array(16));
  const device = await crypto.subtle.importKey('raw', encoder.encode(secret), HMAC, false, ['sign']);
  const key = await crypto.subtle.generateKey({ name: AES, length: 256 }, true, ['encrypt', 'decrypt']);
  const iv = crypto.getRandomValues(new Uint8Array(12));
  const wrapping = await wrappingKey(pin, device, salt, rounds);
  const wrapped = new Uint8Array(await crypto.subtle.wrapKey('raw', key, wrapping, { name: AES, iv }));
  const row = { salt, rounds, secret: device, iv, wrapped, wrong: 0, until: 0 };
  return [row, await unwrapped(row, wrapping)];
}

/** The row to write down before a PIN is tried: a kill in between must not give a try for nothing. */
export function trying(row: LockRow, now: number): LockRow {
  if (now < row.until) throw new WrongPin(row.until);
  const wrong = row.wrong + 1;
  const wait = wrong <= FREE_TRIES ? 0 : Math.min(LONGEST_WAIT, FIRST_WAIT * 2 ** (wrong - FREE_TRIES - 1));
  return { ...row, wrong, until: wait ? now + wait : 0 };
}

/** The key; WrongPin where the PIN does not open it. */
export async function opened(row: LockRow, pin: string): Promise<CryptoKey> {
  const wrapping = await wrappingKey(pin, row.secret, row.salt, row.rounds);
  return unwrapped(row, wrapping).catch(() => { throw new WrongPin(row.until); });
}

/** The same key under another PIN. */
export async function relocked(row: LockRow, old: string, pin: string): Promise<LockRow> {
  const before = await wrappingKey(old, row.secret, row.salt, row.rounds);
  const key = await unwrapped(row, before, true).catch(() => { throw new WrongPin(row.until); });
  const salt = crypto.getRandomValues(new Uint8Array(16));
  const iv = crypto.getRandomValues(new Uint8Array(12));
  const wrapping = await wrappingKey(pin, row.secret, salt, row.rounds);
  const wrapped = new Uint8Array(await crypto.subtle.wrapKey('raw', key, wrapping, { name: AES, iv }));
  return { ...row, salt, iv, wrapped, wrong: 0, until: 0 };
}

function unwrapped(row: LockRow, wrapping: CryptoKey, extractable = false): Promise<CryptoKey> {
  const bytes = row.wrapped as Uint8Array<ArrayBuffer>;
  const iv = row.iv as Uint8Array<ArrayBuffer>;
  return crypto.subtle.unwrapKey('raw', bytes, wrapping, { name: AES, iv }, AES, extractable, ['encrypt', 'decrypt']);
}

/** PBKDF2 of the PIN, then a HMAC by the device's secret: neither alone is enough. */
async function wrappingKey(pin: string, secret: CryptoKey, salt: Uint8Array, rounds: number): Promise<CryptoKey> {
  const typed = await crypto.subtle.importKey('raw', encoder.encode(pin.normalize('NFKC')), 'PBKDF2', false, ['deriveBits']);
  const slow = { name: 'PBKDF2', hash: 'SHA-256', salt: salt as Uint8Array<ArrayBuffer>, iterations: rounds };
  const bits = await crypto.subtle.deriveBits(slow, typed, 256);
  const mixed = await crypto.subtle.sign(HMAC.name, secret, bits);
  return crypto.subtle.importKey('raw', mixed, AES, false, ['wrapKey', 'unwrapKey']);
}
