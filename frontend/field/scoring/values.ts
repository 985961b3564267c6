// What the scorer takes and gives. Values that exist on the server too keep the server's names.
import type { Group } from './book.ts';
import type { Fraction } from './fraction.ts';
import type { Veto } from './rulebook.ts';

export const FAILED = 'failed';

export type Verdict = 'conforms' | 'deducted' | 'not_applicable';

export interface Deduction {
  readonly rule: string;
  readonly count?: number; // 1 unless told
  readonly points?: number; // "free" only
  readonly words?: string;
}

export interface Answer {
  readonly verdict: Verdict;
  readonly deductions?: readonly Deduction[];
  readonly words?: string;
  readonly reason?: string;
}

export type Answers = ReadonlyMap<string, Answer>; // by line key; a missing answer is missing, never 0

export interface ItemScore {
  readonly points: number;
  readonly lost: number; // <= points
  readonly extra: number;
  readonly total: number;
  readonly applies: boolean;
  readonly vetoes: readonly Veto[]; // those hit
  readonly reasons: readonly string[];
}

/** Raw sums of one outermost element; additive. */
export interface Sums {
  readonly answered: number;
  readonly answered_points: number;
  readonly not_applicable: number;
  readonly lost: number;
  readonly extra: number;
  readonly total: number;
  readonly vetoed: number;
}

export interface ElementScore {
  readonly key: string;
  readonly name: string;
  readonly full: number;
  readonly not_applicable: number;
  readonly applicable: number;
  readonly obtained: number; // after extras, not below 0
  readonly extra: number;
  readonly rate: Fraction | null;
  readonly group: Group;
  readonly answered: number;
  readonly items: number;
}

export type Groups = ReadonlyMap<Group, Fraction>;

/** The score as far as sums alone tell it. Decimals are text: "95.8". */
export interface Running {
  readonly full: number;
  readonly not_applicable: number;
  readonly applicable: number;
  readonly obtained: number;
  readonly total_deduction: number;
  readonly rate: Fraction | null;
  readonly score: string | null; // null while anything is unanswered
  readonly provisional: string | null; // over what is answered so far
  readonly by_score: string | null;
  readonly level: string | null;
  readonly elements: readonly ElementScore[];
  readonly answered: number;
  readonly lines: number;
  readonly vetoed: number;
  readonly groups: Groups | null;
  readonly p: string | null;
}

export interface Reason {
  readonly text: string;
  readonly clause: string;
  readonly since: string;
}

export interface Result extends Running {
  readonly items: ReadonlyMap<string, ItemScore>;
  readonly vetoes: readonly Veto[];
  readonly missing: readonly string[];
  readonly reasons: readonly Reason[];
}
