// The opening meeting: recorded by the leader, on the spot; the sheet begins with it.
import { button, fill, h, link } from '../../dom.ts';
import type { Context, Shown } from '../../screen.ts';
import { corrected, keep } from '../keeping.ts';
import { meeting } from '../meetings.ts';
import { begun } from '../model/closing.ts';
import type { Desk } from '../model/desk.ts';
import { when } from '../model/words.ts';
import { at, card, notice, screen, stateBadge } from '../parts.ts';
import * as places from '../places.ts';

const SAID = '介绍评审组成员和分工，说明评审依据、范围、程序和日程，请企业配合并如实提供资料。';

export function opening(context: Context, desk: Desk): Shown {
  const node = screen();
  const draw = () => fill(node, h('h2', { class: 'screen-title' }, '首次会议'), ...content(context, desk));
  draw();
  const before = begun(desk);
  const refresh = () => void desk.reload().then(() => { if (begun(desk) !== before) draw(); }); // what is being typed stays
  return { node, title: '首次会议', refresh };
}

function content(context: Context, desk: Desk): HTMLElement[] {
  if (begun(desk)) return [done(desk), h('p', {}, link(at(desk), '去评分', 'tap tap-primary'))];
  const failed = last(desk);
  const refused = failed ? [notice('bad', h('p', {}, `上次记录的首次会议没有被采用：${failed.text}`))] : [];
  if (!desk.me?.leads) return [...refused, notice('plain', h('p', {}, '首次会议由组长记录。您可以先评分，组长记录后一并送达。'))];
  return [...refused, ...early(desk, corrected(context)), form(context, desk)];
}

function last(desk: Desk) {
  return desk.acts.findLast((held) => held.act.act.startsWith('reviews.begin@'));
}

function done(desk: Desk): HTMLElement {
  const held = last(desk);
  if (!held) return notice('plain', h('p', {}, '首次会议已经召开，评分表已经开始。'));
  const { attendance = [], summary = '' } = held.act.input as { attendance?: { name: string }[]; summary?: string };
  return card('已召开首次会议', h('p', { class: 'row' }, when(held.act.done_at), stateBadge(held.state)), h('p', {}, `到会：${attendance.map((each) => each.name).join('、')}`), h('p', {}, summary));
}

function early(desk: Desk, now: number): HTMLElement[] {
  const today = when(new Date(now).toISOString()).slice(0, 10);
  const { from, to } = desk.packet.head as { from?: string; to?: string };
  return from && to && (today < from || today > to) ? [notice('warn', h('p', {}, `评审计划的日期是 ${from} 至 ${to}，今天记录的首次会议服务器不会采用。`))] : [];
}

function form(context: Context, desk: Desk): HTMLElement {
  const told = meeting(desk, SAID);
  const record = async () => {
    const fault = told.fault();
    if (fault) { context.say(fault, 'bad'); return; }
    const held = await keep(context, desk, () => ({ act: 'reviews.begin@1', input: told.read(), where: places.recent() }));
    if (held) { context.say('首次会议已记在本机。', 'good'); context.go(at(desk)); }
  };
  return h('section', { class: 'card' }, told.node, button('召开首次会议，开始评审', record, 'primary'));
}
