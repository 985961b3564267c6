// The rulebook a sheet is scored by: an edition's book with vetoes and scope, as lines to answer.
import { byCodePoint } from '../digests/canonical.ts';
import { readBook } from './book.ts';
import type { Book, Item, PlainBook } from './book.ts';

export const FREE = ''; // stands for "no element": where the lines of free conditions lie
export const OUT_OF_SCOPE = '本项只适用于有相应特殊区域或工艺的单位，本单位登记中没有';
const EDITION = '本标准';

export interface Veto {
  readonly key: string;
  readonly text: string;
  readonly since: string; // ISO day, empty: with the edition
  readonly clause: string;
  readonly item: string; // empty: a free condition with a line of its own
  readonly source: string;
}

export interface Line {
  readonly key: string;
  readonly item: Item;
  readonly outermost: string;
  readonly vetoes: readonly Veto[];
  readonly preset: string; // why it is not applicable from the start; an answer overrides it
}

export interface Extent {
  readonly points: number;
  readonly lines: number;
}

export interface Rulebook {
  readonly book: Book;
  readonly full: number; // points of the whole book
  readonly lines: readonly Line[]; // in the order printed, free conditions last
  readonly byKey: ReadonlyMap<string, Line>;
  readonly extents: ReadonlyMap<string, Extent>; // by outermost element as printed, FREE last
}

export interface PlainVeto extends Partial<Veto> {
  readonly key: string;
  readonly text: string;
}

/** What goes with the book: vetoes, special areas (null: unknown, all applies), items it is limited to. */
export interface Limits {
  readonly vetoes?: readonly PlainVeto[];
  readonly areas?: readonly string[] | null;
  readonly only?: readonly string[] | null;
}

export function rulebook(plain: PlainBook, limits: Limits = {}): Rulebook {
  const book = readBook(plain);
  const vetoes = [...(limits.vetoes ?? [])].map(readVeto).sort((one, other) => byCodePoint(one.key, other.key));
  const lines = [...items(book, vetoes, limits), ...vetoes.filter((veto) => !veto.item).map(freeLine)];
  return {
    book,
    full: book.items.reduce((sum, item) => sum + item.points, 0),
    lines,
    byKey: new Map(lines.map((line) => [line.key, line])),
    extents: extents(book, lines),
  };
}

function readVeto(plain: PlainVeto): Veto {
  return { since: '', clause: '', item: '', source: '', ...plain };
}

function items(book: Book, vetoes: readonly Veto[], limits: Limits): Line[] {
  const roots = outermost(book);
  const only = limits.only ? new Set(limits.only) : null;
  const every = book.items.map((item) => itemLine(item, roots.get(item.element) ?? FREE, vetoes, limits.areas ?? null));
  return every.filter((line) => !only || line.vetoes.length > 0 || only.has(line.key));
}

function itemLine(item: Item, root: string, vetoes: readonly Veto[], areas: readonly string[] | null): Line {
  const outside = areas !== null && item.areas.length > 0 && !item.areas.some((area) => areas.includes(area));
  const hanging = vetoes.filter((veto) => veto.item === item.key);
  return { key: item.key, item, outermost: root, vetoes: [...printed(item), ...hanging], preset: outside ? OUT_OF_SCOPE : '' };
}

function printed(item: Item): Veto[] {
  if (!item.veto) return [];
  return [{ key: item.key, text: item.requirement, since: '', clause: item.citation, item: item.key, source: EDITION }];
}

function freeLine(veto: Veto): Line {
  const item: Item = {
    key: veto.key, element: FREE, number: '', requirement: veto.text, method: '', points: 0, rules: [], check: '',
    veto: 'veto', mandatory: false, citation: veto.clause, areas: [], pictures: '', picture_always: false, applies_when: '',
  };
  return { key: veto.key, item, outermost: FREE, vetoes: [veto], preset: '' };
}

function outermost(book: Book): Map<string, string> {
  const parents = new Map(book.elements.map((element) => [element.key, element.parent]));
  const root = (key: string): string => (parents.get(key) ? root(parents.get(key)!) : key);
  return new Map(book.elements.map((element) => [element.key, root(element.key)]));
}

function extents(book: Book, lines: readonly Line[]): Map<string, Extent> {
  const found = new Map<string, Extent>();
  for (const element of book.elements) if (!element.parent) found.set(element.key, { points: 0, lines: 0 });
  found.set(FREE, { points: 0, lines: 0 });
  for (const line of lines) {
    const before = found.get(line.outermost) ?? { points: 0, lines: 0 };
    found.set(line.outermost, { points: before.points + line.item.points, lines: before.lines + 1 });
  }
  return found;
}
