// What stands on this device: the packet, what colleagues handed over, and our own acts on top. Pure.
import type { PictureRecord, SheetRecord } from '../digests/sheet.ts';
import type { Answer } from '../scoring/values.ts';
import type { Packet } from './packets.ts';
import type { Held } from './shelf.ts';

export interface LineView {
  readonly answer: Answer | null;
  readonly by: string;
  readonly done_at: string;
  readonly pictures: readonly PictureRecord[];
  readonly version: number | string; // what the next act on this line is based on
  readonly mine: 'no' | 'here' | 'delivered'; // our own act, still only here or on the server
}

export type Handed = ReadonlyMap<string, SheetRecord>; // by line

const EMPTY: LineView = { answer: null, by: '', done_at: '', pictures: [], version: 0, mine: 'no' };

/** By line; `name` is how we sign. Refused and conflicting acts stand nowhere: they are shown by themselves. */
export function view(packet: Packet | null, handed: Handed, acts: Iterable<Held>, name: string): Map<string, LineView> {
  const lines = new Map(Object.entries(packet?.answers ?? {}).map(([line, told]) => [line, fromPacket(told)]));
  for (const [line, record] of handed) lines.set(line, { ...(lines.get(line) ?? EMPTY), ...record });
  const standing = [...acts].filter((held) => stands(held, packet)).sort((one, other) => one.act.order - other.act.order);
  for (const held of standing) {
    const { line } = held.act.input as { line?: string };
    if (line !== undefined) lines.set(line, applied(lines.get(line) ?? EMPTY, held, name));
  }
  return lines;
}

/** What is scored and signed: lines with an answer. */
export function records(lines: ReadonlyMap<string, LineView>): Map<string, SheetRecord> {
  const found = new Map<string, SheetRecord>();
  for (const [line, { answer, by, done_at, pictures }] of lines) if (answer) found.set(line, { answer, by, done_at, pictures });
  return found;
}

function fromPacket(told: Packet['answers'][string]): LineView {
  const { verdict, deductions = [], words = '', reason = '', version, pictures } = told;
  const answer = verdict ? { verdict, deductions, words, reason } : null; // pictures alone: nobody has answered yet
  return { answer, by: told.by ?? '', done_at: told.done_at ?? '', pictures, version, mine: 'no' };
}

function stands(held: Held, packet: Packet | null): boolean {
  if (held.state === 'queued') return true;
  return held.state === 'stored' && held.receipt > (packet?.covers ?? 0); // else the packet has it, or what came after
}

function applied(before: LineView, held: Held, name: string): LineView {
  const after = { ...before, mine: held.state === 'queued' ? 'here' : 'delivered' } as const;
  const input = held.act.input as { answer?: Answer; picture?: string; caption?: string };
  const picture = { digest: input.picture ?? '', words: input.caption ?? '' };
  switch (held.act.act.split('@')[0]) {
    case 'sheets.record_answer': return { ...after, answer: input.answer!, by: name, done_at: held.done_at || held.act.done_at, version: held.version || held.act.id };
    case 'sheets.retract_answer': return { ...after, answer: null, by: '', done_at: '', version: held.state === 'queued' ? held.act.id : held.version };
    case 'sheets.attach_picture': return { ...after, pictures: before.pictures.some((each) => each.digest === picture.digest) ? before.pictures : [...before.pictures, picture] }; // twice is once, there too
    case 'sheets.caption_picture': return { ...after, pictures: before.pictures.map((each) => (each.digest === picture.digest ? picture : each)) };
    case 'sheets.detach_picture': return { ...after, pictures: before.pictures.filter((each) => each.digest !== picture.digest) };
    default: return before;
  }
}
