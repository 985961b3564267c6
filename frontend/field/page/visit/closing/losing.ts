// What the closing waits for, by colleague and device, since when; and the way out where a device is gone for good.
import { button, field, h } from '../../dom.ts';
import type { Context } from '../../screen.ts';
import { Halt } from '../../../engine/asking.ts';
import type { Origin } from '../../../engine/handover.ts';
import { dialog } from '../dialogs.ts';
import { words } from '../keeping.ts';
import { given, sealed } from '../model/closing.ts';
import type { Desk } from '../model/desk.ts';
import { awaited, copies, DECLARE, declared, giveUp } from '../model/losing.ts';
import { when } from '../model/words.ts';
import { card, notice } from '../parts.ts';

const MOST_REASON = 300;

export function losing(context: Context, desk: Desk, again: () => void): HTMLElement[] {
  if (!desk.me?.leads || !desk.has(DECLARE)) return [];
  const waits = awaited(desk);
  const over = declared(desk).map((each) => notice('warn', h('p', { class: 'strong' }, `已声明${nameOf(each)}的设备已坏，不再等 ${each.acts.length} 项`),
    h('p', { class: 'small' }, `${when(each.at)} · ${each.reason}`), h('p', { class: 'small' }, '签字只覆盖系统里有的内容；评审组织单位能看到这条声明。')));
  if (!waits.length) return over;
  return [...over, card('还在等同组人员送达', h('ul', { class: 'list' }, waits.map((each) => row(context, desk, each, again))))];
}

function nameOf(lost: Origin): string {
  return lost.by || '同组人员';
}

function row(context: Context, desk: Desk, lost: Origin, again: () => void): HTMLElement {
  const signed = sealed(desk) ? given(desk)?.held.act.done_at : undefined;
  const last = copies(desk, lost).map(([, record]) => record.done_at).sort().at(-1);
  const told = [last && `最后一项记于 ${when(last)}`, signed && `自 ${when(signed)} 签字起等待`].filter(Boolean).join('，');
  return h('li', { class: 'awaited' }, h('p', { class: 'strong' }, `${nameOf(lost)}的设备：${lost.acts.length} 项`), told && h('p', { class: 'small muted' }, told),
    button('这台设备送不出来了', () => ask(context, desk, lost, again)));
}

async function ask(context: Context, desk: Desk, lost: Origin, again: () => void): Promise<void> {
  const answer = await asked(desk, lost).done;
  if (!answer) return;
  try {
    const many = await giveUp(context.engine, desk, lost, answer.reason, answer.anew);
    context.say(many ? '已声明，送达后按系统里的内容核对，请双方重新签字。' : '这些内容已经送达，不用声明。', 'good');
  } catch (error) {
    context.say(refusal(error), 'bad');
  }
  again();
}

function refusal(error: unknown): string {
  if (error instanceof Halt) return '需要联网：先问过服务器哪些还没有送达，才能声明。请有信号时再试。';
  return error instanceof RangeError ? `${error.message}。` : words(error);
}

interface Said {
  readonly reason: string;
  readonly anew: boolean;
}

function asked(desk: Desk, lost: Origin): ReturnType<typeof dialog<Said>> {
  const here = copies(desk, lost);
  const box = h('input', { type: 'checkbox', checked: here.length > 0 });
  const reason = h('textarea', { rows: 3, maxlength: MOST_REASON });
  const fault = h('p', { class: 'bad', role: 'alert' });
  const pictures = here.flatMap(([, record]) => record.pictures).length;
  return dialog<Said>(`${nameOf(lost)}的设备送不出来了`, (close) => [
    h('p', {}, '先请本人再试：修好后送达，或者把导出的文件导入另一台设备送达，内容一项不少。'),
    h('p', {}, `确实不行的，由您声明：不再等这 ${lost.acts.length} 项，声明和理由留存备查。已签的字不会照样关闭，要按系统里的内容核对，双方重新签字。`),
    here.length ? h('label', { class: 'check' }, box, h('span', {}, `把本机接收的 ${here.length} 条评分、${pictures} 张图片由我重新记录，记在我名下`)) : h('p', {}, '本机没有可以重新记录的内容，请随后重新评分。'),
    field('设备的情况', reason, '写明什么设备、怎么坏的或者怎么丢的。'), fault,
    h('div', { class: 'dialog-taps' }, button('返回', () => close(null)), button('声明，不再等', () => {
      const said = reason.value.trim();
      if (said) close({ reason: said, anew: here.length > 0 && box.checked });
      else { fault.textContent = '请写明设备的情况。'; reason.focus(); }
    }, 'danger')),
  ]);
}
