// The Chinese sentences of an explanation, word for word those of the server's `sheets.rules.wording`.
import type { Group, Item, Rule } from './book.ts';
import { halfUp, spell, spellDecimal } from './fraction.ts';
import type { Fraction } from './fraction.ts';
import type { Veto } from './rulebook.ts';

const LEVELS: Readonly<Record<string, string>> = {
  level_1: '一级', level_2: '二级', level_3: '三级', small_micro: '小微', A: 'A级', B: 'B级', C: 'C级', failed: '不达标',
};
export const GROUPS: Readonly<Record<Group, string>> = {
  '': '', basic_management: '基础管理要求', onsite_technical: '现场安全技术要求',
};
const SHORT = 30; // characters of a requirement that stand for an item without a number

export function levelWord(level: string): string {
  return LEVELS[level] ?? level;
}

export function nameOf(item: Item): string {
  if (item.number) return `${item.number} 项`;
  const text = [...item.requirement.trim()];
  return text.length > SHORT ? `“${text.slice(0, SHORT).join('')}…”` : `“${text.join('')}”`;
}

/** A rate in percent, half up at so many decimals, without idle zeros but for one: 79.99, 80.0. */
export function percent(share: Fraction, decimals = 4): string {
  return spellDecimal(halfUp(share, 100, 10 ** decimals), decimals);
}

function day(iso: string): string {
  const found = /^(\d{4})-(\d\d)-(\d\d)$/.exec(iso);
  return found ? `${Number(found[1])}年${Number(found[2])}月${Number(found[3])}日` : iso;
}

interface Used {
  readonly count: number;
  readonly points: number;
  readonly words: string;
}

export function deduction(item: Item, rule: Rule, used: Used): string {
  const words = used.words.trim();
  return `按“${rule.text}”，${effects(item, rule, used).join('，')}${words ? `（${words}）` : ''}`;
}

function effects(item: Item, rule: Rule, used: Used): string[] {
  return rule.exhausted ? [own(item, rule, used)] : [own(item, rule, used), ...outside(rule, '属于否决情形')];
}

function outside(rule: Rule, veto: string): string[] {
  const found: string[] = [];
  if (rule.extra) found.push(`另从所在类目追加扣除 ${spell(rule.extra)} 分`);
  if (rule.total) found.push(`另在总分中倒扣 ${spell(rule.total)} 分`);
  if (rule.veto) found.push(veto);
  return found;
}

function own(item: Item, rule: Rule, used: Used): string {
  switch (rule.effect) {
    case 'zero': return `本项 ${spell(item.points)} 分不得分`;
    case 'each': return `${used.count} ${rule.unit || '处'}，扣 ${spell(rule.points * used.count)} 分`;
    case 'once': return `扣 ${spell(rule.points)} 分`;
    case 'free': return `由评分人员核定扣 ${spell(used.points)} 分`;
    case 'none': return '本项不扣分';
  }
}

export function capped(item: Item): string {
  return `各条扣分合计超过本项分值，扣完 ${spell(item.points)} 分为止`;
}

export function exhausted(item: Item, rule: Rule): string {
  const more = outside(rule, '属于否决情形').join('，') || '不再另扣';
  return `本项 ${spell(item.points)} 分已扣满，按“${rule.text}”，${more}`;
}

export function veto(lineName: string, hit: Veto, byScore: string | null): string {
  const what = `${lineName}${hit.since ? `自${day(hit.since)}起` : ''}为达标否决项`;
  if (byScore === null) return `${what}，现不符合要求，本次不予通过`;
  return `按得分为${levelWord(byScore)}，但 ${what}，本次不予通过`;
}
