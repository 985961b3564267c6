// Bugs that people really write, each planted without touching the engine: five of deliveries, and those of what goes from device to
// device, of closings, and of several engines on one tablet.
import { canonical } from '../../digests/canonical.ts';
import { digest } from '../../digests/sha256.ts';
import type { Exported } from '../../engine/exported.ts';
import type { Handover } from '../../engine/handover.ts';
import type { Answered, Asked, Kind, Ports, Write } from '../../engine/ports.ts';
import type { Act } from '../../engine/wire.ts';
import type { Chance } from './chance.ts';
import type { Plants } from './device.ts';
import { digestOf } from './files.ts';
import type { Bugs } from './server.ts';
import { envelope } from './envelopes.ts';

export interface Bug {
  readonly name: string;
  readonly server: Bugs;
  readonly device: Plants;
  readonly shows: RegExp; // how it must come to light
}

type Fetch = Ports['fetch'];

export const BUGS: readonly Bug[] = [
  { name: 'the server acknowledges before it commits', server: { early: true }, device: {}, shows: /lost/ },
  { name: 'the device makes a new id for every attempt', server: {}, device: { fetch: renaming }, shows: /doubled/ },
  { name: "a picture is kept outside its record's transaction", server: {}, device: { write: apart }, shows: /stuck|lost|no bytes/ },
  { name: 'the device takes any 200 for success', server: {}, device: { fetch: believing }, shows: /lost/ },
  { name: 'the server looks up, then inserts, without a constraint', server: { lookUp: true }, device: {}, shows: /doubled/ },
  { name: 'the server closes also over what was not signed', server: { merging: true }, device: {}, shows: /merged/ },
  { name: 'a hand-over drops what was handed before', server: {}, device: { get: forgetful }, shows: /lost: .* was handed/ },
  { name: 'a hand-over is taken in without a look at its digest', server: {}, device: { file: trusting }, shows: /altered/ },
  { name: 'a second window ignores the lock', server: {}, device: { lawless: true }, shows: /lost|doubled|stuck|altered/ },
  { name: 'two people on one tablet have one store', server: {}, device: { shared: true }, shows: /leak/ },
  { name: 'an import gives acts new ids', server: {}, device: { imported: anew }, shows: /doubled/ },
];

/** Reads no hand-over taken before. */
function forgetful(kind: Kind, found: unknown): unknown {
  return kind === 'handed' ? undefined : found;
}

/** Makes the digest fit whatever came. */
function trusting(text: string): string {
  try {
    const { digest: _, pictures, ...told } = JSON.parse(text) as Handover;
    const elements = told.elements.map((each) => ({ ...each, digest: digestOf(each) }));
    return JSON.stringify({ ...told, elements, digest: digest(canonical({ ...told, elements } as never)), pictures });
  } catch {
    return text;
  }
}

function anew(text: string): string {
  const file = JSON.parse(text) as Exported;
  const acts = file.acts.map((each) => ({ ...each, act: { ...each.act, id: [...each.act.id].map((sign, at) => (at < 8 ? turned(sign) : sign)).join('') } }));
  const { digest: _, ...rest } = file;
  return JSON.stringify({ ...rest, acts });
}

function turned(sign: string): string {
  return '0123456789abcdef'[15 - Number.parseInt(sign, 16)]!;
}

/** The record first, in a transaction of its own; the bytes when it is through. */
function apart(batch: readonly Write[]): readonly (readonly Write[])[] {
  const bytes = batch.filter((each) => each.kind === 'bytes' || each.kind === 'picture');
  const rest = batch.filter((each) => !bytes.includes(each));
  return bytes.length && rest.length ? [rest, bytes] : [batch];
}

function renaming(inner: Fetch, chance: Chance): Fetch {
  return async (asked) => {
    if (asked.path !== '/field/acts') return inner(asked);
    const body = read(asked.body) as { acts: Act[] };
    const names = new Map(body.acts.map((act) => [act.id, `${act.id.slice(0, 24)}${String(chance.below(2 ** 31)).padStart(12, '0')}`]));
    const acts = body.acts.map((act) => ({ ...act, id: names.get(act.id)!, based_on: names.get(String(act.based_on)) ?? act.based_on }));
    const answered = await inner({ ...asked, headers: without(asked), body: write({ ...body, acts }) });
    return renamed(answered, new Map([...names].map(([old, made]) => [made, old])));
  };
}

function renamed(answered: Answered, names: ReadonlyMap<string, string>): Answered {
  try {
    const body = read(answered.body) as { outcomes: { id: string }[] };
    return envelope(answered.status, { ...body, outcomes: body.outcomes.map((each) => ({ ...each, id: names.get(each.id) ?? each.id })) });
  } catch {
    return answered;
  }
}

function believing(inner: Fetch): Fetch {
  return async (asked) => {
    const answered = await inner(asked);
    if (asked.path !== '/field/acts' || answered.status !== 200 || answered.header('X-Dabiao-Field')) return answered;
    const { acts } = read(asked.body) as { acts: Act[] };
    return envelope(200, { outcomes: acts.map(({ id }) => ({ id, outcome: 'stored', receipt: 1 })), watermark: Number.MAX_SAFE_INTEGER });
  };
}

function without(asked: Asked): Asked['headers'] {
  const { 'Content-Digest': _, ...rest } = asked.headers;
  return rest;
}

function read(bytes: Uint8Array | null): unknown {
  return JSON.parse(new TextDecoder().decode(bytes ?? new Uint8Array()));
}

function write(value: unknown): Uint8Array {
  return new TextEncoder().encode(JSON.stringify(value));
}
