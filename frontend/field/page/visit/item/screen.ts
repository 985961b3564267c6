// One item: what it asks, what was found, with verdict and ways onward under the thumb.
import { fill, h, icon, link } from '../../dom.ts';
import type { Context, Shown } from '../../screen.ts';
import type { Line } from '../../../scoring/rulebook.ts';
import { abandoned, sealed } from '../model/closing.ts';
import type { Desk } from '../model/desk.ts';
import { nextUnanswered } from '../model/lists.ts';
import { at, notice, refresher, screen, stateBadge } from '../parts.ts';
import { Answering } from './answering.ts';
import { asked, text } from './asked.ts';
import { disputes } from './disputes.ts';
import { earlier } from './earlier.ts';
import { pictures } from './pictures.ts';
import { rules } from './rules.ts';
import { steps } from './steps.ts';
import { verdicts } from './verdicts.ts';
import { words } from './words.ts';

export interface Region {
  readonly node: HTMLElement;
  draw(): void;
  close?(): void | Promise<void>;
}

export interface Item {
  readonly context: Context;
  readonly desk: Desk;
  readonly line: Line;
  readonly answering: Answering;
  readonly locked: string; // why nothing can be changed here; empty: it can
  again(): void;
}

export function item(context: Context, desk: Desk, [key = '']: readonly string[]): Shown {
  const line = desk.book.byKey.get(key) ?? desk.book.lines[0]!;
  const regions: Region[] = [];
  const again = () => { fresh.drawn(); regions.forEach((each) => each.draw()); };
  const fresh = refresher(desk, () => { shown.answering.reread(); again(); });
  const shown: Item = { context, desk, line, answering: new Answering(context, desk, line, again, () => kept.draw()), locked: locked(desk, line), again };
  const [said, shots, kept] = [words(shown), pictures(shown), state(shown)];
  regions.push(asked(shown), disputes(shown), rules(shown), said, shots, missing(shown), steps(shown), verdicts(shown), kept);
  const [top, open, ruled, spoken, seen, lacking, trail, judged, saved] = regions.map((each) => each.node);
  const node = screen(top, text(shown), earlier(shown), lockNotice(shown), open, ruled, spoken, seen, lacking, trail, h('div', { class: 'thumb-zone' }, saved, judged, onward(shown)));
  node.classList.add('item');
  node.dataset['line'] = line.key;
  again();
  const close = async () => { await said.close?.(); await shots.close?.(); };
  return { node, title: `${place(desk, line)}/${desk.book.lines.length} 项`, back: at(desk, 'list', 'all', line.outermost || '-'), refresh: fresh.refresh, close };
}

function place(desk: Desk, line: Line): number {
  return desk.book.lines.indexOf(line) + 1;
}

function locked(desk: Desk, line: Line): string {
  if (abandoned(desk)) return '这份评分表已作废，内容不再填写。';
  if (sealed(desk)) return '已签字关闭，内容不能再改。';
  const taken = desk.taken(line.outermost);
  if (taken) return `这一要素分派给${taken}，由其填写。`;
  const from = desk.handedBy(line.key);
  return from ? `这一项由${from}移交。要改，请${from}在自己的设备上改后重新移交。` : '';
}

function lockNotice(shown: Item): HTMLElement | null {
  return shown.locked ? notice('plain', h('p', {}, shown.locked)) : null;
}

function missing({ desk, line }: Item): Region {
  const node = h('div', { 'aria-live': 'polite' });
  const draw = () => {
    const gaps = desk.gapsOf(line).filter((gap) => gap.kind !== 'unanswered');
    fill(node, gaps.length ? notice('warn', h('p', { class: 'strong' }, '还缺'), h('ul', {}, gaps.map((gap) => h('li', {}, gap.text)))) : null);
  };
  return { node, draw };
}

/** Saved or not, where the eye is when the thumb has tapped. */
function state({ desk, line, answering }: Item): Region {
  const node = h('p', { class: 'saved', role: 'status' });
  const draw = () => {
    const last = desk.last(line.key);
    if (answering.saving === 'saving') fill(node, icon('hourglass'), '正在存……');
    else if (answering.saving === 'failed') fill(node, h('span', { class: 'badge badge-bad' }, icon('alert-triangle'), '没有存下'));
    else if (answering.choosing) fill(node, h('span', { class: 'badge badge-warn' }, '请选扣分条款'));
    else fill(node, last ? stateBadge(last.state) : desk.line(line.key).answer ? h('span', { class: 'badge badge-good' }, icon('cloud-check'), `${desk.line(line.key).by} 已作答`) : '未作答');
  };
  return { node, draw };
}

function onward({ desk, line }: Item): HTMLElement {
  const order = desk.book.lines;
  const here = place(desk, line) - 1;
  const waiting = nextUnanswered(desk, line.key, desk.mine !== null && !desk.me?.leads);
  return h('nav', { class: 'onward', 'aria-label': '项目之间' },
    way(desk, order[here - 1]?.key, [icon('arrow-left'), h('span', { class: 'visually-hidden' }, '上一项')]),
    waiting ? link(at(desk, 'item', waiting), '下一个未作答', 'tap') : link(at(desk), '回到现场首页', 'tap'),
    way(desk, order[here + 1]?.key, ['下一项', icon('arrow-right')], 'tap tap-primary'));
}

function way(desk: Desk, key: string | undefined, words: readonly (Node | string)[], look = 'tap'): HTMLElement {
  return key === undefined ? h('span', { class: 'tap tap-none', 'aria-hidden': 'true' }) : link(at(desk, 'item', key), words, look);
}
