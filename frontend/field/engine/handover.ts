// A colleague's elements, device to device (§10): merged element by element; what both have written on is shown.
import { canonical } from '../digests/canonical.ts';
import type { Json } from '../digests/canonical.ts';
import { digest, hex } from '../digests/sha256.ts';
import { parts } from '../digests/sheet.ts';
import type { SheetRecord } from '../digests/sheet.ts';
import type { Rulebook } from '../scoring/rulebook.ts';
import { fromBase64, toBase64 } from './base64.ts';
import type { Packet } from './packets.ts';
import type { Write } from './ports.ts';
import type { Shelf } from './shelf.ts';

export interface HandedElement {
  readonly key: string;
  readonly digest: string; // of its part, by §7
  readonly records: Readonly<Record<string, SheetRecord>>; // by line; unanswered ones are left out
}

/** Acts that are on somebody's device and nowhere else, as far as was known when they were handed over. */
export interface Origin {
  readonly device: string;
  readonly by: string;
  readonly acts: readonly string[];
}

export interface Handover {
  readonly dabiao: 'dabiao-handover/1';
  readonly visit: string;
  readonly number: number; // of the packet it was made on
  readonly book: string; // digest: both must score by the same
  readonly by: string;
  readonly acts: readonly string[]; // ids of the colleague's acts on them that have not been delivered yet
  readonly origins?: readonly Origin[]; // the same by the device that has to deliver them
  readonly elements: readonly HandedElement[];
  readonly pictures: Readonly<Record<string, string>>; // SHA-256 -> base64
  readonly device: string; // it was made on
  readonly order: number; // of that device's last act then: of two files the later one
  readonly digest: string; // of all of this but the bytes of the pictures, which have their names
}

/** An element as it was merged, kept under `visit/element`. */
export interface HandedRow extends HandedElement {
  readonly by: string;
  readonly acts: readonly string[];
  readonly origins?: readonly Origin[];
  readonly device: string;
  readonly order: number;
  readonly base: Readonly<Record<string, number>>; // version of each line in our packet then
}

export type Merge =
  | { readonly element: string; readonly outcome: 'merged' | 'same' }
  | { readonly element: string; readonly outcome: 'both' } // two people wrote on it: shown, not merged
  | { readonly element: string; readonly outcome: 'older' } // than what the same device handed over before
  | { readonly element: string; readonly outcome: 'damaged' };

export interface Ours {
  readonly visit: string;
  readonly number: number;
  readonly digest: string; // of the book
  readonly book: Rulebook;
  readonly records: ReadonlyMap<string, SheetRecord>;
  readonly written: ReadonlySet<string>; // elements we have acts of our own on
  readonly versions: ReadonlyMap<string, number>; // of the lines in our packet
}

export async function handover(shelf: Shelf, ours: Ours, by: string, elements: readonly string[]): Promise<Handover> {
  const digests = new Map(parts(ours.book, ours.records).map((part) => [part.key, part.digest]));
  const handed = elements.map((key) => ({ key, digest: digests.get(key) ?? '', records: Object.fromEntries(within(ours.book, key, ours.records)) }));
  const pictures: Record<string, string> = {};
  for (const sha of shas(handed)) {
    const bytes = await shelf.bytes(sha);
    if (bytes) pictures[sha] = toBase64(bytes); // those delivered and forgotten are on the server
  }
  const before = await rowsOf(shelf, ours.visit, elements);
  const { device, order } = shelf.meta;
  const own = { device, by, acts: undelivered(shelf, ours, new Set(elements)) };
  const acts = [...new Set([...own.acts, ...before.flatMap((each) => each.acts)])];
  const origins = together([...(own.acts.length ? [own] : []), ...before.flatMap(originsOf)]);
  const file = { dabiao: 'dabiao-handover/1', visit: ours.visit, number: ours.number, book: ours.digest, by, acts, origins, elements: handed, device, order } as const;
  return { ...file, digest: seal(file), pictures };
}

/** Whose device has to deliver the acts of a row; an old file does not say it of colleagues' colleagues. */
export function originsOf({ origins, device, by, acts }: Pick<Handover, 'origins' | 'device' | 'by' | 'acts'>): readonly Origin[] {
  return origins ?? (acts.length ? [{ device, by, acts }] : []);
}

/** One a device. */
export function together(origins: readonly Origin[]): Origin[] {
  const found = new Map<string, Origin>();
  for (const each of origins) found.set(each.device, { ...each, acts: [...new Set([...(found.get(each.device)?.acts ?? []), ...each.acts])] });
  return [...found.values()];
}

/** Of everything told; pictures have their names. */
function seal({ pictures: _, digest: __, ...told }: Partial<Handover>): string {
  return digest(canonical(told as unknown as Json));
}

async function rowsOf(shelf: Shelf, visit: string, elements: readonly string[]): Promise<HandedRow[]> {
  const rows = await Promise.all(elements.map((key) => shelf.get('handed', `${visit}/${key}`)));
  return rows.filter((row) => row !== undefined) as HandedRow[];
}

