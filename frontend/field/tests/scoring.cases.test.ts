// The scoring cases of tests/cases/scoring, the very files the server's scorer is held to.
import { readFileSync, readdirSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import type { PlainBook } from '../scoring/book.ts';
import type { Fraction } from '../scoring/fraction.ts';
import { rulebook } from '../scoring/rulebook.ts';
import type { PlainVeto } from '../scoring/rulebook.ts';
import { score } from '../scoring/scoring.ts';
import type { Answer, Result } from '../scoring/values.ts';

const FOLDER = new URL('../../../tests/cases/scoring/', import.meta.url);
const FEWEST = 40; // fewer would mean the files were not read

interface Case {
  name: string;
  book: string;
  scheme?: object;
  vetoes?: PlainVeto[];
  areas?: string[];
  performance?: string;
  answers: Record<string, Answer>;
  expected: Record<string, any>;
}

function cases(): [string, PlainBook, Case][] {
  return readdirSync(FOLDER).filter((name) => name.endsWith('.yaml')).sort().flatMap((name) => {
    const whole = parse(readFileSync(new URL(name, FOLDER), 'utf8'), { merge: true });
    return whole.cases.map((each: Case) => [`${name}: ${each.name}`, whole.books[each.book], each]);
  });
}

function scored(book: PlainBook, given: Case): Result {
  const scheme = { ...book.scheme, ...given.scheme };
  const limits = { vetoes: given.vetoes ?? [], areas: given.areas ?? null };
  return score(rulebook({ ...book, scheme }, limits), new Map(Object.entries(given.answers)), given.performance ?? null);
}

/** As the case files write it. */
function plain(value: unknown): unknown {
  const fraction = value as Fraction | null;
  const is = typeof value === 'object' && fraction !== null && 'numerator' in fraction;
  return is ? [Number(fraction.numerator), Number(fraction.denominator)] : value;
}

function partsHold(found: ReadonlyMap<string, object>, expected: Record<string, Record<string, unknown>> = {}): void {
  for (const [key, fields] of Object.entries(expected)) {
    for (const [name, value] of Object.entries(fields)) {
      expect(plain((found.get(key) as Record<string, unknown>)[name]), `${key}.${name}`).toEqual(value);
    }
  }
}

describe('the cases shared with the server', () => {
  test('are all read', () => expect(cases().length).toBeGreaterThanOrEqual(FEWEST));

  test.each(cases())('%s', (_, book, given) => {
    const result = scored(book, given);
    const { reasons = [], elements, items, item_reasons: itemReasons = {}, groups = {}, vetoes, missing, ...rest } = given.expected;
    const texts = result.reasons.map((each) => each.text);
    for (const wanted of reasons) expect(texts.some((text) => text.includes(wanted)), texts.join('\n')).toBe(true);
    partsHold(new Map(result.elements.map((each) => [each.key, each])), elements);
    partsHold(result.items, items);
    for (const [key, wanted] of Object.entries(itemReasons)) expect(result.items.get(key)!.reasons).toEqual(expect.arrayContaining(wanted as string[]));
    for (const [group, share] of Object.entries(groups)) expect(plain(result.groups!.get(group as never))).toEqual(share);
    if (vetoes) expect(result.vetoes.map((each) => each.key)).toEqual(vetoes);
    if (missing) expect(result.missing).toEqual(missing);
    for (const [name, value] of Object.entries(rest)) expect(plain(result[name as keyof Result]), name).toEqual(value);
  });
});
