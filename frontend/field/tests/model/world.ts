// A seed's whole story: people on devices, visits, faults until they stop, and then what must hold.
import { hex } from '../../digests/sha256.ts';
import type { Answer } from '../../scoring/values.ts';
import { Chance } from './chance.ts';
import { Device } from './device.ts';
import type { Plants } from './device.ts';
import { FAULTS, fetching } from './network.ts';
import type { Fault } from './network.ts';
import type { Blow } from './process.ts';
import { Server } from './server.ts';
import type { Bugs } from './server.ts';
import { Time } from './time.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
export const QUIET = 15 * MINUTE; // after which nothing may be stuck any more

export interface Plan {
  readonly devices: number;
  readonly visits: number;
  readonly acts: number;
  readonly pictures: number;
  readonly faulty: number; // share of requests with a fault
  readonly kinds: readonly Fault[]; // which
  readonly kills: number; // share of a process's calls that kill it
  readonly hours: number;
}

/** Small mostly; one in twenty-five of the size of a whole review. */
export function plan(chance: Chance): Plan {
  const whole = chance.hits(0.04);
  return {
    devices: chance.between(1, 4),
    visits: whole ? chance.between(1, 30) : chance.between(1, 3),
    acts: whole ? chance.between(50, 400) : chance.between(2, 30),
    pictures: whole ? chance.between(0, 40) : chance.between(0, 6),
    faulty: chance.of([0, 0.1, 0.3, 0.5, 0.7]),
    kinds: chance.hits(0.3) ? [chance.of(FAULTS), chance.of(FAULTS)] : FAULTS,
    kills: chance.of([0, 0, 0.002, 0.01, 0.03]),
    hours: chance.of([0.2, 1, 4]),
  };
}

interface Standing {
  version: number | string; // what a person's next answer to a line is based on
}

export class World {
  readonly time = new Time();
  readonly chance: Chance;
  readonly plan: Plan;
  readonly server: Server;
  readonly devices: Device[];
  readonly bytes = new Map<string, Uint8Array>();
  private calm = false;
  private night = false;
  private serial = 0;

  constructor(readonly seed: number, bugs: Bugs = {}, plants: Plants = {}) {
    this.chance = new Chance(seed);
    this.plan = plan(this.chance);
    this.server = new Server(() => this.time.now, bugs);
    this.devices = Array.from({ length: this.plan.devices }, (_, at) => this.device(at + 1, plants));
    for (let at = 1; at <= this.plan.visits; at += 1) {
      this.server.visits.set(`review-${at}`, { open: true, team: new Set(this.devices.map((each) => each.account)) });
    }
  }

  private device(account: number, plants: Plants): Device {
    const chance = this.chance.apart();
    const fault = () => (!this.calm && chance.hits(this.plan.faulty) ? chance.of(this.plan.kinds) : null);
    const fetch = (signIn: Device['signIn']) => fetching({ time: this.time, chance, server: this.server, signIn, fault });
    const blow = (): Blow => (!this.calm && chance.hits(this.plan.kills) ? chance.of(['kill before', 'kill after'] as const) : 'none');
    return new Device(account, this.time, chance, fetch, blow, plants);
  }

  /** People work and things happen; then the faults stop, and a quarter of an hour passes. */
  async live(): Promise<void> {
    const end = this.time.now + this.plan.hours * HOUR;
    for (const device of this.devices) { this.opens(device); this.works(device); }
    for (let count = this.chance.between(0, 8); count > 0; count -= 1) this.time.after(this.chance.below(end - this.time.now), () => this.happens());
    await this.time.until(end);
    this.stop();
    await this.time.until(end + QUIET);
  }

  /** Somebody opens the page again some time after it died, signs in again when asked to, reads what was refused. */
  private opens(device: Device): void {
    void device.open();
    const again = () => {
      if (this.night) return;
      if (!device.engine) void device.open();
      const state = device.engine?.status.state;
      if (state === 'signed_out' || state === 'other_account') this.signs(device);
      for (const held of device.held()) if (!held.seen && held.receipt) void device.engine?.saw(held.act.id).catch(() => {});
      this.time.after(this.calm ? MINUTE : this.chance.between(MINUTE, 10 * MINUTE), again);
    };
    this.time.after(this.chance.between(1000, 5 * MINUTE), again);
  }

