// Who the server says is signed in, asked at the door, before any store is open.
import { ask, Halt, json } from '../../engine/asking.ts';
import { readSession } from '../../engine/session.ts';
import type { Session } from '../../engine/wire.ts';
import { FIELD } from '../../engine/wire.ts';
import { asking } from '../ports.ts';

export type Met =
  | { readonly kind: 'session'; readonly session: Session }
  | { readonly kind: 'signed_out' }
  | { readonly kind: 'refused'; readonly text: string } // signed in, but not for work on site
  | { readonly kind: 'away' }; // no answer

const NEVER = new AbortController().signal;
const server = { fetch: (asked: Parameters<typeof asking>[0]) => asking(asked, NEVER) };

export async function meet(): Promise<Met> {
  try {
    const told = await ask(server, { method: 'GET', path: '/field/session', body: null }, '', {}, [403]);
    if (told.status === 403) return { kind: 'refused', text: String(told.body['error']?.text ?? '') };
    return { kind: 'session', session: readSession(told.body) };
  } catch (error) {
    return error instanceof Halt && error.state === 'signed_out' ? { kind: 'signed_out' } : { kind: 'away' };
  }
}

/** Enrols a new store; the secret is told this once. */
export async function enrolled(session: Session, device: string, name: string): Promise<string> {
  const body = json({ dabiao: FIELD, device, name });
  const told = await ask(server, { method: 'POST', path: '/field/devices', body }, session.csrf);
  const { secret } = told.body;
  if (typeof secret !== 'string' || !secret) throw new Halt('waiting');
  return secret;
}

export const SIGN_IN = '/office/sign-in/?next=/field/';
const SIGN_OUT = '/office/sign-out/';

/** Ends the session of whoever is signed in, then to the sign-in page, which comes back here. Says what went wrong. */
export async function signInAnew(): Promise<string> {
  const met = await meet();
  if (met.kind === 'away') return '没有连上系统，请在有信号的地方再换人。';
  const csrf = met.kind === 'session' ? met.session.csrf : '';
  if (csrf) await fetch(SIGN_OUT, { method: 'POST', headers: { 'X-CSRFToken': csrf }, redirect: 'manual' }).catch(() => null);
  location.assign(met.kind === 'refused' ? '/office/' : SIGN_IN);
  return '';
}
