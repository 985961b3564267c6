// Which items a list shows, how far each element is, and where the next unanswered item is.
import type { Line } from '../../../scoring/rulebook.ts';
import { FREE } from '../../../scoring/rulebook.ts';
import type { ElementScore } from '../../../scoring/values.ts';
import type { Desk } from './desk.ts';
import { lineOf } from './desk.ts';

export const FILTERS = {
  all: '全部', unanswered: '未作答', missing: '缺文字或图片', deducted: '有扣分', veto: '否决项', open: '要处理',
} as const;
export type Filter = keyof typeof FILTERS;
export type Mark = 'unanswered' | 'preset' | 'conforms' | 'deducted' | 'vetoed' | 'not_applicable';

export const MARKS: Readonly<Record<Mark, string>> = {
  unanswered: '未作答', preset: '默认不涉及', conforms: '符合', deducted: '扣分', vetoed: '否决', not_applicable: '不涉及',
};

export function markOf(desk: Desk, line: Line): Mark {
  const { answer } = desk.line(line.key);
  if (!answer) return line.preset ? 'preset' : 'unanswered';
  return desk.result.items.get(line.key)?.vetoes.length ? 'vetoed' : answer.verdict;
}

/** `element`: outermost, undefined: all; `ours`: only what is mine to do. */
export function listed(desk: Desk, filter: Filter, element?: string, ours = false): Line[] {
  const mine = ours ? desk.mine : null;
  const open = new Set(desk.open.map(lineOf));
  const within = (line: Line) => (element === undefined || line.outermost === element) && (!mine || mine.has(line.outermost));
  return desk.book.lines.filter((line) => within(line) && shows(desk, filter, line, open));
}

function shows(desk: Desk, filter: Filter, line: Line, open: ReadonlySet<string>): boolean {
  const kinds = (desk.gapsBy.get(line.key) ?? []).map((gap) => gap.kind);
  switch (filter) {
    case 'all': return true;
    case 'unanswered': return kinds.includes('unanswered');
    case 'missing': return kinds.some((kind) => kind !== 'unanswered');
    case 'deducted': return desk.line(line.key).answer?.verdict === 'deducted';
    case 'veto': return line.vetoes.length > 0;
    case 'open': return open.has(line.key);
  }
}

/** After `from`, then round from the top; null: all are answered. */
export function nextUnanswered(desk: Desk, from: string, ours: boolean): string | null {
  const waiting = listed(desk, 'unanswered', undefined, ours).map((line) => line.key);
  const order = desk.book.lines.map((line) => line.key);
  const at = order.indexOf(from);
  return waiting.find((key) => order.indexOf(key) > at) ?? waiting.find((key) => key !== from) ?? null;
}

export interface Progress {
  readonly key: string;
  readonly name: string;
  readonly answered: number;
  readonly items: number;
  readonly lost: number; // thousandths, extras included
  readonly vetoed: number;
  readonly who: readonly string[];
}

export function progress(desk: Desk): Progress[] {
  const own = desk.result.elements.map((each) => ofElement(desk, each));
  const free = desk.book.extents.get(FREE);
  if (!free?.lines) return own;
  const lines = desk.book.lines.filter((line) => line.outermost === FREE);
  const answered = lines.filter((line) => desk.result.items.has(line.key)).length;
  return [...own, { key: FREE, name: '否决条件', answered, items: free.lines, lost: 0, vetoed: hit(desk, FREE), who: [] }];
}

function ofElement(desk: Desk, each: ElementScore): Progress {
  const element = desk.book.book.elements.find((one) => one.key === each.key);
  const name = `${element?.number ? `${element.number} ` : ''}${each.name}`;
  const who = desk.packet.people.filter((person) => person.elements?.includes(each.key)).map((person) => person.name);
  return { key: each.key, name, answered: each.answered, items: each.items, lost: each.applicable - each.obtained, vetoed: hit(desk, each.key), who };
}

function hit(desk: Desk, element: string): number {
  return desk.book.lines.filter((line) => line.outermost === element && desk.result.items.get(line.key)?.vetoes.length).length;
}
