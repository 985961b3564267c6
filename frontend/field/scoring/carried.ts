// The rulebook as a packet carries it: lines ready made, so that the device need not gather them.
import { readBook } from './book.ts';
import type { PlainBook, PlainItem } from './book.ts';
import { FREE } from './rulebook.ts';
import type { Extent, Line, Rulebook, Veto } from './rulebook.ts';

export interface CarriedBook {
  readonly digest: string;
  readonly edition: string;
  readonly scheme: NonNullable<PlainBook['scheme']>;
  readonly elements: PlainBook['elements'];
  readonly lines: readonly { readonly item: PlainItem; readonly outermost: string; readonly vetoes: readonly Veto[]; readonly preset: string }[];
}

/** `full` is that of the lines carried: all of the book, or those a sheet is limited to. */
export function carried(plain: CarriedBook): Rulebook {
  const items = plain.lines.map((line) => line.item);
  const book = readBook({ title: '', number: plain.edition, scheme: plain.scheme, elements: plain.elements, items });
  const lines: Line[] = plain.lines.map((line, at) => {
    const item = book.items[at]!;
    return { key: item.key, item, outermost: line.outermost, vetoes: line.vetoes, preset: line.preset };
  });
  const extents = new Map<string, Extent>();
  for (const element of book.elements) if (!element.parent) extents.set(element.key, { points: 0, lines: 0 });
  extents.set(FREE, { points: 0, lines: 0 });
  for (const { outermost, item } of lines) {
    const before = extents.get(outermost)!;
    extents.set(outermost, { points: before.points + item.points, lines: before.lines + 1 });
  }
  const full = book.items.reduce((sum, item) => sum + item.points, 0);
  return { book, full, lines, byKey: new Map(lines.map((line) => [line.key, line])), extents };
}
