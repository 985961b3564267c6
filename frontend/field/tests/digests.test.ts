// The digest cases of tests/cases/digests, made by neither side and run by both.
import { readFileSync } from 'node:fs';
import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { byCodePoint, canonical } from '../digests/canonical.ts';
import { digest, hex } from '../digests/sha256.ts';
import { answerDigest, differing, elementPart, leaf, root, statement } from '../digests/sheet.ts';

const FOLDER = new URL('../../../tests/cases/digests/', import.meta.url);
const text = (bytes: Uint8Array) => new TextDecoder().decode(bytes);

function cases(name: string): [string, any][] {
  const whole = JSON.parse(readFileSync(new URL(`${name}.json`, FOLDER), 'utf8'));
  return whole.map((each: any) => [each.name, each]);
}

describe('the cases shared with the server', () => {
  test.each(cases('canonical'))('canonical: %s', (_, given) => {
    expect(text(canonical(given.value))).toBe(given.text);
    expect(digest(canonical(given.value))).toBe(given.sha256);
  });

  test.each(cases('answers'))('answer: %s', (_, given) => {
    expect(answerDigest(given.answer)).toBe(given.digest);
  });

  test.each(cases('elements'))('element: %s', (_, given) => {
    expect(elementPart(given.key, given.lines).digest).toBe(given.digest);
  });

  test.each(cases('roots'))('root: %s', (_, given) => {
    expect(given.covered.map(leaf)).toEqual(given.leaves);
    expect(root(given.covered)).toBe(given.root);
    expect(digest(statement(given.covered))).toBe(given.signed);
  });
});

describe('an answer', () => {
  test('has one digest, whether its defaults are written or not', () => {
    const short = { verdict: 'deducted', deductions: [{ rule: '1' }] } as const;
    const long = { verdict: 'deducted', deductions: [{ rule: '1', count: 1, points: 0, words: '' }], words: '', reason: '' } as const;
    expect(answerDigest(short)).toBe(answerDigest(long));
  });
});

describe('canonical', () => {
  const json = fc.jsonValue({ noUnicodeString: false, depthSize: 'small' });

  test('has one form, whatever the order of keys', () => {
    fc.assert(fc.property(fc.dictionary(fc.string({ unit: 'grapheme' }), fc.integer()), (value) => {
      const turned = Object.fromEntries(Object.entries(value).reverse());
      expect(text(canonical(turned))).toBe(text(canonical(value)));
    }));
  });

  test('says what it was given, or refuses', () => {
    fc.assert(fc.property(json, (value) => {
      let written: string;
      try { written = text(canonical(value as never)); } catch (error) { expect(error).toBeInstanceOf(TypeError); return; }
      expect(JSON.parse(written)).toEqual(value);
    }));
  });

  test('refuses fractions, lone surrogates and what is no number', () => {
    for (const value of [0.5, NaN, Infinity, -0, 2 ** 53, '\ud800', { '\udc00': 1 }]) {
      expect(() => canonical(value as never)).toThrow(TypeError);
    }
  });

  test('orders names as UTF-8 does', () => {
    const name = fc.string({ unit: 'binary', maxLength: 6 });
    fc.assert(fc.property(name, name, (one, other) => {
      expect(Math.sign(byCodePoint(one, other))).toBe(Math.sign(Buffer.compare(Buffer.from(one), Buffer.from(other))));
    }));
  });
});

test('the hash is SHA-256', () => {
  fc.assert(fc.property(fc.uint8Array({ maxLength: 300 }), (bytes) => {
    expect(hex(bytes)).toBe(createHash('sha256').update(bytes).digest('hex'));
  }));
});

test('differing names what is not the same on both sides', () => {
  const part = (key: string, of: string) => ({ kind: 'element', key, digest: of });
  expect(differing([part('1', 'a'), part('2', 'b')], [part('2', 'c'), part('1', 'a'), part('3', 'd')])).toEqual(['2', '3']);
});
