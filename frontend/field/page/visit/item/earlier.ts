// What the review found on this item, in its own words, and what was done about it since: a rectification check or a follow-up visit looks at just that.
import { h } from '../../dom.ts';
import type { Earlier } from '../../../engine/packets.ts';
import { day, when } from '../model/words.ts';
import type { Item } from './screen.ts';

export function earlier({ desk, line }: Item): HTMLElement | null {
  const found = desk.packet.findings?.[line.key] ?? [];
  return found.length ? h('section', { class: 'card earlier', 'aria-label': '评审时的不符合项' }, h('h2', {}, '评审时的不符合项'), found.map(one)) : null;
}

function one(found: Earlier): HTMLElement {
  const due = found.due ? `（${day(found.due)}前）` : '';
  const evidence = found.evidence ? `，附证据 ${found.evidence} 份` : '，没有附证据';
  const told: readonly (readonly [string, string])[] = [
    ['发现', [found.by, when(found.found_at)].filter(Boolean).join(' · ')], ['措施', found.measure && `${found.measure}${due}`],
    ['整改', `${found.done || '已完成'}（${day(found.reported_on)}报告${evidence}）`],
  ];
  return h('div', {}, h('p', { class: 'strong' }, found.text), h('dl', { class: 'facts' }, told.filter(([, words]) => words).map(([name, words]) => [h('dt', {}, name), h('dd', {}, words)])));
}
