// What the item asks for: number, requirement, veto, basis, how it is checked, the points left.
import { fill, h, icon } from '../../dom.ts';
import { left } from '../model/draft.ts';
import { pictureWanting } from '../model/gaps.ts';
import { day } from '../model/words.ts';
import { points } from '../parts.ts';
import type { Item, Region } from './screen.ts';

/** Number, badges, points left: drawn anew with every tap. */
export function asked({ desk, line, answering }: Item): Region {
  const node = h('header', { class: 'item-head' });
  const draw = () => {
    const rest = left(desk.book.book.scheme, line, answering.kept);
    const free = !line.item.points;
    fill(node,
      h('p', { class: 'row' }, h('span', { class: 'item-number' }, line.item.number || '否决条件'), line.vetoes.length ? h('span', { class: 'badge badge-bad' }, icon('alert-triangle'), '达标否决项') : null,
        line.item.mandatory ? h('span', { class: 'badge' }, '强制性要求') : null),
      free ? null : h('p', { class: 'item-left', 'aria-live': 'polite' }, h('span', { class: 'strong' }, points(rest)), h('span', { class: 'muted small' }, ` / 本项 ${points(line.item.points)}`)));
  };
  return { node, draw };
}

/** What does not change: the requirement in full, and the rest a tap away. */
export function text({ desk, line }: Item): HTMLElement {
  const element = desk.book.book.elements.find((each) => each.key === line.item.element);
  const picture = pictureWanting(line, { verdict: 'deducted' }, desk.occasion);
  const told: readonly (readonly [string, string])[] = [
    ['要素', element ? `${element.number} ${element.title}` : ''], ['考评办法', line.item.method], ['检查方法', line.item.check], ['依据', line.item.citation],
    ['图片要求', picture || line.item.pictures], ['适用', line.item.applies_when], ['默认', line.preset],
  ];
  const shown = told.filter(([, words]) => words);
  return h('section', { class: 'asked' },
    h('h2', { class: 'requirement' }, line.item.requirement),
    line.vetoes.map((veto) => h('p', { class: 'small bad' }, [veto.since ? `${day(veto.since)}起` : '', veto.source, veto.clause].filter(Boolean).join(' · '))),
    shown.length ? h('details', {}, h('summary', {}, '依据和考评办法'), h('dl', { class: 'facts' }, shown.map(([name, words]) => [h('dt', {}, name), h('dd', {}, words)]))) : null);
}
