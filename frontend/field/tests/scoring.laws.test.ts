// What must hold for every edition and every sheet (the server's test_properties.py, on the device).
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { halfUp, rate, reaches, spell, spellDecimal } from '../scoring/fraction.ts';
import { score, scoreSums } from '../scoring/scoring.ts';
import { changed, sumsOf } from '../scoring/sums.ts';
import type { SumsByElement } from '../scoring/sums.ts';
import { answerTo, standing, walks } from './inventing.ts';

const RUNS = { numRuns: 200, seed: 20261126 };

test('adding up answer by answer is scoring the whole', () => {
  fc.assert(fc.property(walks, (walk) => {
    let sums: SumsByElement = sumsOf(walk.book, new Map());
    const held = new Map();
    for (const [key, next] of walk.steps) {
      sums = changed(walk.book, sums, key, held.get(key), next);
      held.set(key, next);
    }
    const whole = score(walk.book, standing(walk));
    expect(sums).toEqual(sumsOf(walk.book, standing(walk)));
    expect(whole).toMatchObject(scoreSums(walk.book, sums));
  }), RUNS);
});

test('a score lies between 0 and 100 and exists only when all is answered', () => {
  fc.assert(fc.property(walks, (walk) => {
    const result = score(walk.book, standing(walk));
    expect(result.missing.length).toBe(result.lines - result.answered);
    if (result.missing.length) expect(result.score).toBeNull();
    else expect(result.score).toBe(result.provisional);
    if (result.provisional !== null) {
      expect(Number(result.provisional)).toBeGreaterThanOrEqual(0);
      expect(Number(result.provisional)).toBeLessThanOrEqual(100);
    }
  }), RUNS);
});

test('a further deduction never raises what is obtained', () => {
  const further = walks.chain((walk) => fc.constantFrom(...walk.book.lines).chain((line) =>
    fc.record({ walk: fc.constant(walk), line: fc.constant(line), more: answerTo(line) })));
  fc.assert(fc.property(further, ({ walk, line, more }) => {
    const answers = standing(walk);
    const old = answers.get(line.key) ?? { verdict: 'conforms' as const };
    fc.pre(old.verdict !== 'not_applicable' && more.deductions !== undefined);
    answers.set(line.key, old);
    const kept = old.verdict === 'deducted' ? old.deductions ?? [] : [];
    const worse = { ...old, verdict: 'deducted' as const, deductions: [...kept, ...more.deductions!] };
    const before = score(walk.book, answers);
    const after = score(walk.book, new Map(answers).set(line.key, worse));
    expect(after.obtained).toBeLessThanOrEqual(before.obtained);
    expect(after.applicable).toBe(before.applicable);
  }), RUNS);
});

test('parts sum to the whole, and an item not applicable changes no other', () => {
  fc.assert(fc.property(walks, (walk) => {
    const answers = standing(walk);
    const result = score(walk.book, answers);
    const sum = (name: 'applicable' | 'obtained' | 'not_applicable') => result.elements.reduce((all, each) => all + each[name], 0);
    expect(result.applicable).toBe(sum('applicable'));
    expect(result.obtained).toBe(Math.max(0, sum('obtained') - result.total_deduction));
    const [first] = walk.book.lines;
    const other = score(walk.book, new Map(answers).set(first!.key, { verdict: 'not_applicable', reason: '无' }));
    for (const [key, each] of result.items) if (key !== first!.key) expect(other.items.get(key)).toEqual(each);
  }), RUNS);
});

test('rounding is half up and exact', () => {
  const whole = fc.integer({ min: 0, max: 2_000_000 });
  fc.assert(fc.property(whole, fc.integer({ min: 1, max: 2_000_000 }), (top, bottom) => {
    const share = rate(top, bottom)!;
    const tenths = halfUp(share, 100, 10);
    const twice = 2n * BigInt(top) * 1000n; // 2 x top / bottom x 1000 compared without dividing
    expect(twice >= (2n * BigInt(tenths) - 1n) * BigInt(bottom)).toBe(true);
    expect(twice < (2n * BigInt(tenths) + 1n) * BigInt(bottom)).toBe(true);
    expect(reaches(share, 100, 80_000)).toBe(top * 10 >= bottom * 8);
  }));
  expect([spellDecimal(800, 1), spellDecimal(6995, 2), spellDecimal(5, 2), spellDecimal(0, 1)]).toEqual(['80.0', '69.95', '0.05', '0.0']);
  expect([spell(2500), spell(-500), spell(1_000_000), spell(1)]).toEqual(['2.5', '-0.5', '1000', '0.001']);
});
