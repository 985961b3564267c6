// What is missing: the cases of tests/cases/gaps, the very files the server's rules are held to.
import { readFileSync, readdirSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { gaps } from '../page/visit/model/gaps.ts';
import type { PlainBook } from '../scoring/book.ts';
import { rulebook } from '../scoring/rulebook.ts';
import type { PlainVeto } from '../scoring/rulebook.ts';
import type { Answer } from '../scoring/values.ts';

const FOLDER = new URL('../../../tests/cases/gaps/', import.meta.url);
const FEWEST = 9; // fewer would mean the files were not read

interface Case {
  name: string;
  book: string;
  areas?: string[];
  vetoes?: PlainVeto[];
  answers: Record<string, Answer>;
  pictures?: Record<string, number>;
  occasion?: string;
  missing: string[][];
}

const cases = readdirSync(FOLDER).filter((name) => name.endsWith('.yaml')).flatMap((name) => {
  const whole = parse(readFileSync(new URL(name, FOLDER), 'utf8'));
  return whole.cases.map((each: Case) => [each.name, whole.books[each.book], each] as [string, PlainBook, Case]);
});

describe('what is missing', () => {
  test('has been read', () => expect(cases.length).toBeGreaterThanOrEqual(FEWEST));

  test.each(cases)('%s', (_, book, given) => {
    const rules = rulebook(book, { vetoes: given.vetoes ?? [], areas: given.areas ?? null });
    const found = gaps(rules, new Map(Object.entries(given.answers)), new Map(Object.entries(given.pictures ?? {})), given.occasion ?? 'onsite_review');
    expect(found.map((each) => [each.line, each.kind, each.text])).toEqual(given.missing);
  });
});
