// Deduction rules as taps: counted up and down, switched on and off, or an amount set by hand.
import { fill, h, icon } from '../../dom.ts';
import type { Rule } from '../../../scoring/book.ts';
import { spell } from '../../../scoring/fraction.ts';
import { amounted, countOf, rulesToTap, tapped, used } from '../model/draft.ts';
import { points } from '../parts.ts';
import type { Item, Region } from './screen.ts';
import { given } from './verdicts.ts';

const STEP = 500; // thousandths: half a point

export function rules(item: Item): Region {
  const all = rulesToTap(item.line.item);
  const rows = all.map((rule) => row(item, rule));
  const node = h('section', { class: 'rules', id: 'rules', 'aria-label': '扣分条款', hidden: !all.length }, h('h2', {}, '扣分条款'), h('ul', {}, rows.map((each) => each.node)), acting(item));
  return { node, draw: () => { node.classList.toggle('is-asked', item.answering.choosing); rows.forEach((each) => each.draw()); } };
}

/** Rules that act by themselves are told, not tapped. */
function acting({ line }: Item): HTMLElement | null {
  const told = line.item.rules.filter((rule) => rule.exhausted && rule.effect === 'none');
  return told.length ? h('ul', { class: 'small muted' }, told.map((rule) => h('li', {}, `${rule.text}（自动计算）`))) : null;
}

function row(item: Item, rule: Rule): Region {
  const control = rule.effect === 'each' ? counter(item, rule) : rule.effect === 'free' ? amount(item, rule) : toggle(item, rule);
  const node = h('li', { class: 'rule' }, h('span', { class: 'rule-words' }, rule.text, rule.veto ? h('span', { class: 'badge badge-bad' }, '否决') : null), control.node);
  return { node, draw: () => { node.classList.toggle('is-used', countOf(item.answering.kept, rule) > 0); control.draw(); } };
}

function change(item: Item, rule: Rule, step: 1 | -1): Promise<void> | void {
  if (item.locked) return item.context.say(item.locked);
  const wish = tapped(item.line.item, item.answering.wish, rule, step);
  return given(item, wish);
}

function counter(item: Item, rule: Rule): Region {
  const unit = rule.unit || '处';
  const less = stepper('minus', `减一${unit}：${rule.text}`, () => change(item, rule, -1));
  const more = stepper('plus', `加一${unit}：${rule.text}`, () => change(item, rule, 1));
  const shown = h('output', { class: 'rule-count' });
  const draw = () => {
    const count = countOf(item.answering.kept, rule);
    fill(shown, count ? `${count} ${unit}` : `0`);
    less.setAttribute('aria-disabled', String(count === 0));
  };
  return { node: h('span', { class: 'counter' }, less, shown, more), draw };
}

function stepper(symbol: string, name: string, does: () => unknown): HTMLButtonElement {
  const made = h('button', { type: 'button', class: 'tap step', 'aria-label': name }, icon(symbol));
  made.addEventListener('click', () => { if (made.getAttribute('aria-disabled') !== 'true') does(); });
  return made;
}

function toggle(item: Item, rule: Rule): Region {
  const made = h('button', { type: 'button', class: 'tap switch' });
  made.addEventListener('click', () => void change(item, rule, countOf(item.answering.kept, rule) ? -1 : 1));
  const draw = () => {
    const on = countOf(item.answering.kept, rule) > 0;
    made.setAttribute('aria-pressed', String(on));
    made.setAttribute('aria-label', `${on ? '已选' : '选用'}：${rule.text}`);
    fill(made, on ? [icon('check'), '已选'] : '选用');
  };
  return { node: made, draw };
}

/** An amount at discretion, in half points; typed or stepped. */
function amount(item: Item, rule: Rule): Region {
  const most = item.line.item.points;
  const input = h('input', { type: 'number', class: 'amount', inputmode: 'decimal', min: '0', max: spell(most), step: '0.5', 'aria-label': `核定扣分：${rule.text}` });
  const now = () => used(item.answering.wish, rule)?.points ?? 0;
  const set = (value: number) => (item.locked ? item.context.say(item.locked) : void given(item, amounted(item.line.item, item.answering.wish, rule, value)));
  input.addEventListener('change', () => set(Number(input.value || 0) * 1000));
  const less = stepper('minus', `少扣：${rule.text}`, () => set(now() - STEP));
  const more = stepper('plus', `多扣：${rule.text}`, () => set(now() + STEP));
  const draw = () => { if (document.activeElement !== input) input.value = spell(used(item.answering.kept, rule)?.points ?? 0); };
  return { node: h('span', { class: 'counter', title: `最多 ${points(most)}` }, less, input, more), draw };
}

