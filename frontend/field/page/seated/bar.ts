// The bar at the top: back, where one is, the state of delivery (always), and the lock.
import { fill, h, icon } from '../dom.ts';
import type { Said } from '../standing.ts';

export class Bar {
  private readonly back = h('a', { href: '#/', class: 'bar-tap', 'aria-label': '返回', hidden: true }, icon('arrow-left'));
  private readonly title = h('h1', { class: 'bar-title', tabindex: '-1' });
  private readonly state = h('a', { href: '#/receipts', class: 'bar-state' });
  readonly node: HTMLElement;
  private shown = '';

  constructor(lock: () => void) {
    const tap = h('button', { type: 'button', class: 'bar-tap', 'aria-label': '锁定' }, icon('lock'));
    tap.addEventListener('click', lock);
    this.node = h('header', { class: 'bar' }, this.back, this.title, this.state, tap);
  }

  /** `back`: null on the first screens. */
  at(title: string, back: string | null): void {
    fill(this.title, title);
    this.back.hidden = back === null;
    this.back.href = back ?? '#/';
    document.title = `${title} · 达标现场`;
  }

  /** Written only when it says something else, so that it is read aloud once. */
  tell({ words, symbol, tone }: Said): void {
    if (this.shown === words + symbol) return;
    this.shown = words + symbol;
    this.state.className = `bar-state bar-state-${tone}`;
    this.state.setAttribute('aria-label', `送达情况：${words}`);
    fill(this.state, icon(symbol), h('span', {}, words));
  }

  focus(): void {
    this.title.focus();
  }
}
