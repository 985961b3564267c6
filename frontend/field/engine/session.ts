// Reads what `GET /field/session` says; anything else than a whole one is no answer.
import { Halt } from './asking.ts';
import type { Session } from './wire.ts';

export function readSession(body: { readonly [key: string]: any }): Session {
  const whole =
    Number.isSafeInteger(body['account']) && Number.isSafeInteger(body['watermark']) &&
    ['csrf', 'now', 'epoch'].every((name) => typeof body[name] === 'string') && !Number.isNaN(Date.parse(body['now']));
  if (!whole) throw new Halt('waiting');
  return { name: '', visits: [], wipe: false, ...body } as unknown as Session;
}
