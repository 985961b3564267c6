// The sync engine: keeps what people do, and delivers it exactly once. It knows nothing of pages, IndexedDB or
// the network: see `ports.ts`. Every await may be the last; `Engine.open` goes on from what the store holds.
import { ask, Halt, json } from './asking.ts';
import type { State } from './asking.ts';
import { Backoff } from './backoff.ts';
import { Delivery } from './delivery.ts';
import { another, forget, recall } from './knowing.ts';
import { fetchPacket, unknown } from './packets.ts';
import type { Fetched } from './packets.ts';
import * as pictures from './pictures.ts';
import { LIMITS } from './ports.ts';
import type { Limits, Ports, Write } from './ports.ts';
import { record } from './recording.ts';
import type { Done } from './recording.ts';
import { actRow, Shelf } from './shelf.ts';
import type { Held } from './shelf.ts';
import { contacted } from './times.ts';
import { readSession } from './session.ts';
import type { Session } from './wire.ts';

const FRESH_FOR = 60_000; // a session told so long ago is asked for again
const IDLE = 360_000; // something is still kept here: has the watermark passed it, does the server still know it? (`TRUSTED` + this < 15 min)

export interface Status {
  readonly state: State;
  readonly text: string; // what the server says of it, for the person
  readonly until: number; // when the next try is due, wall clock; 0: none
  readonly session: Session | null;
}

export class Engine {
  status: Status = { state: 'idle', text: '', until: 0, session: null };
  onChange: (status: Status) => void = () => {};
  private readonly backoff: Backoff;
  private readonly delivery: Delivery;
  private asked = Number.NEGATIVE_INFINITY; // when the session was told, steady clock
  private knock: () => void = () => {};
  private knocked = false;
  private stopped = false;

  private constructor(
    private readonly ports: Ports, readonly shelf: Shelf, readonly account: number,
    private readonly limits: Limits, private readonly opened: string,
  ) {
    this.backoff = new Backoff(ports.random);
    this.delivery = new Delivery(ports, shelf, account, limits);
  }

  static async open(ports: Ports, account: number, limits: Limits = LIMITS): Promise<Engine> {
    const shelf = await Shelf.open(ports.store, ports.uuid);
    return new Engine(ports, shelf, account, limits, ports.uuid());
  }

  /** Keeps what a person did; durable when the promise is kept. Delivery goes on by itself. */
  async record(done: Done): Promise<Held> {
    const held = await record(this.ports, this.shelf, this.opened, done);
    this.onChange(this.status);
    this.wake();
    return held;
  }

  /** A person has seen a refusal, a conflict, or that the server stored something else. */
  async saw(id: string): Promise<void> {
    const held = this.shelf.acts.get(id);
    if (!held || held.state === 'queued') return;
    await this.shelf.write([actRow({ ...held, seen: true })]);
    this.onChange(this.status);
  }

  /** Takes a visit along, or what changed of it; rejects with a `Halt` that says why not. */
  async fetch(visit: string): Promise<Fetched> {
    return fetchPacket(this.ports, this.shelf, (await this.session()).csrf, visit);
  }

  /** Those of colleagues' acts that the server still waits for; rejects with a `Halt` where it cannot be asked. */
  async awaited(ids: readonly string[]): Promise<ReadonlySet<string>> {
    return ids.length ? unknown(this.ports, (await this.session()).csrf, ids) : new Set();
  }

  /** On line again, signed in again, 立即送达: try at once. */
  wake(): void {
    this.knocked = true;
    this.knock();
  }

  /** Delivers for as long as the page lives. One engine a store: the page holds a lock (README). */
  async run(): Promise<never | void> {
    while (!this.stopped) {
      const rest = await this.round();
      if (this.stopped) return;
      await this.resting(rest);
    }
  }

  stop(): void {
    this.stopped = true;
    this.wake();
  }

  /** One round; gives how long to rest, null: until woken. Never rejects. */
  async round(): Promise<number | null> {
    this.knocked = false;
    this.say('delivering');
    try {
      await this.deliver();
      this.backoff.reset();
      this.say('idle');
      return this.shelf.acts.size ? IDLE : null;
    } catch (error) {
      return this.halted(error instanceof Halt ? error : new Halt('waiting', null, String(error)));
    }
  }

  private async deliver(): Promise<void> {
    const before = this.asked;
    const session = await this.session();
    const fresh = this.asked !== before; // one told a while ago says nothing new of the watermark
    if (fresh && another(this.shelf.meta.server, session)) await recall(this.ports, this.shelf, this.limits, session.csrf, session);
    if (await this.delivery.run(session.csrf)) throw new Halt('waiting', 0);
    await this.rest(session.csrf);
    if (await forget(this.ports, this.shelf, this.limits, session.csrf)) throw new Halt('waiting', 0);
    if (session.wipe && !this.shelf.acts.size) await this.wipe(session.csrf);
  }

  /** On command, once nothing is kept here any more: the key is forgotten, then said so. */
  private async wipe(csrf: string): Promise<void> {
    const { device } = this.shelf.meta;
    await this.shelf.wipe();
    this.stopped = true;
    await ask(this.ports, { method: 'POST', path: '/field/wiped', body: json({ device }) }, csrf);
  }

  /** Pictures of acts the server knows, whose bytes it has lost. */
  private async rest(csrf: string): Promise<void> {
    for (const picture of [...this.shelf.pictures.values()]) {
      if (!picture.complete) await pictures.send(this.ports, this.shelf, this.limits, csrf, picture.sha);
    }
  }

  private async session(): Promise<Session> {
    const { session } = this.status;
    if (session && this.ports.steady() - this.asked < FRESH_FOR) return session;
    const from = this.ports.now();
    const told = readSession((await ask(this.ports, { method: 'GET', path: `/field/session?device=${this.shelf.meta.device}`, body: null }, '')).body);
    if (told.account !== this.account) throw new Halt('other_account', FRESH_FOR, told.name);
    const contact = contacted(told.now, from, this.ports.now(), this.ports.steady(), this.opened);
    await this.shelf.write([{ kind: 'meta', key: 'contact', value: contact }, { kind: 'meta', key: 'visits', value: told.visits }, ...this.raised(told)]);
    this.asked = this.ports.steady();
    this.status = { ...this.status, session: told };
    return told;
  }

  private raised(told: Session): Write[] {
    const mark = this.shelf.meta.server;
    if (another(mark, told)) return [];
    return [{ kind: 'meta', key: 'server', value: { ...mark, watermark: told.watermark } }];
  }

  private halted(halt: Halt): number {
    const rest = halt.rest ?? this.backoff.next();
    this.asked = Number.NEGATIVE_INFINITY;
    this.say(halt.state, halt.message, this.ports.now() + rest);
    return rest;
  }

  private async resting(rest: number | null): Promise<void> {
    if (this.knocked) return;
    const woken = new Promise<void>((resolve) => { this.knock = resolve; });
    await (rest === null ? woken : Promise.race([woken, this.ports.sleep(rest).catch(() => {})]));
  }

  private say(state: State, text = '', until = 0): void {
    this.status = { ...this.status, state, text: text === state ? '' : text, until };
    this.onChange(this.status);
  }
}
