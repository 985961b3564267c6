// What the model server gives out: a visit, whole or what changed since a number (docs/field-protocol.md, §4).
import type { Answered, Asked } from '../../engine/ports.ts';
import { PLAIN } from './book.ts';
import type { Data, Row } from './data.ts';
import { envelope, refuse, unchanged } from './envelopes.ts';
import { nameOf } from './judging.ts';
import type { Visit } from './judging.ts';

export const UNIT = 900; // the account of whoever signs for the enterprise

export function packet(data: Data, visits: ReadonlyMap<string, Visit>, account: number, asked: Asked): Answered {
  const [, key, query] = /^\/field\/visits\/([^/]+)\/packet(.*)$/.exec(asked.path)!;
  const visit = visits.get(key!);
  if (!visit?.team.has(account)) return refuse(404, '没有找到');
  const { number } = data.sheet(key!);
  const told = new URLSearchParams(query);
  const since = data.entries.get(Number(told.get('since') ?? 0));
  const restored = since !== undefined && since.at !== told.get('taken');
  if (!restored && asked.headers['If-None-Match'] === `"${number}"`) return unchanged();
  const lines = since?.visit === key && !restored ? changed(data, key!, Number(told.get('since'))) : null;
  const all = Object.fromEntries([...data.standing(key!)].map(([line, row]) => [line, answer(row)]));
  const answers = lines ? Object.fromEntries([...lines].map((line) => [line, all[line] ?? null])) : all;
  const book = told.get('book') === PLAIN.digest ? { digest: PLAIN.digest } : PLAIN;
  return envelope(200, { visit: key, number, whole: !lines, taken: data.entries.get(number)?.at ?? '', until: '2026-03-31', head: head(data, key!, visit), people: people(visit), book, answers, performance: [], acts: acts(visit) });
}

function changed(data: Data, key: string, since: number): Set<string> {
  return new Set([...data.entries].filter(([number, entry]) => number > since && entry.visit === key && entry.line).map(([, { line }]) => line));
}

function answer({ version, record, pictures }: Row): object {
  return record ? { ...record.answer, version, by: record.by, done_at: record.done_at, pictures } : { verdict: '', version: 0, pictures };
}

function head(data: Data, key: string, { kind }: Visit): object {
  const { begun, closed } = data.sheet(key);
  const there = begun || kind === 'initial';
  return { unit: { name: '示例木业' }, occasion: kind === 'review' ? 'onsite_review' : 'initial_visit', state: there ? 'reviewing' : 'planned', sheet: there ? 1 : null, sheet_state: closed ? 'closed' : there ? 'open' : '' };
}

function people({ team, leader }: Visit): object[] {
  const members = [...team].map((account) => ({ account, name: nameOf(account), side: 'team', leads: account === leader, elements: [] }));
  return [...members, { account: UNIT, name: nameOf(UNIT), side: 'unit' }];
}

function acts({ kind }: Visit): string[] {
  const always = ['sheets.record_answer@1', 'sheets.attach_picture@1', 'sheets.declare_lost@1'];
  return kind === 'review' ? [...always, 'reviews.begin@1', 'reviews.conclude@1'] : [...always, 'sheets.close@1'];
}
