// A seed's whole story: people on tablets, visits, faults until they stop, and then what must hold.
import { moment } from '../../engine/times.ts';
import { Chance } from './chance.ts';
import { Device, LIMITS } from './device.ts';
import type { Plants, Setting } from './device.ts';
import { Doings } from './doings.ts';
import { Tally } from './faults.ts';
import { Files } from './files.ts';
import { Ledger } from './ledger.ts';
import { fetching } from './network.ts';
import { plan } from './plan.ts';
import type { Plan } from './plan.ts';
import type { Blow } from './process.ts';
import { Server } from './server.ts';
import type { Bugs, SignIn } from './server.ts';
import { Tablet } from './tablet.ts';
import { Time } from './time.ts';
import { happen } from './weather.ts';

export const MINUTE = 60_000;
export const HOUR = 60 * MINUTE;
export const DAY = 24 * HOUR;
export const QUIET = 15 * MINUTE; // after which nothing may be stuck any more

export class World {
  readonly time = new Time();
  readonly ledger = new Ledger();
  readonly chance: Chance;
  readonly plan: Plan;
  readonly server: Server;
  readonly tablets: Tablet[];
  readonly devices: Device[] = []; // one a person and tablet
  readonly files: Files;
  readonly doings: Doings;
  readonly asked = new Set<string>(); // visits whose closing must come to a good end the next day
  readonly reassigned = new Set<string>(); // visits whose team was changed
  calm = false;
  restores = 0;
  over = false; // nobody does anything any more
  private night = false;

  constructor(readonly seed: number, bugs: Bugs = {}, private readonly plants: Plants = {}, readonly tally = new Tally()) {
    this.chance = new Chance(seed);
    this.plan = plan(this.chance);
    if (this.plan.whole) this.tally.whole += 1;
    this.server = new Server(() => this.time.now, bugs);
    this.files = new Files(this.server, this.ledger);
    this.tablets = Array.from({ length: this.plan.tablets }, (_, at) => new Tablet(at + 1, plants.shared));
    for (const tablet of this.tablets) this.seat(tablet.serial, tablet);
    for (const tablet of this.tablets.slice(0, this.plan.shared)) this.seat(10 + tablet.serial, tablet);
    if (this.plan.shared) this.tally.count('two people on one tablet');
    this.doings = new Doings(this);
    const accounts = this.devices.map((each) => each.account);
    for (let at = 1; at <= this.plan.visits; at += 1) {
      const kind = this.chance.of(['review', 'initial'] as const);
      this.server.visits.set(`${kind}-${at}`, { open: true, kind, team: new Set(accounts), leader: this.chance.of(accounts) });
    }
  }

  /** A person at a tablet, for the first time there. */
  seat(account: number, tablet: Tablet): Device {
    const chance = this.chance.apart();
    const fault = () => (!this.calm && chance.hits(this.plan.faulty) ? chance.of(this.plan.kinds) : null);
    const { time, server, ledger, plants, tally: { count } } = this;
    const fetch = (signIn: SignIn) => fetching({ time, chance, server, signIn, fault, count });
    const blow = (): Blow => (!this.calm && chance.hits(this.plan.kills) ? chance.of(['kill before', 'kill after'] as const) : 'none');
    const setting: Setting = { time, ledger, plants, limits: LIMITS, fetch, blow, count };
    const device = new Device(account, tablet, setting, chance);
    this.devices.push(device);
    if (tablet.signIn.account === null) tablet.signIn.account = account;
    return device;
  }

  /** People work and things happen; then the faults stop, and a quarter of an hour passes. */
  async live(): Promise<void> {
    const end = this.time.now + this.plan.hours * HOUR;
    for (const device of this.devices) { this.opens(device); this.doings.works(device); }
    this.doings.moves(end);
    for (let count = this.plan.happenings; count > 0; count -= 1) this.time.after(this.chance.below(end - this.time.now), () => happen(this));
    await this.time.until(end);
    this.stop();
    await this.time.until(end + QUIET);
    for (const [id, { outcome }] of this.server.data.receipts) if (outcome.outcome === 'conflict' && outcome.differs && this.ledger.made.has(id)) this.tally.count('closing not matching');
  }

  /** Somebody opens the page again some time after it died, signs in again when asked to, reads what was refused. */
  opens(device: Device): void {
    void device.open();
    const again = () => {
      if (this.night || device.tablet.broken) return;
      this.looks(device);
      this.time.after(this.calm ? this.chance.between(MINUTE / 2, 2 * MINUTE) : this.chance.between(MINUTE, 10 * MINUTE), again);
    };
    this.time.after(this.chance.between(1000, this.calm ? MINUTE : 5 * MINUTE), again);
  }

  private looks(device: Device): void {
    void device.open();
    const state = device.engine?.status.state;
    const held = device.held();
    const lacks = held.some((each) => each.state === 'queued') || this.chance.hits(this.calm ? 0.7 : 0.3);
    if (state === 'signed_out' || (state === 'other_account' && lacks)) this.signs(device);
    for (const each of held) if (!each.seen && each.receipt) void device.engine?.saw(each.act.id).catch(() => {});
    this.doings.leads(device);
    this.doings.givesUp(device);
  }

  signs(device: Device): void {
    Object.assign(device.signIn, { account: device.account, until: this.time.now + 8 * HOUR });
    device.engine?.wake();
  }

  restored(): void {
    if (this.calm) return;
    this.restores += 1;
    this.tally.count('server restored');
    this.server.restore(this.chance.hits(0.5));
    for (const key of this.reassigned) this.server.data.enter(key, '', moment(this.time.now), {}); // the office does it again
  }

  private stop(): void {
    this.calm = true;
    this.server.crash();
    Object.assign(this.server, { maintenanceUntil: 0, mostActs: 500, upgraded: false });
    for (const tablet of this.tablets) tablet.full = false;
    this.doings.appoints();
    for (const device of this.devices) this.signs(device);
  }

  /** The next day: first contact; leaders are asked again; a backup, what may be forgotten is; then the server falls back to that backup. */
  async nextDay(): Promise<void> {
    this.night = true;
    for (const device of this.devices) device.kill();
    await this.time.until(this.time.now + DAY);
    this.night = false;
    for (const device of this.devices) { this.signs(device); this.opens(device); }
    await this.time.until(this.time.now + QUIET);
    this.doings.closes();
    await this.time.until(this.time.now + QUIET);
    this.over = true;
    await this.time.until(this.time.now + MINUTE * 2);
    this.server.backUp();
    await this.time.until(this.time.now + QUIET * 2);
    this.server.restore(true);
  }
}
