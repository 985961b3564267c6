// The visit at a glance: who and when, the score so far, what is missing, how far each element is, what to do next.
import { fill, h, icon, link } from '../../dom.ts';
import type { Context, Shown } from '../../screen.ts';
import { begun, given, sealed, sideWord } from '../model/closing.ts';
import type { Desk } from '../model/desk.ts';
import { FILTERS, listed, nextUnanswered, progress } from '../model/lists.ts';
import type { Filter, Progress } from '../model/lists.ts';
import { day, OCCASIONS } from '../model/words.ts';
import { apart } from '../records/screen.ts';
import { at, card, notice, points, scoreLine, refresher, screen, stateBadge } from '../parts.ts';
import { marks } from './marks.ts';

export function home(context: Context, desk: Desk): Shown {
  const node = screen();
  const draw = () => fill(node, ...content(context, desk, draw));
  draw();
  return { node, title: unitName(desk), refresh: refresher(desk, draw).refresh };
}

function content(context: Context, desk: Desk, again: () => void): HTMLElement[] {
  return [head(desk), ...warnings(desk), score(desk), next(desk), ways(desk), marks(context, desk, again), elements(desk), team(desk)];
}

export function unitName(desk: Desk): string {
  return String((desk.packet.head['unit'] as { name?: string } | undefined)?.name ?? '现场');
}

function head(desk: Desk): HTMLElement {
  const { from, to, unit } = desk.packet.head as { from?: string; to?: string; unit?: { address?: string } };
  const days = from === to ? day(String(from)) : `${day(String(from))}至${day(String(to))}`;
  return h('header', { class: 'visit-head' },
    h('h2', { class: 'screen-title' }, unitName(desk)),
    h('p', {}, h('span', { class: 'strong' }, OCCASIONS[desk.occasion] ?? '现场'), ` · ${days}`),
    unit?.address && h('p', { class: 'muted small' }, unit.address));
}

function warnings(desk: Desk): HTMLElement[] {
  const found: HTMLElement[] = [];
  if (!begun(desk)) found.push(notice('warn', h('p', {}, desk.me?.leads ? '还没有召开首次会议。先记录首次会议，再评分。' : '组长还没有记录首次会议。可以先评分，组长记录后一并送达。')));
  const lines = listed(desk, 'open').length;
  if (lines) found.push(notice('bad', h('p', {}, `有 ${lines} 项服务器没有采用，或者与服务器上的不一致，请逐项处理。`), link(at(desk, 'list', 'open'), '去处理', 'tap tap-danger')));
  if (apart(desk).length) found.push(notice('bad', h('p', {}, '有到场、会议等记录服务器没有采用。'), link(at(desk, 'records'), '去看原因', 'tap tap-danger')));
  const signed = given(desk);
  if (signed) found.push(signedNotice(desk));
  return found;
}

function signedNotice(desk: Desk): HTMLElement {
  const signed = given(desk)!;
  const broken = signed.broken.length > 0 && sealed(desk);
  return notice(broken || signed.held.state === 'conflict' ? 'bad' : 'plain',
    h('p', { class: 'row' }, h('span', { class: 'strong' }, broken ? '签字后内容有变化，签字已失效' : '已经签字'), stateBadge(signed.held.state)),
    link(at(desk, 'closing'), '查看签字', 'tap'));
}

function score(desk: Desk): HTMLElement {
  const told = scoreLine(desk);
  const vetoed = desk.result.vetoed;
  return h('section', { class: 'card score', 'aria-label': '得分' },
    h('div', { class: 'score-figures' }, h('span', { class: 'score-number' }, told.score), h('span', { class: 'muted' }, told.words), told.level && h('span', { class: vetoed ? 'badge badge-bad' : 'badge badge-good' }, told.level)),
    meter(desk.result.answered, desk.result.lines, '已作答'),
    vetoed ? h('p', { class: 'bad strong row' }, icon('alert-triangle'), `否决 ${vetoed} 项：本次不予通过`) : null,
    link(at(desk, 'summary'), '得分说明和扣分清单'));
}

function meter(done: number, all: number, words: string): HTMLElement {
  return h('progress', { class: 'meter', max: Math.max(all, 1), value: done, 'aria-label': `${words} ${done}/${all}` });
}

function next(desk: Desk): HTMLElement {
  const line = nextUnanswered(desk, '', desk.mine !== null && !desk.me?.leads);
  if (sealed(desk)) return h('div', {});
  const first = desk.book.lines[0]?.key ?? '';
  if (line) return link(at(desk, 'item', line), [icon('pencil'), desk.result.answered ? '继续评分' : '开始评分'], 'tap tap-primary tap-wide');
  const gap = desk.gaps[0];
  if (gap) return link(at(desk, 'item', gap.line || first), [icon('pencil'), `补齐缺少的内容（${desk.gaps.length} 处）`], 'tap tap-primary tap-wide');
  return link(at(desk, 'closing'), [icon('signature'), '全部完成，去签字'], 'tap tap-primary tap-wide');
}

function ways(desk: Desk): HTMLElement {
  const chips = (Object.keys(FILTERS) as Filter[]).map((filter) => [filter, listed(desk, filter).length] as const);
  const shown = chips.filter(([filter, many]) => filter === 'all' || many > 0);
  return card('评分表',
    h('ul', { class: 'chips' }, shown.map(([filter, many]) => h('li', {}, link(at(desk, 'list', filter), [FILTERS[filter], h('span', { class: 'chip-count' }, many)], 'tap chip')))),
    h('ul', { class: 'ways' },
      desk.has('reviews.begin@1') ? way(desk, 'opening', 'users', '首次会议') : null,
      way(desk, 'handing', 'file-export', '组内移交'),
      way(desk, 'closing', 'signature', desk.has('reviews.conclude@1') ? '末次会议签字' : '签字关闭'),
      way(desk, 'records', 'clock', '现场记录')));
}

function way(desk: Desk, part: string, symbol: string, words: string): HTMLElement {
  return h('li', {}, link(at(desk, part), [icon(symbol), words], 'tap tap-wide'));
}

function elements(desk: Desk): HTMLElement {
  return card('各要素', h('ul', { class: 'list elements' }, progress(desk).filter((each) => each.items).map((each) => element(desk, each))));
}

function element(desk: Desk, each: Progress): HTMLElement {
  const told = [each.lost ? `扣 ${points(each.lost)}` : '', each.who.join('、')].filter(Boolean);
  return h('li', {}, h('a', { class: 'element', href: at(desk, 'list', 'all', each.key || '-') },
    h('span', { class: 'element-name' }, each.name, each.vetoed ? h('span', { class: 'badge badge-bad' }, icon('alert-triangle'), `否决 ${each.vetoed}`) : null),
    h('span', { class: 'element-count' }, `${each.answered}/${each.items}`), icon('chevron-right'),
    meter(each.answered, each.items, '已作答'),
    told.length ? h('span', { class: 'muted small element-told' }, told.join(' · ')) : null));
}

function team(desk: Desk): HTMLElement {
  const names = new Map(desk.result.elements.map((each) => [each.key, each.name]));
  const rows = desk.packet.people.filter((each) => each.side === 'team').map((each) => h('li', {},
    h('span', { class: 'strong' }, each.name), each.leads ? h('span', { class: 'badge' }, '组长') : null,
    h('span', { class: 'muted small' }, each.elements?.length ? each.elements.map((key) => names.get(key) ?? key).join('、') : desk.mine ? '没有分派要素' : '各要素都可以评')));
  return card(sideWord(desk, 'team'), h('ul', { class: 'list people' }, rows));
}
