// An act and what became of it, in words. Pure.
import type { Held } from '../../engine/shelf.ts';

const ACTS: Readonly<Record<string, string>> = {
  'sheets.record_answer': '评分', 'sheets.retract_answer': '撤回评分', 'sheets.attach_picture': '添加照片', 'sheets.caption_picture': '照片说明',
  'sheets.detach_picture': '移去照片', 'field.arrive': '到场', 'field.depart': '离场', 'reviews.begin': '首次会议', 'reviews.conclude': '末次会议和签字',
  'sheets.close': '签字结束', 'sheets.declare_lost': '声明设备已坏',
};
const VERDICTS: Readonly<Record<string, string>> = { conforms: '符合', deducted: '扣分', not_applicable: '不适用' };

/** 7.1.2 评分. The conditions of a level have no number of their own. */
export function actWords({ act }: Held): string {
  const { line } = act.input as { line?: string };
  return [line?.includes(':') ? '否决条件' : line, ACTS[act.act.split('@')[0]!] ?? '办理事项'].filter(Boolean).join(' ');
}

export interface Looked {
  readonly words: string; // what became of it
  readonly ours: string;
  readonly theirs: string;
  readonly next: string; // what one can do
}

/** Of an act that a person should look at. */
export function looked(held: Held): Looked {
  const ours = answer(held.act.input['answer']);
  if (held.state === 'too_large') return { words: held.text, ours, theirs: '', next: '请到“本机”导出文件，交系统管理员处理；内容一直在本机。' };
  if (held.state === 'refused') return { words: `系统没有接收：${held.text}`, ours, theirs: '', next: '需要的话，请改好后重新记一次。' };
  if (held.state === 'conflict') return { words: held.text, ours, theirs: theirs(held), next: conflictNext(held) };
  return { words: '系统存下的与您记的不一致。', ours, theirs: '', next: '请打开这一条核对，不对就重新记一次。' };
}

function conflictNext({ differs }: Held): string {
  if (differs.length) return `已签字的内容与系统不一致：${differs.map((key) => (key ? `要素 ${key}` : '其他条件')).join('、')}。请联网更新、核对后，双方重新签字。`;
  return '两边都已留存。请打开这一条，看过系统里的内容后决定，需要时重新记一次。';
}

function theirs({ theirs: told }: Held): string {
  const { by } = (told ?? {}) as { by?: unknown };
  const words = answer(told);
  return words && typeof by === 'string' && by ? `${words}（${by}）` : words;
}

/** 扣分：2号机护罩缺失 */
function answer(told: unknown): string {
  const { verdict, words } = (told ?? {}) as { verdict?: unknown; words?: unknown };
  if (typeof verdict !== 'string' || !verdict) return '';
  return [VERDICTS[verdict] ?? verdict, typeof words === 'string' ? words : ''].filter(Boolean).join('：');
}
