// Reads what `GET /field/session` says; anything else than a whole one is no answer.
import { Halt } from './asking.ts';
import { session } from './told.ts';
import type { Session } from './wire.ts';

export function readSession(body: unknown): Session {
  if (!session(body)) throw new Halt('waiting');
  return body;
}
