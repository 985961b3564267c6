// Arrival and departure: a mark with the moment and, where the device tells it, the place.
import { button, h } from '../../dom.ts';
import type { Context } from '../../screen.ts';
import { keep } from '../keeping.ts';
import type { Desk } from '../model/desk.ts';
import { placed } from '../model/trail.ts';
import { when } from '../model/words.ts';
import { card, stateBadge } from '../parts.ts';
import * as places from '../places.ts';

const KINDS = { 'field.arrive@1': '到场', 'field.depart@1': '离场' } as const;
type Kind = keyof typeof KINDS;

export function marks(context: Context, desk: Desk, again: () => void): HTMLElement {
  const made = desk.acts.filter((held) => Object.hasOwn(KINDS, held.act.act));
  const rows = made.map((held) => h('li', {},
    h('div', { class: 'row' }, h('span', { class: 'strong' }, KINDS[held.act.act as Kind]), when(held.done_at || held.act.done_at), h('span', { class: 'push' }, stateBadge(held.state))),
    h('p', { class: 'small muted' }, placed(held.act.where) || '没有记位置')));
  const taps = (Object.keys(KINDS) as Kind[]).map((kind) => button(KINDS[kind], () => mark(context, desk, kind, again), 'plain', 'map-pin'));
  return card('到场和离场', rows.length ? h('ul', { class: 'list' }, rows) : h('p', { class: 'muted small' }, '到场、离场时各记一次，记下时间和位置。'), h('div', { class: 'pair' }, taps));
}

async function mark(context: Context, desk: Desk, kind: Kind, again: () => void): Promise<void> {
  const told = await places.here();
  const held = await keep(context, desk, () => ({ act: kind, input: { remark: told.words }, where: told.place }));
  if (held) context.say(`已记${KINDS[kind]}。${told.words}`, told.place ? 'good' : 'plain');
  again();
}
