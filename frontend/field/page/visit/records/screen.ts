// What hangs on no single item: arrival and departure, meetings, signatures; and how many of each answer.
import { fill, h } from '../../dom.ts';
import type { Context, Shown } from '../../screen.ts';
import { row } from '../item/steps.ts';
import type { Desk } from '../model/desk.ts';
import { trail } from '../model/trail.ts';
import { card, refresher, screen } from '../parts.ts';

export function records(context: Context, desk: Desk): Shown {
  const node = screen();
  const draw = () => {
    const steps = trail(desk, '', context.name);
    fill(node, h('h1', {}, '现场记录'), h('p', { class: 'muted' }, '时间按与服务器核对过的时钟记；位置由设备提供，连同误差一起送达。各项的记录在各项里看。'),
      card('到场、会议和签字', steps.length ? h('ol', { class: 'list trail' }, steps.map(row)) : h('p', { class: 'muted' }, '还没有记录。')));
  };
  draw();
  return { node, title: '现场记录', refresh: refresher(desk, draw) };
}
