// The three first screens, under the thumb. Within a visit the space at the bottom is the visit's.
import { h, icon } from '../dom.ts';

const TABS = [['#/', 'building-factory-2', '现场'], ['#/receipts', 'send', '回执'], ['#/device', 'device-tablet', '本机']] as const;

export class Tabs {
  private readonly links = TABS.map(([href, symbol, words]) => h('a', { href }, icon(symbol), h('span', {}, words)));
  readonly node = h('nav', { class: 'tabs', 'aria-label': '现场页面' }, ...this.links);

  /** Shown on its own three screens; says so. */
  at(hash: string): boolean {
    const here = TABS.findIndex(([href]) => href === (hash || '#/'));
    for (const [index, link] of this.links.entries()) {
      if (index === here) link.setAttribute('aria-current', 'page');
      else link.removeAttribute('aria-current');
    }
    this.node.hidden = here < 0;
    return here >= 0;
  }
}
