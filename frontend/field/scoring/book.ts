// A standard's edition as plain values, as the packet carries it: names and meaning are those of the
// server's `standards.rules.book`. Points are integer thousandths. Defaults are left out on the wire.

export type Effect = 'zero' | 'each' | 'once' | 'free' | 'none';
export type Group = '' | 'basic_management' | 'onsite_technical';

export interface Rule {
  readonly key: string;
  readonly text: string;
  readonly effect: Effect;
  readonly points: number;
  readonly unit: string;
  readonly extra: number; // off the outermost element, once
  readonly exhausted: boolean; // acts when counted deductions used the item up (扣满)
  readonly total: number; // off the grand total, raw points
  readonly veto: boolean;
}

export interface Item {
  readonly key: string;
  readonly element: string;
  readonly number: string;
  readonly requirement: string;
  readonly method: string;
  readonly points: number;
  readonly rules: readonly Rule[];
  readonly check: string;
  readonly veto: '' | 'veto' | 'first_level';
  readonly mandatory: boolean;
  readonly citation: string;
  readonly areas: readonly string[]; // empty: everywhere
  readonly pictures: string;
  readonly picture_always: boolean;
  readonly applies_when: string;
}

export interface Element {
  readonly key: string;
  readonly title: string;
  readonly number: string;
  readonly parent: string; // empty: outermost
  readonly group: Group;
}

export interface Threshold {
  readonly level: string;
  readonly at_least: number;
}

export interface Scheme {
  readonly kind: 'rate' | 'two_groups';
  readonly thresholds: readonly Threshold[]; // highest first
  readonly basis: string;
  readonly confirmed: boolean;
  readonly zero_exhausts: boolean;
}

export interface Book {
  readonly title: string;
  readonly number: string;
  readonly scheme: Scheme;
  readonly elements: readonly Element[];
  readonly items: readonly Item[];
}

type Plain<T, Required extends keyof T> = Pick<T, Required> & Partial<T>;

export type PlainItem = Omit<Plain<Item, 'key' | 'element' | 'number' | 'requirement' | 'method' | 'points'>, 'rules'> & {
  readonly rules?: readonly Plain<Rule, 'key' | 'text' | 'effect'>[];
};

export interface PlainBook {
  readonly title: string;
  readonly number: string;
  readonly scheme?: Partial<Scheme>;
  readonly elements: readonly Plain<Element, 'key' | 'title'>[];
  readonly items: readonly PlainItem[];
}

const RULE = { points: 0, unit: '', extra: 0, exhausted: false, total: 0, veto: false };
const ITEM = {
  check: '', veto: '', mandatory: false, citation: '', areas: [], pictures: '', picture_always: false, applies_when: '',
} as const;
const ELEMENT = { number: '', parent: '', group: '' } as const;
const SCHEME = { kind: 'rate', thresholds: [], basis: '', confirmed: false, zero_exhausts: false } as const;

export function readBook(plain: PlainBook): Book {
  return {
    title: plain.title,
    number: plain.number,
    scheme: { ...SCHEME, ...plain.scheme },
    elements: plain.elements.map((each) => ({ ...ELEMENT, ...each })),
    items: plain.items.map(readItem),
  };
}

function readItem(plain: PlainItem): Item {
  return { ...ITEM, ...plain, rules: (plain.rules ?? []).map((rule) => ({ ...RULE, ...rule })) };
}
