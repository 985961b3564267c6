// What a person does becomes an act. Act, pictures and the order counter go into one transaction; only when it
// is durable has the person's tap been answered.
import { answerDigest, wholeAnswer } from '../digests/sheet.ts';
import { hex } from '../digests/sha256.ts';
import type { Ports, Write } from './ports.ts';
import { actRow, pictureRow } from './shelf.ts';
import type { Held, Shelf } from './shelf.ts';
import { stamp } from './times.ts';
import type { Act, Place } from './wire.ts';

export interface Done {
  readonly act: string;
  readonly visit: string;
  readonly input: { readonly [key: string]: unknown };
  readonly based_on?: number | string;
  readonly where?: Place | null;
  readonly pictures?: readonly Uint8Array[]; // the bytes the input names by their SHA-256
  readonly also?: readonly Write[]; // what is another together with it
}

export const FRESH = {
  state: 'queued', receipt: 0, version: 0, text: '', clause: '', theirs: null, differs: [], done_at: '', seen: false,
} as const;

/** Rejects where it could not be kept (storage full): then nothing of it is there, and the person is told. */
export async function record(ports: Ports, shelf: Shelf, opened: string, done: Done): Promise<Held> {
  const act = made(ports, shelf, opened, done);
  const pictures = (done.pictures ?? []).map((bytes) => [hex(bytes), bytes] as const);
  const needs = [...new Set(pictures.map(([sha]) => sha))];
  const held: Held = { ...FRESH, act, device: shelf.meta.device, needs, digest: expected(act) };
  const counter: Write = { kind: 'meta', key: 'order', value: act.order };
  await shelf.write([actRow(held), counter, ...pictures.flatMap(([sha, bytes]) => kept(shelf, sha, bytes)), ...(done.also ?? [])]);
  return held;
}

function made(ports: Ports, shelf: Shelf, opened: string, done: Done): Act {
  return {
    id: ports.uuid(),
    act: done.act,
    visit: done.visit,
    order: shelf.place(),
    ...stamp(shelf.meta.contact, ports.now(), ports.steady(), opened),
    based_on: done.based_on ?? 0,
    where: done.where ?? null,
    input: whole(done.act, clean(done.input) as Act['input']),
  };
}

/** Text as both sides read it alike: no NUL, no carriage return, no half of a surrogate pair. */
function clean(value: unknown): unknown {
  if (typeof value === 'string') return value.replace(/\r\n?/g, '\n').replaceAll('\0', '').replace(/\p{Surrogate}/gu, '\ufffd');
  if (Array.isArray(value)) return value.map(clean);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, each]) => [name, clean(each)]));
}

/** An answer is sent with all its names, also where they say nothing: the one form that is hashed. */
function whole(act: string, input: Act['input']): Act['input'] {
  const { answer } = input as { answer?: Parameters<typeof wholeAnswer>[0] };
  return act.startsWith('sheets.record_answer@') && answer ? { ...input, answer: wholeAnswer(answer) } : input;
}

/** A picture taken twice is one picture. */
function kept(shelf: Shelf, sha: string, bytes: Uint8Array): Write[] {
  if (shelf.pictures.has(sha)) return [];
  const picture = { sha, size: bytes.length, tried: false, complete: false, refused: '' };
  return [{ kind: 'bytes', key: sha, value: bytes }, pictureRow(picture)];
}

/** What the server should say it has stored, where the device can know it. */
function expected(act: Act): string {
  const input = act.input as { answer?: Parameters<typeof answerDigest>[0]; picture?: string; closing?: { root: string } };
  if (act.act.startsWith('sheets.record_answer@') && input.answer) return answerDigest(input.answer);
  if (act.act.startsWith('sheets.attach_picture@') && input.picture) return `sha256:${input.picture}`;
  return input.closing?.root ?? '';
}
