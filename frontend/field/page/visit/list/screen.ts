// Items in a list: by element, by what is missing, mine or all.
import { button, fill, h, icon, link } from '../../dom.ts';
import type { Context, Shown } from '../../screen.ts';
import type { Desk } from '../model/desk.ts';
import { named } from '../model/desk.ts';
import { FILTERS, listed, markOf, progress } from '../model/lists.ts';
import type { Filter } from '../model/lists.ts';
import type { Line } from '../../../scoring/rulebook.ts';
import { at, markBadge, refresher, screen } from '../parts.ts';

interface Chosen {
  filter: Filter;
  element: string | undefined;
  ours: boolean;
}

export function list(_context: Context, desk: Desk, [filter = 'all', element]: readonly string[]): Shown {
  const known = Object.hasOwn(FILTERS, filter) ? (filter as Filter) : 'all';
  const chosen: Chosen = { filter: known, element: element === '-' ? '' : element, ours: false };
  const node = screen();
  const draw = () => fill(node, ...content(desk, chosen, draw));
  draw();
  return { node, title: '评分表', refresh: refresher(desk, draw).refresh };
}

function content(desk: Desk, chosen: Chosen, again: () => void): HTMLElement[] {
  const found = listed(desk, chosen.filter, chosen.element, chosen.ours);
  const element = progress(desk).find((each) => each.key === chosen.element);
  return [
    h('h2', { class: 'screen-title' }, element?.name ?? '全部要素'),
    filters(desk, chosen),
    ...(desk.mine ? [whose(chosen, again)] : []),
    found.length ? h('ol', { class: 'list lines' }, grouped(desk, found)) : h('p', { class: 'muted' }, EMPTY[chosen.filter]),
  ];
}

const EMPTY: Readonly<Record<Filter, string>> = {
  all: '这里没有项目。', unanswered: '没有未作答的项目。', missing: '没有缺文字或图片的项目。', deducted: '没有扣分。', veto: '没有否决项。', open: '没有要处理的项目。',
};

function filters(desk: Desk, chosen: Chosen): HTMLElement {
  const within = chosen.element === undefined ? [] : [chosen.element || '-'];
  return h('nav', { 'aria-label': '筛选' }, h('ul', { class: 'chips' }, (Object.keys(FILTERS) as Filter[]).map((filter) => {
    const chip = link(at(desk, 'list', filter, ...within), [FILTERS[filter], h('span', { class: 'chip-count' }, listed(desk, filter, chosen.element, chosen.ours).length)], 'tap chip');
    if (filter === chosen.filter) chip.setAttribute('aria-current', 'page');
    return h('li', {}, chip);
  })));
}

function whose(chosen: Chosen, again: () => void): HTMLElement {
  const tap = (ours: boolean, words: string) => {
    const made = button(words, () => { chosen.ours = ours; again(); });
    made.setAttribute('aria-pressed', String(chosen.ours === ours));
    return made;
  };
  return h('div', { class: 'pair', role: 'group', 'aria-label': '谁的要素' }, tap(false, '全部'), tap(true, '分派给我的'));
}

function grouped(desk: Desk, lines: readonly Line[]): HTMLElement[] {
  const titles = new Map(desk.book.book.elements.map((each) => [each.key, `${each.number} ${each.title}`.trim()]));
  let last: string | null = null;
  return lines.flatMap((line) => {
    const fresh = line.item.element !== last;
    last = line.item.element;
    return [...(fresh ? [h('li', { class: 'lines-head' }, h('h2', {}, titles.get(line.item.element) ?? '否决条件'))] : []), row(desk, line)];
  });
}

function row(desk: Desk, line: Line): HTMLElement {
  const gaps = (desk.gapsBy.get(line.key) ?? []).filter((gap) => gap.kind !== 'unanswered');
  const pictures = desk.line(line.key).pictures.length;
  return h('li', {}, h('a', { class: 'line', href: at(desk, 'item', line.key) },
    h('span', { class: 'line-words' }, named(line, 60)),
    h('span', { class: 'row' }, markBadge(markOf(desk, line)),
      line.vetoes.length ? h('span', { class: 'badge badge-bad' }, '否决项') : null,
      pictures ? h('span', { class: 'badge' }, icon('camera'), pictures) : null,
      gaps.length ? h('span', { class: 'badge badge-warn' }, `缺 ${gaps.length} 处`) : null)));
}
