// What comes out to the device (§4): a visit whole, later only what changed since; a book only once.
import type { Json } from '../digests/canonical.ts';
import type { SheetRecord } from '../digests/sheet.ts';
import { ask, Halt, json, UNCHANGED } from './asking.ts';
import type { Ports, Write } from './ports.ts';
import type { Shelf } from './shelf.ts';
import { known, packet } from './told.ts';
import { FIELD } from './wire.ts';

type Told = Omit<PacketAnswer, 'by' | 'done_at'> & Partial<Pick<PacketAnswer, 'by' | 'done_at'>>;

export interface Person {
  readonly account: number;
  readonly name: string;
  readonly side: 'team' | 'unit';
  readonly leads?: boolean;
  readonly elements?: readonly string[];
}

export interface PacketAnswer {
  readonly verdict: SheetRecord['answer']['verdict'] | ''; // empty: pictures alone
  readonly deductions?: SheetRecord['answer']['deductions'];
  readonly words?: string;
  readonly reason?: string;
  readonly version: number;
  readonly by: string;
  readonly done_at: string;
  readonly pictures: readonly { readonly digest: string; readonly words: string }[];
}

/** What a review found on a line, and what was done about it since: a rectification check looks at it again. */
export interface Earlier {
  readonly text: string;
  readonly by: string;
  readonly found_at: string;
  readonly measure: string;
  readonly due: string; // day; empty: none
  readonly done: string;
  readonly reported_on: string; // day
  readonly evidence: number;
}

export type Findings = { readonly [line: string]: readonly Earlier[] };

/** As it lies in the store: the book apart, under its digest. */
export interface Packet {
  readonly visit: string;
  readonly number: number;
  readonly etag: string;
  readonly taken: string;
  readonly until: string;
  readonly head: { readonly [key: string]: Json };
  readonly people: readonly Person[];
  readonly book: string;
  readonly answers: { readonly [line: string]: PacketAnswer };
  readonly performance: readonly string[];
  readonly acts: readonly string[];
  readonly findings?: Findings; // of a rectification check or a follow-up visit
  readonly covers: number; // acts of ours up to this receipt were stored before it was asked for: they are in it
}

export type Fetched =
  | { readonly kind: 'packet'; readonly packet: Packet }
  | { readonly kind: 'unchanged' }
  | { readonly kind: 'gone'; readonly text: string } // the visit is no longer theirs; what is held is delivered all the same
  | { readonly kind: 'old'; readonly text: string }; // this page is too old to fetch; it can still deliver

const OPEN = [UNCHANGED, 403, 404, 426];
const MOST = 2000; // ids in one question

/** Asks for a visit and keeps it. What the device had plus what it is told is what a fresh packet says. */
export async function fetchPacket(ports: Ports, shelf: Shelf, csrf: string, visit: string): Promise<Fetched> {
  const had = (await shelf.get('packet', visit)) as Packet | undefined;
  const covers = highest(shelf, visit);
  const settled = await judged(ports, shelf, csrf, visit);
  const told = await ask(ports, { method: 'GET', path: pathOf(visit, had), body: null }, csrf, had ? { 'If-None-Match': had.etag } : {}, OPEN);
  if (told.status >= 400) return { kind: told.status === 426 ? 'old' : 'gone', text: String(told.body['error']?.text ?? '') };
  const found = told.status === UNCHANGED ? { ...had!, covers } : { ...merged(had, told.body, visit), covers };
  const fetched = { ...shelf.meta.fetched, [visit]: ports.now() };
  await shelf.write([{ kind: 'packet', key: visit, value: found }, { kind: 'meta', key: 'fetched', value: fetched }, ...book(told.body['book']), ...settled]);
  return told.status === UNCHANGED ? { kind: 'unchanged' } : { kind: 'packet', packet: found };
}

/** What colleagues handed over and the server has judged by now, whatever became of it: away with it, for the packet
 * asked for next has what stands. Left over it, it would hide what came later for ever, and no closing would match. */
async function judged(ports: Ports, shelf: Shelf, csrf: string, visit: string): Promise<Write[]> {
  const rows = (await shelf.all('handed')).filter(([key]) => key.startsWith(`${visit}/`)).map(([key, row]) => ({ key, acts: (row as { acts: readonly string[] }).acts }));
  const ids = [...new Set(rows.flatMap((row) => row.acts))].slice(0, MOST);
  const missing = ids.length ? await unknown(ports, csrf, ids) : new Set<string>();
  const settled = rows.filter((row) => row.acts.every((id) => ids.includes(id) && !missing.has(id)));
  return settled.map(({ key }): Write => ({ kind: 'handed', key, value: undefined }));
}

/** Those of colleagues' acts that nobody has delivered and somebody still waits for. */
export async function unknown(ports: Ports, csrf: string, ids: readonly string[]): Promise<Set<string>> {
  const told = await ask(ports, { method: 'POST', path: '/field/known', body: json({ dabiao: FIELD, ids: [], pictures: [], after: ids }) }, csrf);
  if (!known(told.body)) throw new Halt('waiting');
  return new Set(told.body.after ?? ids); // a server that does not say so yet
}

function pathOf(visit: string, had: Packet | undefined): string {
  const query = had ? `?since=${had.number}&taken=${encodeURIComponent(had.taken)}&book=${encodeURIComponent(had.book)}` : '';
  return `/field/visits/${encodeURIComponent(visit)}/packet${query}`;
}

function highest(shelf: Shelf, visit: string): number {
  const mine = [...shelf.acts.values()].filter((held) => held.act.visit === visit);
  return Math.max(0, ...mine.map((held) => held.receipt));
}

/** Answers of the lines told replace ours; null takes one away; other parts come whole or not at all. */
export function merged(had: Packet | undefined, told: unknown, visit: string): Omit<Packet, 'covers'> {
  if (!packet(told) || told.visit !== visit) throw new Halt('waiting');
  if (!had && !told.whole) throw new Halt('waiting');
  const { number, taken, until, head, people, performance, acts } = told;
  const before = told.whole ? {} : had!.answers;
  const all = Object.entries({ ...before, ...told.answers }).flatMap(([line, answer]) => (answer ? [[line, whole(answer)] as const] : []));
  const book = told.book?.digest ?? had?.book ?? '';
  const findings = told.findings ? { findings: told.findings } : {};
  return { visit, number, taken, until, head, people, performance, acts, ...findings, book, etag: `"${number}"`, answers: Object.fromEntries(all) };
}

/** Lines with pictures alone have nobody who answered. */
function whole(answer: Told): PacketAnswer {
  return { ...answer, by: answer.by ?? '', done_at: answer.done_at ?? '' };
}

/** A book once held stays: the packet then names it by its digest alone. */
function book(told: { readonly digest?: string; readonly lines?: unknown; readonly edition?: unknown } | undefined): Write[] {
  const whole = told?.digest && Object.keys(told).length > 1;
  return whole ? [{ kind: 'book', key: told.digest!, value: told }] : [];
}
