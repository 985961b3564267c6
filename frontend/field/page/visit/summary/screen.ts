// The result as the enterprise is shown it: score, elements, deductions, vetoes, what does not apply, and why.
import { fill, h } from '../../dom.ts';
import type { Context, Shown } from '../../screen.ts';
import type { Line } from '../../../scoring/rulebook.ts';
import { percent } from '../../../scoring/wording.ts';
import type { Desk } from '../model/desk.ts';
import { named } from '../model/desk.ts';
import { listed } from '../model/lists.ts';
import { card, graded, points, scoreLine, refresher, screen } from '../parts.ts';
import { UNGRADED } from '../model/words.ts';
import { unitName } from '../home/screen.ts';

const TENTH = 1; // decimals of an element's rate, as the office's sheet has it

export function summary(_context: Context, desk: Desk): Shown {
  const node = screen();
  const draw = () => fill(node, h('h2', { class: 'screen-title' }, `${unitName(desk)}：评分结果`), ...result(desk));
  draw();
  return { node, title: '评分结果', refresh: refresher(desk, draw).refresh };
}

/** Also within the closing meeting. */
export function result(desk: Desk): HTMLElement[] {
  return [figures(desk), vetoes(desk), elements(desk), findings(desk), absent(desk)].filter((each): each is HTMLElement => each !== null);
}

function figures(desk: Desk): HTMLElement {
  const told = scoreLine(desk);
  return card('得分',
    h('div', { class: 'score-figures' }, h('span', { class: 'score-number' }, told.score), h('span', { class: 'muted' }, told.words), told.level && h('span', { class: desk.result.vetoed ? 'badge badge-bad' : 'badge badge-good' }, told.level)),
    graded(desk) ? reasons(desk) : h('p', { class: 'muted' }, UNGRADED[desk.occasion]!));
}

function reasons(desk: Desk): HTMLElement {
  return h('ul', { class: 'reasons' }, desk.result.reasons.map((reason) => h('li', {}, reason.text, reason.clause && h('span', { class: 'muted small' }, ` 依据：${reason.clause}`))));
}

function vetoes(desk: Desk): HTMLElement | null {
  const hit = desk.book.lines.filter((line) => desk.result.items.get(line.key)?.vetoes.length);
  if (!hit.length) return null;
  return card('达标否决项', h('ul', { class: 'list' }, hit.map((line) => h('li', {}, h('p', { class: 'strong bad' }, named(line, 80)), said(desk, line)))));
}

function elements(desk: Desk): HTMLElement {
  const rows = desk.result.elements.filter((each) => each.items).map((each) => h('tr', {},
    h('th', { scope: 'row' }, each.name), h('td', {}, `${each.answered}/${each.items}`), h('td', {}, points(each.applicable)), h('td', {}, points(each.obtained)), h('td', {}, each.rate ? `${percent(each.rate, TENTH)}%` : '—')));
  const head = ['要素', '作答', '应得', '实得', '得分率'].map((words) => h('th', { scope: 'col' }, words));
  return card('各要素', h('div', { class: 'scroll', tabindex: 0, role: 'region', 'aria-label': '各要素得分' }, h('table', { class: 'scores' }, h('thead', {}, h('tr', {}, head)), h('tbody', {}, rows))));
}

function findings(desk: Desk): HTMLElement {
  const lost = listed(desk, 'deducted');
  const rows = lost.map((line) => h('li', {},
    h('p', {}, h('span', { class: 'strong' }, named(line, 80)), ' ', h('span', { class: 'whole' }, `扣 ${points(desk.result.items.get(line.key)?.lost ?? 0)}`)), said(desk, line),
    h('ul', { class: 'small muted' }, (desk.result.items.get(line.key)?.reasons ?? []).map((reason) => h('li', {}, reason)))));
  return card(`不符合项（${lost.length}）`, rows.length ? h('ol', { class: 'list' }, rows) : h('p', { class: 'muted' }, '没有扣分。'));
}

function said(desk: Desk, line: Line): HTMLElement {
  const { answer, pictures } = desk.line(line.key);
  return h('p', {}, answer?.words || '（没有写明）', pictures.length ? h('span', { class: 'muted small' }, ` 图片 ${pictures.length} 张`) : null);
}

function absent(desk: Desk): HTMLElement | null {
  const lines = desk.book.lines.filter((line) => desk.line(line.key).answer?.verdict === 'not_applicable');
  if (!lines.length) return null;
  return card(`不涉及（${lines.length}）`, h('ul', { class: 'list' }, lines.map((line) => h('li', {}, h('p', {}, named(line, 80)), h('p', { class: 'muted small' }, desk.line(line.key).answer?.reason || '没有写明理由')))));
}
