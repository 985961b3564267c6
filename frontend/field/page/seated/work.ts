// Somebody is at work: bar, screen, what is said, tabs. It ends when they lock, are away too long, or the store is wiped.
import { button, fill, h } from '../dom.ts';
import { people, remember } from '../door/people.ts';
import { deviceScreen } from '../device/screen.ts';
import { receipts } from '../receipts/screen.ts';
import type { Context, Routes } from '../screen.ts';
import type { Seat } from '../seat.ts';
import { counts, said } from '../standing.ts';
import { VISIT } from '../visit/routes.ts';
import { visits } from '../visits/screen.ts';
import { Bar } from './bar.ts';
import { watchIdle } from './idle.ts';
import { Saying } from './saying.ts';
import { Stage } from './stage.ts';
import { Tabs } from './tabs.ts';
import type { Updates } from './updates.ts';

const SETTLES = 300; // ms: the list at the door is written once for many acts

export class Work {
  private readonly saying = new Saying();
  private readonly tabs = new Tabs();
  private readonly bar = new Bar(() => void this.leave());
  private readonly news = h('div', { class: 'news' });
  private readonly stage: Stage;
  private readonly ends: (() => void)[] = [];
  private writing = 0;

  constructor(private readonly seat: Seat, private readonly updates: Updates) {
    this.stage = new Stage(this.context(), this.routes());
  }

  async run(host: HTMLElement): Promise<void> {
    host.replaceChildren(this.bar.node, this.news, this.stage.node, this.saying.node, this.tabs.node);
    this.seat.engine.onChange = () => this.changed();
    this.updates.onChange = () => this.tellNews();
    this.listen(window, 'hashchange', () => void this.go());
    this.listen(window, 'online', () => this.seat.engine.wake());
    this.listen(document, 'visibilitychange', () => { if (!document.hidden) this.seat.engine.wake(); });
    this.ends.push(watchIdle(() => void this.leave()));
    this.changed();
    await this.go();
    await this.seat.over;
    await this.end();
  }

  private context(): Context {
    const { engine, name } = this.seat;
    return {
      engine, name, account: engine.account, device: engine.shelf.meta.device, now: () => Date.now(),
      go: (hash) => { location.hash = hash; },
      say: (words, tone) => this.saying.say(words, tone),
    };
  }

  private routes(): Routes {
    return { '': visits, receipts, device: deviceScreen(this.seat.vault, () => void this.leave(), this.updates), ...VISIT };
  }

  private async go(): Promise<void> {
    const { hash } = location;
    const shown = await this.stage.show(hash);
    if (!shown) return;
    const first = this.tabs.at(hash);
    this.bar.at(shown.title, first ? null : shown.back ?? '#/');
    this.tellNews();
    scrollTo(0, 0);
    this.bar.focus();
  }

  private changed(): void {
    const { engine } = this.seat;
    const all = counts(engine.shelf.acts.values(), engine.shelf.meta.server.watermark);
    this.bar.tell(said(engine.status, all));
    this.stage.refresh();
    clearTimeout(this.writing);
    this.writing = window.setTimeout(() => this.note(all.here), SETTLES);
  }

  /** For the list at the door. */
  private note(left: number): void {
    const { account } = this.seat.engine;
    if (people(localStorage).some((each) => each.account === account)) remember(localStorage, { account, name: this.seat.name, left });
  }

  /** Never in the middle of work: on the first screens only, and only when tapped. */
  private tellNews(): void {
    const shown = this.updates.waiting && !this.tabs.node.hidden;
    fill(this.news, shown && h('div', { class: 'notice' }, h('p', {}, '现场页面有新版本。换用后要重新填口令，记录的内容都在。'), button('有新版本，点此换用', () => this.renew(), 'primary', 'refresh')));
  }

  private async renew(): Promise<void> {
    await this.stage.clear();
    await this.seat.leave();
    this.updates.take();
  }

  private async leave(): Promise<void> {
    await this.stage.clear();
    await this.seat.leave();
  }

  private async end(): Promise<void> {
    clearTimeout(this.writing);
    const { engine } = this.seat;
    this.note(counts(engine.shelf.acts.values(), 0).here);
    engine.onChange = () => {};
    this.updates.onChange = () => {};
    for (const each of this.ends) each();
    await this.stage.clear();
  }

  private listen(target: EventTarget, name: string, heard: () => void): void {
    target.addEventListener(name, heard);
    this.ends.push(() => target.removeEventListener(name, heard));
  }
}
