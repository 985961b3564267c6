// The small rulebook every visit of a story is scored by: two elements of three lines.
import { carried } from '../../scoring/carried.ts';
import type { CarriedBook } from '../../scoring/carried.ts';

const RULES = [{ key: '1', text: '缺少记录的，每处扣2分', effect: 'each', points: 2000, unit: '处' }] as const;

export const LINES = ['1', '2', '3', '4', '5', '6'] as const;
export const ELEMENTS = ['a', 'b'] as const;

export function elementOf(line: string): string {
  return line <= '3' ? 'a' : 'b';
}

export const PLAIN: CarriedBook = {
  digest: 'sha256:book', edition: '示例标准', scheme: { kind: 'rate', thresholds: [{ level: 'level_2', at_least: 80000 }], basis: '', confirmed: true },
  elements: ELEMENTS.map((key) => ({ key, title: key, number: key })),
  lines: LINES.map((key) => ({
    item: { key, element: elementOf(key), number: key, requirement: '示例要求', method: '', points: 10000, rules: RULES }, outermost: elementOf(key), vetoes: [], preset: '',
  })),
} as unknown as CarriedBook;

export const BOOK = carried(PLAIN);
