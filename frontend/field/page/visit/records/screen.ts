// What hangs on no single item: arrival and departure, meetings, signatures; and what of it the server did not take.
import { button, fill, h } from '../../dom.ts';
import type { Context, Shown } from '../../screen.ts';
import type { Held } from '../../../engine/shelf.ts';
import { row } from '../item/steps.ts';
import { closes } from '../model/closing.ts';
import type { Desk } from '../model/desk.ts';
import { lineOf } from '../model/desk.ts';
import { trail } from '../model/trail.ts';
import { actWord, STANDING, when } from '../model/words.ts';
import { card, notice, refresher, screen } from '../parts.ts';

export function records(context: Context, desk: Desk): Shown {
  const node = screen();
  const draw = () => {
    const steps = trail(desk, '', context.name);
    fill(node, h('h2', { class: 'screen-title' }, '现场记录'), h('p', { class: 'muted' }, '时间按与服务器核对过的时钟记；位置由设备提供，连同误差一起送达。各项的记录在各项里看。'),
      apart(desk).map((held) => refused(context, desk, held, draw)),
      card('到场、会议和签字', steps.length ? h('ol', { class: 'list trail' }, steps.map(row)) : h('p', { class: 'muted' }, '还没有记录。')));
  };
  draw();
  return { node, title: '现场记录', refresh: refresher(desk, draw).refresh };
}

/** Not taken by the server, on no item, and nobody has looked; signatures are looked at where they are given. */
export function apart(desk: Desk): Held[] {
  return desk.open.filter((held) => !lineOf(held) && !closes(held));
}

function refused(context: Context, desk: Desk, held: Held, again: () => void): HTMLElement {
  const seen = async () => { await context.engine.saw(held.act.id); desk.recount(); again(); };
  return notice('bad', h('p', { class: 'strong' }, `${actWord(held.act.act)}（${when(held.act.done_at)}）：${STANDING[held.state]}`), h('p', {}, held.text), button('知道了', seen));
}