/** What of the merged still stands: a line of which the server has something later stands as the server has it. */
export function standing(rows: readonly HandedRow[], packet: Packet): Map<string, SheetRecord & { readonly from: string }> {
  const found = new Map<string, SheetRecord & { readonly from: string }>();
  for (const { records, base, by } of rows) {
    for (const [line, record] of Object.entries(records)) {
      const told = packet.answers[line];
      const later = told && (told.version > (base[line] ?? 0) || (told.done_at ?? '') > record.done_at);
      if (!later) found.set(line, { ...record, from: by });
    }
  }
  return found;
}

function undelivered(shelf: Shelf, ours: Ours, elements: ReadonlySet<string>): string[] {
  const mine = shelf.queue().filter((held) => held.act.visit === ours.visit);
  return mine.filter((held) => elements.has(ours.book.byKey.get(String(held.act.input['line']))?.outermost ?? '?')).map((held) => held.act.id);
}

/** Keeps what can be merged, in one transaction. RangeError where the file is of another visit or rulebook. */
export async function merge(shelf: Shelf, ours: Ours, file: Handover): Promise<Merge[]> {
  if (file.dabiao !== 'dabiao-handover/1' || file.visit !== ours.visit) throw new RangeError('不是这次现场的移交文件');
  if (file.book !== ours.digest) throw new RangeError('两台设备上的评定标准不同，请先各自联网更新');
  if (!sound(file)) return file.elements.map((each) => ({ element: String(each?.key ?? ''), outcome: 'damaged' }));
  const mine = new Map(parts(ours.book, ours.records).map((part) => [part.key, part.digest]));
  const before = new Map((await rowsOf(shelf, ours.visit, file.elements.map((each) => each.key))).map((row) => [row.key, row]));
  const judged = file.elements.map((each) => ({ each, outcome: judge(ours, mine, each, file, before.get(each.key)) }));
  const taken = judged.filter(({ outcome }) => outcome === 'merged').map(({ each }) => each);
  await shelf.write(taken.flatMap((each) => rows(ours, each, file, before.get(each.key))));
  return judged.map(({ each, outcome }) => ({ element: each.key, outcome }));
}

/** As it was made; whatever else it may be, it is nothing to look into. */
function sound(file: Handover): boolean {
  try {
    return file.digest === seal(file) && Object.entries(file.pictures).every(([sha, text]) => hex(fromBase64(text)) === sha);
  } catch {
    return false;
  }
}

function judge(ours: Ours, mine: ReadonlyMap<string, string>, handed: HandedElement, file: Handover, before: HandedRow | undefined): Merge['outcome'] {
  if (!whole(ours.book, handed)) return 'damaged';
  if (before && before.device === file.device && before.order > file.order) return 'older';
  if (mine.get(handed.key) === handed.digest) return 'same';
  if (ours.written.has(handed.key)) return 'both';
  return !before || before.device === file.device || contains(ours, before, handed) ? 'merged' : 'both';
}

/** Is all that somebody else handed over before, and that still stands, in this one too? */
function contains(ours: Ours, before: HandedRow, handed: HandedElement): boolean {
  const later = (line: string) => (ours.versions.get(line) ?? 0) > (before.base[line] ?? 0);
  return Object.entries(before.records).every(([line, record]) => later(line) || same(handed.records[line], record));
}

function same(one: SheetRecord | undefined, other: SheetRecord): boolean {
  return JSON.stringify(one) === JSON.stringify(other);
}

/** Does the digest told follow from the records handed over? */
function whole(book: Rulebook, handed: HandedElement): boolean {
  const part = parts(book, new Map(Object.entries(handed.records))).find((each) => each.key === handed.key);
  return part?.digest === handed.digest;
}

function within(book: Rulebook, element: string, records: ReadonlyMap<string, SheetRecord>): [string, SheetRecord][] {
  return [...records].filter(([line]) => book.byKey.get(line)?.outermost === element);
}

function rows(ours: Ours, handed: HandedElement, file: Handover, before: HandedRow | undefined): Write[] {
  const base = Object.fromEntries(Object.keys(handed.records).map((line) => [line, ours.versions.get(line) ?? 0]));
  const acts = [...new Set([...(before?.acts ?? []), ...file.acts])]; // what was waited for is waited for still
  const origins = together([...(before ? originsOf(before) : []), ...originsOf(file)]);
  const row: HandedRow = { ...handed, by: file.by, acts, origins, device: file.device, order: file.order, base };
  const bytes = [...shas([handed])].filter((sha) => file.pictures[sha] !== undefined);
  return [
    { kind: 'handed', key: `${ours.visit}/${handed.key}`, value: row },
    ...bytes.map((sha): Write => ({ kind: 'bytes', key: sha, value: fromBase64(file.pictures[sha]!) })),
  ];
}

function shas(elements: readonly HandedElement[]): Set<string> {
  return new Set(elements.flatMap((each) => Object.values(each.records).flatMap((record) => record.pictures.map((one) => one.digest))));
}
