// What is on the server, what is still here, and what a person should look at.
import type { Held } from '../../engine/shelf.ts';
import { button, fill, h, icon } from '../dom.ts';
import { SIGN_IN, signInAnew } from '../door/meeting.ts';
import type { Context, Screen } from '../screen.ts';
import { asks, counts, explained } from '../standing.ts';
import type { Counts } from '../standing.ts';
import { moment } from '../words.ts';
import { actWords, looked } from './telling.ts';

const MOST = 100; // of a list

export const receipts: Screen = (context) => {
  const node = h('main', { class: 'screen' });
  const draw = (): void => fill(node, ...parts(context));
  draw();
  return { title: '回执', node, refresh: draw };
};

function parts(context: Context): HTMLElement[] {
  const { shelf } = context.engine;
  const mark = shelf.meta.server.watermark;
  const all = [...shelf.acts.values()].sort((one, other) => other.act.order - one.act.order);
  const here = all.filter((held) => held.state === 'queued');
  const judged = all.filter((held) => held.state !== 'queued' && held.receipt > 0 && !asks(held));
  return [
    top(context, counts(all, mark)),
    ...section('请您看一看', all.filter(asks), (held) => toLook(context, held), ''),
    ...section('还在本机', here, (held) => waiting(context, held), '没有。'),
    ...section('已到系统', judged, (held) => delivered(context, held, mark), '还没有。送达并且系统备份核验过的，过后会从本机清去。'),
  ];
}

function top(context: Context, all: Counts): HTMLElement {
  const { engine } = context;
  return h('section', { class: 'card' },
    h('dl', { class: 'figures' }, figure(all.here, '项还在本机'), figure(all.stored, '项已到系统'), figure(all.safe, '项已有备份')),
    h('p', { role: 'status' }, explained(engine.status, all)),
    way(context) ?? button('立即送达', () => engine.wake(), 'primary', 'send'));
}

function figure(count: number, words: string): HTMLElement {
  return h('div', {}, h('dt', {}, words), h('dd', {}, count));
}

/** Where a person has to do something first. */
function way(context: Context): HTMLElement | null {
  const { engine } = context;
  if (engine.status.state === 'signed_out') return h('a', { href: SIGN_IN, class: 'tap tap-primary' }, '去登录，登录后回到这里');
  if (engine.status.state === 'other_account') return button('换成我登录', async () => { const fault = await signInAnew(); if (fault) context.say(fault, 'bad'); }, 'primary', 'users');
  return null;
}

function section(title: string, all: readonly Held[], item: (held: Held) => HTMLElement, none: string): HTMLElement[] {
  if (!all.length && !none) return [];
  const more = all.length - MOST;
  return [h('section', { class: 'card' },
    h('h2', {}, all.length ? `${title}（${all.length}）` : title),
    all.length ? h('ul', { class: 'list' }, all.slice(0, MOST).map(item)) : h('p', { class: 'muted' }, none),
    more > 0 && h('p', { class: 'muted' }, `还有 ${more} 项没有列出。`))];
}

function toLook(context: Context, held: Held): HTMLElement {
  const { words, ours, theirs, next } = looked(held);
  return h('li', { class: 'look' },
    ...head(context, held, h('span', { class: 'badge badge-bad push' }, icon('alert-triangle'), held.state === 'refused' || held.state === 'too_large' ? '没有接收' : '与系统不一致'), []),
    h('p', { class: 'strong' }, words), held.clause && h('p', { class: 'small muted' }, `依据：${held.clause}`),
    ours && h('p', {}, `您记的：${ours}`), theirs && h('p', {}, `系统里：${theirs}`), h('p', { class: 'muted' }, next),
    h('div', { class: 'row' }, open(context, held), button('知道了', () => context.engine.saw(held.act.id), 'plain', 'check')));
}

/** To the item itself, where both sides stand and one decides. */
function open({ engine }: Context, { state, act }: Held): HTMLElement | null {
  const { line } = act.input as { line?: string };
  if (!line || state === 'refused' || state === 'too_large' || !engine.shelf.covered.has(act.visit)) return null;
  return h('a', { class: 'tap tap-primary grow', href: `#/visit/${encodeURIComponent(act.visit)}/item/${encodeURIComponent(line)}` }, '打开这一条');
}

function waiting(context: Context, held: Held): HTMLElement {
  const refused = held.needs.map((sha) => context.engine.shelf.pictures.get(sha)?.refused).find(Boolean);
  const pictures = held.needs.length ? `${held.needs.length} 张图片` : '';
  return h('li', {}, ...head(context, held, null, [pictures, refused ?? '']));
}

function delivered(context: Context, held: Held, mark: number): HTMLElement {
  const safe = held.receipt <= mark;
  const words = held.state === 'stored' ? (safe ? '已有备份' : '已送达') : '已看过';
  const badge = h('span', { class: `badge push ${held.state === 'stored' ? 'badge-good' : ''}` }, words);
  return h('li', {}, ...head(context, held, badge, [`回执 ${held.receipt}`, held.state === 'stored' ? '' : held.text]));
}

function head(context: Context, held: Held, badge: HTMLElement | null, more: readonly string[]): HTMLElement[] {
  const visit = context.engine.shelf.meta.visits.find((each) => each.key === held.act.visit);
  const at = moment(Date.parse(held.act.done_at));
  const facts = [at, ...more, visit?.title ?? ''].filter(Boolean).join(' · ');
  return [h('div', { class: 'row' }, h('h3', {}, actWords(held)), badge), h('p', { class: 'small muted' }, facts)];
}
