// Who the server says is signed in, asked at the door, before any store is open.
import { ask, Halt, json } from '../../engine/asking.ts';
import type { Answered, Asked } from '../../engine/ports.ts';
import { readSession } from '../../engine/session.ts';
import type { Session } from '../../engine/wire.ts';
import { FIELD } from '../../engine/wire.ts';
import { haltWords } from '../halting.ts';
import { asking } from '../ports.ts';

export type Met =
  | { readonly kind: 'session'; readonly session: Session }
  | { readonly kind: 'signed_out' }
  | { readonly kind: 'refused'; readonly text: string } // signed in, but not for work on site
  | Away;

/** Nobody who is the server answered, or it does not serve now: why, and how long it wants to be left alone. */
export interface Away {
  readonly kind: 'away';
  readonly text: string;
  readonly rest: number | null;
}

type Asks = (asked: Asked, over: AbortSignal) => Promise<Answered>;
const NEVER = new AbortController().signal;
const server = { fetch: (asked: Asked) => asking(asked, NEVER) };
const UNREACHED = '现在没有连上系统。';
const PORTAL = '现在连的网络没有通到系统，可能要先登录这个无线网络。';

export async function meet(over: AbortSignal = NEVER, asks: Asks = asking): Promise<Met> {
  let unreached = UNREACHED;
  const fetch = async (asked: Asked): Promise<Answered> => {
    const answered = await asks(asked, over);
    unreached = PORTAL; // somebody answers; where that is no envelope, it is somebody else
    return answered;
  };
  try {
    const told = await ask({ fetch }, { method: 'GET', path: '/field/session', body: null }, '', {}, [403]);
    if (told.status === 403) return { kind: 'refused', text: String(told.body['error']?.text ?? '') };
    return { kind: 'session', session: readSession(told.body) };
  } catch (error) {
    return absent(error instanceof Halt ? error : new Halt('waiting'), unreached);
  }
}

function absent(halt: Halt, unreached: string): Met {
  return halt.state === 'signed_out' ? { kind: 'signed_out' } : { kind: 'away', text: haltWords(halt, unreached), rest: halt.rest };
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
  if (met.kind === 'away') return `${met.text}现在不能换人登录。`;
  const csrf = met.kind === 'session' ? met.session.csrf : '';
  if (csrf) await fetch(SIGN_OUT, { method: 'POST', headers: { 'X-CSRFToken': csrf }, redirect: 'manual' }).catch(() => null);
  location.assign(met.kind === 'refused' ? '/office/' : SIGN_IN);
  return '';
}