  private signs(device: Device): void {
    Object.assign(device.signIn, { account: device.account, until: this.time.now + 8 * HOUR });
    device.engine?.wake();
  }

  private works(device: Device): void {
    const chance = this.chance.apart();
    const acts = Math.ceil(this.plan.acts / this.plan.devices);
    const standing = new Map<string, Standing>();
    for (let count = 0; count < acts; count += 1) {
      const picture = count % acts < this.plan.pictures / this.plan.devices;
      this.time.after(chance.below(this.plan.hours * HOUR * 0.9), () => void this.act(device, chance, standing, picture));
    }
  }

  private async act(device: Device, chance: Chance, standing: Map<string, Standing>, picture: boolean): Promise<void> {
    const visit = `review-${chance.between(1, this.plan.visits)}`;
    const line = `${chance.between(1, 6)}`;
    this.serial += 1;
    const words = `第${this.serial}处`;
    if (picture) return this.photographs(device, chance, visit, line, words);
    const place = `${visit}/${line}`;
    const answer: Answer = { verdict: 'deducted', deductions: [{ rule: '1', count: chance.between(1, 3) }], words };
    const based_on = standing.get(place)?.version ?? 0;
    const held = await device.does({ act: 'sheets.record_answer@1', visit, input: { line, answer }, based_on });
    if (held) standing.set(place, { version: held.act.id });
  }

  private async photographs(device: Device, chance: Chance, visit: string, line: string, caption: string): Promise<void> {
    const bytes = chance.bytes(chance.between(1, 200));
    this.bytes.set(hex(bytes), bytes);
    const input = { line, picture: hex(bytes), caption, source: 'camera' };
    await device.does({ act: 'sheets.attach_picture@1', visit, input, pictures: [bytes] });
  }

  /** What befalls server and devices besides the network. */
  private happens(): void {
    const device = this.chance.of(this.devices);
    const visit = this.chance.of([...this.server.visits.values()]);
    const things: (() => void)[] = [
      () => { device.skew = this.chance.between(-DAY, DAY); },
      () => { device.disk.full = true; this.time.after(this.chance.between(MINUTE, HOUR), () => { device.disk.full = false; }); },
      () => { device.signIn.account = null; },
      () => { device.signIn.account = 99; },
      () => { device.signIn.until = this.time.now + this.chance.below(HOUR); },
      () => { visit.open = false; },
      () => { visit.team.delete(device.account); },
      () => { this.server.crash(); },
      () => { this.server.crash(); this.server.maintenanceUntil = this.time.now + this.chance.below(20 * MINUTE); },
      () => { this.server.mostActs = this.chance.between(1, 5); },
      () => { this.server.backUp(); },
      () => { this.server.backUp(); this.time.after(this.chance.below(HOUR), () => this.restored()); },
      () => { this.restored(); },
      () => { device.kill(); },
    ];
    this.chance.of(things)();
  }

  private restored(): void {
    if (!this.calm) this.server.restore(this.chance.hits(0.5));
  }

  private stop(): void {
    this.calm = true;
    this.server.crash();
    Object.assign(this.server, { maintenanceUntil: 0, mostActs: 500 });
    for (const device of this.devices) {
      device.disk.full = false;
      this.signs(device);
    }
  }

  /** The next day: first contact, a backup, what may be forgotten is; then the server falls back to that backup. */
  async nextDay(): Promise<void> {
    this.night = true;
    for (const device of this.devices) device.kill();
    await this.time.until(this.time.now + DAY);
    this.night = false;
    for (const device of this.devices) { this.signs(device); this.opens(device); }
    await this.time.until(this.time.now + QUIET);
    this.server.backUp();
    await this.time.until(this.time.now + QUIET * 2);
    this.server.restore(true);
  }
}
