// A line of words at the bottom, read aloud. Good news goes by itself, bad news stays until tapped away.
import { h, icon } from '../dom.ts';
import type { Tone } from '../screen.ts';

const STAYS = 5000;
const SYMBOLS: Readonly<Record<Tone, string>> = { good: 'check', bad: 'alert-triangle', plain: 'info-circle' };

export class Saying {
  readonly node = h('div', { class: 'says', role: 'status', 'aria-live': 'polite' });
  private timer = 0;

  say(words: string, tone: Tone = 'plain'): void {
    clearTimeout(this.timer);
    const away = h('button', { type: 'button', class: 'says-away', 'aria-label': '知道了' }, icon('x'));
    away.addEventListener('click', () => this.node.replaceChildren());
    this.node.replaceChildren(h('div', { class: `says-one says-${tone}` }, icon(SYMBOLS[tone]), h('p', {}, words), away));
    if (tone !== 'bad') this.timer = window.setTimeout(() => this.node.replaceChildren(), STAYS);
  }
}
