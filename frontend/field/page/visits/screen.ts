// Which visits there are, and which are taken along.
import type { Packet } from '../../engine/packets.ts';
import { button, fill, h, icon } from '../dom.ts';
import type { Context, Screen, Shown } from '../screen.ts';
import { moment, size } from '../words.ts';
import { rows } from './listing.ts';
import type { Row } from './listing.ts';
import { room, shortage } from './room.ts';
import { take } from './taking.ts';

export const visits: Screen = async (context) => {
  const list = new List(context);
  await list.load();
  context.engine.wake(); // what is told may be a while old
  return list.shown;
};

const BADGES: Readonly<Record<Row['held'], readonly [string, string, string]>> = {
  no: ['badge badge-warn', 'download', '还没带上'],
  yes: ['badge badge-good', 'check', '已带上'],
  changed: ['badge badge-warn', 'refresh', '系统里有变化'],
  gone: ['badge', 'info-circle', '系统不再列出'],
};

function grown(tap: HTMLElement): HTMLElement {
  tap.classList.add('grow');
  return tap;
}

class List {
  private readonly node = h('main', { class: 'screen' });
  private readonly packets = new Map<string, Packet>();
  private readonly sizes = new Map<string, number>();
  private readonly read = new Map<string, number>(); // visit -> which fetch of it was read
  private short = '';
  readonly shown: Shown = { title: '现场', node: this.node, refresh: () => void this.again() };

  constructor(private readonly context: Context) {}

  async load(): Promise<void> {
    await this.readPackets();
    this.short = shortage(await room().catch(() => ({ free: Infinity, kept: false })), this.rows().length);
    this.draw();
  }

  private async again(): Promise<void> {
    await this.readPackets();
    this.draw();
  }

  /** Only what was fetched since: a packet is large, and opening it costs. */
  private async readPackets(): Promise<void> {
    const { shelf } = this.context.engine;
    for (const key of shelf.covered.keys()) {
      const fetched = shelf.meta.fetched[key] ?? 0;
      if (this.read.get(key) === fetched) continue;
      this.read.set(key, fetched);
      const packet = (await shelf.get('packet', key)) as Packet;
      this.packets.set(key, packet);
      this.sizes.set(key, JSON.stringify(packet).length + JSON.stringify((await shelf.get('book', packet.book)) ?? '').length);
    }
  }

  private rows(): Row[] {
    const { shelf } = this.context.engine;
    return rows(shelf.meta.visits, this.packets, shelf.acts.values());
  }

  private draw(): void {
    const all = this.rows();
    const wanting = all.filter((row) => row.held === 'no' || row.held === 'changed');
    fill(this.node,
      this.short && h('p', { class: 'notice notice-warn' }, this.short),
      wanting.length > 1 && button(`全部带上（${wanting.length}）`, () => this.takeAll(wanting), 'primary', 'download'),
      all.length ? h('ul', { class: 'cards' }, all.map((row) => this.card(row))) : this.none());
  }

  private card(row: Row): HTMLElement {
    const [look, symbol, words] = BADGES[row.held];
    return h('li', { class: 'card' },
      h('div', { class: 'row' }, h('h2', {}, row.title), h('span', { class: `${look} push` }, icon(symbol), words)),
      h('p', {}, row.facts),
      row.held !== 'no' && h('p', { class: 'small muted' }, this.kept(row)),
      row.held === 'gone' && h('p', { class: 'small' }, '这次现场已经结束，或者不再由您办理。已记的内容照常送达。'),
      h('div', { class: 'row' }, ...this.actions(row)));
  }

  private kept(row: Row): string {
    const at = this.context.engine.shelf.meta.fetched[row.key];
    const parts = [at ? `${moment(at)} 取得` : '', size(this.sizes.get(row.key) ?? 0), row.here ? `本机保存 ${row.here} 项` : ''];
    return parts.filter(Boolean).join(' · ');
  }

  private actions(row: Row): HTMLElement[] {
    const open = h('a', { href: `#/visit/${encodeURIComponent(row.key)}`, class: 'tap tap-primary grow', 'aria-label': `打开 ${row.title}` }, '打开');
    const get = (words: string, look: 'primary' | 'plain'): HTMLElement => button(words, () => this.take(row), look, row.held === 'no' ? 'download' : 'refresh');
    if (row.held === 'no') return [grown(get('带上', 'primary'))];
    return row.held === 'gone' ? [open] : [open, get('更新', 'plain')];
  }

  private async take(row: Row): Promise<void> {
    const [words, tone] = await take(this.context, row.key, row.title, this.packets.get(row.key));
    this.context.say(words, tone);
    await this.again();
  }

  private async takeAll(wanting: readonly Row[]): Promise<void> {
    for (const row of wanting) await this.take(row);
  }

  private none(): HTMLElement {
    const away = !this.context.engine.shelf.meta.contact;
    const words = away ? '还没有连上过系统，不知道有哪些现场。' : '现在没有您的现场。评审计划定好、您接受之后，会出现在这里。';
    return h('div', { class: 'card' }, h('p', {}, words), button('重新查看', () => this.context.engine.wake(), 'plain', 'refresh'));
  }
}
