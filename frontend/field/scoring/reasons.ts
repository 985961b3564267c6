// Why a sheet has the level it has, in sentences with their clauses, the deciding one first.
import type { Group, Scheme, Threshold } from './book.ts';
import { spell } from './fraction.ts';
import { BY_P, GRADED } from './grades.ts';
import type { Rulebook, Veto } from './rulebook.ts';
import { FAILED } from './values.ts';
import type { Reason, Running } from './values.ts';
import * as wording from './wording.ts';

export function explain(
  book: Rulebook, running: Running, vetoes: readonly Veto[], performance: string | null,
): Reason[] {
  return [
    ...vetoes.map((hit) => vetoed(book, running, hit)),
    ...unfinished(running),
    ...sum(running),
    ...groups(running),
    ...level(book.book.scheme, running),
    ...performed(running, performance),
  ];
}

function say(text: string, clause = '', since = ''): Reason {
  return { text, clause, since };
}

function vetoed(book: Rulebook, running: Running, hit: Veto): Reason {
  const line = book.byKey.get(hit.item || hit.key);
  return say(wording.veto(line ? wording.nameOf(line.item) : hit.key, hit, running.by_score), hit.clause, hit.since);
}

function unfinished(running: Running): Reason[] {
  const left = running.lines - running.answered;
  if (left > 0) return [say(`还有 ${left} 项没有作答，下列得分是按已作答各项暂计的，不是最终得分。`)];
  return running.rate === null ? [say('没有适用的项目，不能计算得分。')] : [];
}

function sum(running: Running): Reason[] {
  if (running.provisional === null) return [];
  const total = running.total_deduction ? `，实得分已在总分中倒扣 ${spell(running.total_deduction)} 分` : '';
  const p = running.p === null ? '' : `（P 值 ${running.p}）`;
  return [say(
    `实得 ${spell(running.obtained)} 分，应得 ${spell(running.applicable)} 分` +
    `（满分 ${spell(running.full)} 分，不涉及 ${spell(running.not_applicable)} 分）${total}，得分 ${running.provisional}${p}。`,
  )];
}

function groups(running: Running): Reason[] {
  return running.groups === null ? [] : GRADED.map((group) => ofGroup(running, group));
}

function ofGroup(running: Running, group: Group): Reason {
  const share = running.groups?.get(group);
  return say(`${wording.GROUPS[group]}得分率：${share ? `${wording.percent(share)}%` : '无（没有适用的项目）'}。`);
}

function level(scheme: Scheme, running: Running): Reason[] {
  if (!scheme.thresholds.length) return [say('本标准没有规定按得分确定等级的界限，只计得分。')];
  if (running.by_score === null) return [];
  const met = scheme.thresholds.find((each) => each.level === running.by_score);
  const text = met ? reached(scheme, met) : missed(scheme, scheme.thresholds.at(-1)!);
  return [say(scheme.confirmed ? text : `${text}（界限待核实）`, scheme.basis)];
}

function reached(scheme: Scheme, met: Threshold): string {
  return `按得分为${wording.levelWord(met.level)}：${measure(scheme, met)}达到 ${limit(scheme, met)}。`;
}

function missed(scheme: Scheme, least: Threshold): string {
  const named = wording.levelWord(least.level);
  return `按得分不达标：${measure(scheme, least)}低于最低等级（${named}）的界限 ${limit(scheme, least)}。`;
}

function measure(scheme: Scheme, threshold: Threshold): string {
  if (scheme.kind === 'rate') return '得分';
  return threshold.level === BY_P ? 'P 值（不经四舍五入）' : '两组得分率（不经四舍五入）均';
}

function limit(scheme: Scheme, threshold: Threshold): string {
  const byRate = scheme.kind === 'two_groups' && threshold.level !== BY_P;
  return `${spell(threshold.at_least)}${byRate ? '%' : scheme.kind === 'rate' ? ' 分' : ''}`;
}

function performed(running: Running, performance: string | null): Reason[] {
  if (performance === null || running.by_score === null || running.vetoed) return [];
  const both = `按得分为${wording.levelWord(running.by_score)}，按安全绩效为${wording.levelWord(performance)}`;
  return [say(`${both}，取较低者，为${wording.levelWord(running.level ?? FAILED)}。`)];
}
