// What values are called on the screen.
import type { Held } from '../../../engine/shelf.ts';
import { moment as stamped } from '../../../engine/times.ts';
import type { Verdict } from '../../../scoring/values.ts';

export const VERDICTS: Readonly<Record<Verdict, string>> = { conforms: '符合', deducted: '扣分', not_applicable: '不涉及' };
export const OCCASIONS: Readonly<Record<string, string>> = {
  initial_visit: '初访现场核验', onsite_review: '现场评审', rectification_check: '整改确认', recheck: '现场复核', follow_up_visit: '回访',
  verification: '核查',
};
/** Who is on site for us, and what follows in the office once the sheet is closed: each occasion has its own. */
export const TEAMS: Readonly<Record<string, string>> = { initial_visit: '初访人员', recheck: '复核组', follow_up_visit: '回访人员', verification: '核查人员' };
export const NEXT: Readonly<Record<string, string>> = {
  initial_visit: '接着请在办公室网页作出初访结论：通过，或者暂缓先行整改。',
  rectification_check: '接着请牵头评审员在办公室网页作出结论：双方签字齐全后，按评分表逐项确认或者退回。',
  recheck: '接着请在办公室网页记录强化复核的项目，完成复核并与评审比对。',
  follow_up_visit: '接着请牵头评审员在办公室网页作出回访结论：双方签字齐全后，扣分的项目登记为隐患。',
  verification: '接着请牵头人在办公室网页作出核查结论：双方签字齐全后，按评分表得出保持、限期整改或者建议撤销。',
};
/** Some items alone make no level. */
export const UNGRADED: Readonly<Record<string, string>> = {
  initial_visit: '初访只核验否决项和重点内容，不评等级。',
  rectification_check: '整改确认只看不符合项所在的项目，不评等级。',
  follow_up_visit: '回访只看评审时的不符合项和否决项，不评等级。',
};
export const STANDING: Readonly<Record<Held['state'], string>> = {
  queued: '已存在本机，待送达', stored: '已送达', refused: '服务器没有采用', conflict: '与服务器上的不一致', too_large: '内容过大，没有送出',
};
export const ACTS: Readonly<Record<string, string>> = {
  'sheets.record_answer': '作答', 'sheets.retract_answer': '撤回作答', 'sheets.attach_picture': '附图片', 'sheets.caption_picture': '改图片说明',
  'sheets.detach_picture': '移除图片', 'field.arrive': '到场', 'field.depart': '离场', 'reviews.begin': '首次会议', 'reviews.conclude': '末次会议',
  'sheets.close': '签字关闭', 'sheets.declare_lost': '声明设备已坏',
};

export function actWord(act: string): string {
  return ACTS[act.split('@')[0]!] ?? act;
}

/** 2026-03-16 09:02, in the time of the place. */
export function when(moment: string): string {
  const at = new Date(moment);
  if (Number.isNaN(at.getTime())) return '';
  const parts = new Intl.DateTimeFormat('sv-SE', { timeZone: 'Asia/Shanghai', dateStyle: 'short', timeStyle: 'short' });
  return parts.format(at);
}

export function clock(moment: string): string {
  return when(moment).slice(11);
}

/** 2026年3月16日 */
export function day(iso: string): string {
  const found = /^(\d{4})-(\d\d)-(\d\d)/.exec(iso);
  return found ? `${Number(found[1])}年${Number(found[2])}月${Number(found[3])}日` : iso;
}

/** `ms` as the protocol writes a moment. */
export const moment = stamped;
