// The trail of one item: who did what, when, where, how sure the clock was, and whether it has arrived.
import { fill, h } from '../../dom.ts';
import { trail } from '../model/trail.ts';
import type { Step } from '../model/trail.ts';
import type { Item, Region } from './screen.ts';

export function steps({ context, desk, line }: Item): Region {
  const list = h('ol', { class: 'list trail' });
  const node = h('details', {}, h('summary', {}, '这一项的记录'), list);
  const draw = () => { if (node.open) show(); };
  const show = () => {
    const found = trail(desk, line.key, context.name);
    fill(list, found.length ? found.map(row) : h('li', { class: 'muted' }, '还没有记录。'));
  };
  node.addEventListener('toggle', draw);
  return { node, draw };
}

export function row(step: Step): HTMLElement {
  const more = [step.place, step.doubt, step.state].filter(Boolean).join(' · ');
  return h('li', {}, h('p', {}, h('span', { class: 'muted' }, `${step.moment} `), h('span', { class: 'strong' }, `${step.who} `), step.what), more ? h('p', { class: 'small muted' }, more) : null);
}
