// What signatures stand on (§7): parts, leaves, nodes, root, statement; the server's `sheets.rules.digests`.
import type { Rulebook } from '../scoring/rulebook.ts';
import type { Answer } from '../scoring/values.ts';
import { canonical } from './canonical.ts';
import type { Json } from './canonical.ts';
import { digest } from './sha256.ts';

export interface PictureRecord {
  readonly digest: string;
  readonly words: string;
}

/** One answer as it is signed: what was found, its pictures in the order attached, who, when done. */
export interface SheetRecord {
  readonly answer: Answer;
  readonly by: string;
  readonly done_at: string;
  readonly pictures: readonly PictureRecord[];
}

export interface Part {
  readonly kind: string;
  readonly key: string;
  readonly digest: string;
}

export type SheetLine = readonly [string, Json];

const PART = 'dabiao/sheet/part\0';
const LEAF = 'dabiao/sheet/leaf\0';
const NODE = 'dabiao/sheet/node\0';
const SIGNED = 'dabiao/sheet/signed\0';
const encoder = new TextEncoder();

/** The part of every outermost element as printed, the free conditions last. */
export function parts(book: Rulebook, records: ReadonlyMap<string, SheetRecord>): Part[] {
  return [...book.extents.keys()].map((key) => elementPart(key, linesOf(book, key, records)));
}

export function elementPart(key: string, lines: readonly SheetLine[]): Part {
  return { kind: 'element', key, digest: tagged(PART, ['element', key, lines]) };
}

export function leaf(part: Part): string {
  return tagged(LEAF, [part.kind, part.key, part.digest]);
}

/** RangeError where nothing is covered. */
export function root(covered: readonly Part[]): string {
  let hashes = covered.map(leaf);
  if (!hashes.length) throw new RangeError('没有可以签字的内容');
  while (hashes.length > 1) hashes = above(hashes);
  return hashes[0]!;
}

/** The exact bytes that people sign: the root and the list of what it covers. */
export function statement(covered: readonly Part[]): Uint8Array {
  const list = covered.map(({ kind, key, digest: of }) => ({ kind, key, digest: of }));
  return join(SIGNED, canonical({ root: root(covered), covered: list }));
}

/** Keys of the parts that are not the same on both sides. */
export function differing(ours: readonly Part[], theirs: readonly Part[]): string[] {
  const mine = new Map(ours.map((each) => [each.key, each.digest]));
  const yours = new Map(theirs.map((each) => [each.key, each.digest]));
  return [...new Set([...mine.keys(), ...yours.keys()])].filter((key) => mine.get(key) !== yours.get(key));
}

/** An answer with all its names, also where they say nothing: the one form that is hashed. */
export function wholeAnswer(answer: Answer): { readonly [key: string]: Json } {
  const deductions = (answer.deductions ?? []).map((each) => ({
    rule: each.rule, count: each.count ?? 1, points: each.points ?? 0, words: each.words ?? '',
  }));
  return { verdict: answer.verdict, deductions, words: answer.words ?? '', reason: answer.reason ?? '' };
}

/** Digest of one answer, compared with what the server says it stored. */
export function answerDigest(answer: Answer): string {
  return digest(canonical(wholeAnswer(answer)));
}

function linesOf(book: Rulebook, key: string, records: ReadonlyMap<string, SheetRecord>): SheetLine[] {
  const mine = book.lines.filter((line) => line.outermost === key);
  return mine.map((line) => {
    const record = records.get(line.key);
    return [line.key, record ? plain(record) : line.preset ? { preset: line.preset } : null] as const;
  });
}

function plain(record: SheetRecord): Json {
  const pictures = record.pictures.map((each) => ({ digest: each.digest, words: each.words }));
  return { answer: wholeAnswer(record.answer), by: record.by, done_at: record.done_at, pictures };
}

/** The next level up: pairs from the left, an odd one moves up unpaired, never doubled. */
function above(hashes: readonly string[]): string[] {
  const found: string[] = [];
  for (let at = 0; at < hashes.length; at += 2) {
    const right = hashes[at + 1];
    found.push(right === undefined ? hashes[at]! : tagged(NODE, [hashes[at]!, right]));
  }
  return found;
}

function tagged(tag: string, content: Json): string {
  return digest(join(tag, canonical(content)));
}

function join(tag: string, content: Uint8Array): Uint8Array {
  const head = encoder.encode(tag);
  const whole = new Uint8Array(head.length + content.length);
  whole.set(head);
  whole.set(content, head.length);
  return whole;
}
