// What several screens of a visit show alike.
import { h, icon } from '../dom.ts';
import type { Context } from '../screen.ts';
import { spell } from '../../scoring/fraction.ts';
import type { Held } from '../../engine/shelf.ts';
import type { Desk } from './model/desk.ts';
import { MARKS } from './model/lists.ts';
import type { Mark } from './model/lists.ts';
import { STANDING, UNGRADED } from './model/words.ts';
import { levelWord } from '../../scoring/wording.ts';

export function at(desk: Desk | string, ...parts: readonly string[]): string {
  const visit = typeof desk === 'string' ? desk : desk.visit;
  return ['#/visit', ...[visit, ...parts].map(encodeURIComponent)].join('/');
}

export function screen(...children: Parameters<typeof h>[2][]): HTMLElement {
  return h('main', { class: 'screen visit' }, children);
}

const MARK_LOOK: Readonly<Record<Mark, readonly [string, string]>> = {
  unanswered: ['badge', 'circle-dashed'], preset: ['badge', 'ban'], conforms: ['badge badge-good', 'check'], deducted: ['badge badge-warn', 'minus'],
  vetoed: ['badge badge-bad', 'alert-triangle'], not_applicable: ['badge', 'ban'],
};

export function markBadge(mark: Mark): HTMLElement {
  const [look, symbol] = MARK_LOOK[mark];
  return h('span', { class: look }, icon(symbol), MARKS[mark]);
}

const STATE_LOOK: Readonly<Record<Held['state'], readonly [string, string]>> = {
  queued: ['badge badge-warn', 'device-floppy'], stored: ['badge badge-good', 'cloud-check'], refused: ['badge badge-bad', 'alert-triangle'],
  conflict: ['badge badge-bad', 'alert-triangle'], too_large: ['badge badge-bad', 'alert-triangle'],
};

export function stateBadge(state: Held['state']): HTMLElement {
  const [look, symbol] = STATE_LOOK[state];
  return h('span', { class: look }, icon(symbol), STANDING[state]);
}

export function points(thousandths: number): string {
  return `${spell(thousandths)} 分`;
}

export function graded(desk: Desk): boolean {
  return !(desk.occasion in UNGRADED);
}

/** 95.8 · 暂计, and what it means. */
export function scoreLine(desk: Desk): { readonly score: string; readonly words: string; readonly level: string } {
  const { score, provisional, answered, lines, level } = desk.result;
  const words = score === null ? `暂计，已作答 ${answered}/${lines} 项` : `全部 ${lines} 项已作答`;
  return { score: score ?? provisional ?? '—', words, level: level && graded(desk) ? levelWord(level) : '' };
}

export function card(title: string, ...children: Parameters<typeof h>[2][]): HTMLElement {
  return h('section', { class: 'card' }, h('h2', {}, title), children);
}

export function notice(kind: 'plain' | 'warn' | 'bad', ...children: Parameters<typeof h>[2][]): HTMLElement {
  return h('div', { class: kind === 'plain' ? 'notice' : `notice notice-${kind}` }, children);
}

/** A file of words to the person's own files. */
export function download(name: string, text: string): void {
  const url = URL.createObjectURL(new Blob([text], { type: 'application/json' }));
  h('a', { href: url, download: name }).click();
  setTimeout(() => URL.revokeObjectURL(url), 60_000);
}

export function nothingHere(context: Context, visit: string): HTMLElement {
  void context;
  return screen(notice('warn', h('p', {}, visit ? '这次现场还没有带上，或者评定标准还没有定下来。请联网后在现场列表里带上。' : '没有选择现场。')), h('a', { class: 'tap', href: '#/' }, '回到现场列表'));
}

const RESTS = 150; // ms: a tap is answered first, and one drawing does for all that follows it

export interface Refresher {
  refresh(): void;
  drawn(): void; // what is here now is on the screen
}

/** Drawn anew only where something is another, so that focus and place are not lost for nothing. */
export function refresher(desk: Desk, draw: () => void): Refresher {
  let shown = desk.stamp;
  let timer: ReturnType<typeof setTimeout> | undefined;
  const drawn = () => { shown = desk.stamp; };
  const look = () => void desk.reload().then(() => {
    if (desk.stamp === shown) return;
    drawn();
    draw();
  });
  return { refresh: () => { clearTimeout(timer); timer = setTimeout(look, RESTS); }, drawn };
}
