// One person at one tablet: a disk that lasts, windows that come and go, somebody who works.
import { Engine } from '../../engine/engine.ts';
import type { Answered, Asked, Kind, Limits, Ports, Store, Write } from '../../engine/ports.ts';
import type { Done } from '../../engine/recording.ts';
import type { Held } from '../../engine/shelf.ts';
import type { Act } from '../../engine/wire.ts';
import { Chance } from './chance.ts';
import type { Disk } from './disk.ts';
import { parse } from './envelopes.ts';
import type { Happening } from './faults.ts';
import { nameOf } from './judging.ts';
import { Ledger } from './ledger.ts';
import type { Blow, Process } from './process.ts';
import type { SignIn } from './server.ts';
import { Tablet } from './tablet.ts';
import type { Time } from './time.ts';
import { Window } from './window.ts';

/** Bugs of a device, planted without touching the engine. */
export interface Plants {
  readonly fetch?: (inner: Ports['fetch'], chance: Chance) => Ports['fetch'];
  readonly write?: (batch: readonly Write[]) => readonly (readonly Write[])[]; // one transaction made several
  readonly get?: (kind: Kind, found: unknown) => unknown; // what reading a row gives
  readonly lawless?: boolean; // windows do not ask for the lock
  readonly shared?: boolean; // one store a tablet
  readonly file?: (text: string) => string; // what a hand-over is taken for
  readonly imported?: (text: string) => string; // what an export is taken for
}

/** What every device of a story has in common. */
export interface Setting {
  readonly time: Time;
  readonly ledger: Ledger;
  readonly plants: Plants;
  readonly limits: Limits;
  readonly fetch: (signIn: SignIn) => (asked: Asked) => Promise<Answered>;
  readonly blow: (call: number) => Blow;
  readonly count: (what: Happening) => void;
  readonly named?: (account: number) => string; // as the server knows them
}

export const LIMITS: Limits = { acts: 20, bytes: 1 << 20, piece: 48, known: 50 };

export class Device {
  readonly disk: Disk;
  readonly promised = new Map<string, string>(); // acts whose keeping was confirmed to the person, as they were
  readonly handed = new Set<string>(); // words that came here from a colleague's device
  readonly windows: readonly Window[];
  readonly name: string;
  skew = 0; // ms the wall clock is off
  busy = false; // the person does one thing at a time

  constructor(readonly account: number, readonly tablet: Tablet, readonly setting: Setting, private readonly chance: Chance) {
    this.name = setting.named?.(account) ?? nameOf(account);
    this.disk = tablet.disk(account);
    const ports = (process: Process) => this.ports(process);
    this.windows = [1, 2].map(() => new Window(tablet, account, this.blow, ports, setting.plants.lawless === true));
  }

  get signIn(): SignIn {
    return this.tablet.signIn;
  }

  /** Of the window that has the store. */
  get engine(): Engine | null {
    return this.windows[0]!.engine ?? this.windows[1]!.engine;
  }

  get engines(): Engine[] {
    return this.windows.map((window) => window.engine).filter((engine) => engine !== null);
  }

  /** Opens the page, if it is not open. */
  async open(): Promise<void> {
    if (this.engine || this.tablet.broken) return;
    await this.windows[0]!.open(this.setting.limits);
    this.looked();
  }

  /** Another window of the same person: turned away while the first has the store. */
  async again(): Promise<void> {
    if (this.tablet.broken || this.windows[1]!.process?.alive) return;
    const there = this.engine !== null;
    const opened = await this.windows[1]!.open(this.setting.limits);
    this.setting.count(opened ? 'second window took over' : 'second window turned away');
    if (opened && there && this.engines.length > 1 && !this.setting.plants.lawless) this.setting.ledger.wrong.push('two engines on one store');
    this.looked();
  }

  kill(): void {
    for (const { process } of this.windows) void process?.die();
  }

  /** What a person does; null where it could not be kept, or nobody was there any more to say so. */
  async does(done: Done): Promise<Held | null> {
    const held = await this.anyEngine()?.record(done).catch(() => null);
    if (!held) return null;
    this.promised.set(held.act.id, JSON.stringify(held.act));
    return held;
  }

  /** Two only where a bug lets them. */
  private anyEngine(): Engine | null {
    const { engines } = this;
    return engines.length > 1 ? this.chance.of(engines) : engines[0] ?? null;
  }

  /** Acts as they lie on the disk, whatever the process believes. */
  held(): Held[] {
    return [...this.disk.table('act').values()] as Held[];
  }

  /** Nobody's engine holds what another person did. */
  private looked(): void {
    for (const { shelf } of this.engines) this.setting.ledger.mine(this.account, shelf.acts.keys(), 'seen on a shared tablet');
  }

  private readonly blow = (call: number): Blow => {
    const blow = this.setting.blow(call);
    if (blow !== 'none') this.setting.count('killed at an await');
    return blow;
  };

  private ports(process: Process): Ports {
    const { time, plants } = this.setting;
    const chance = this.chance.apart();
    const born = time.now;
    const inner = this.setting.fetch(this.signIn);
    const fetch = plants.fetch ? plants.fetch(inner, chance) : inner;
    return {
      store: this.store(process),
      fetch: (asked) => { this.asking(asked); return process.guard(() => fetch(asked)); },
      sleep: (ms) => process.guard(() => time.sleep(ms)),
      now: () => time.now + this.skew,
      steady: () => time.now - born,
      random: chance.next,
      uuid: () => uuid(chance),
    };
  }

  /** What leaves this window is this person's alone. */
  private asking({ method, path, body }: Asked): void {
    const { ledger } = this.setting;
    if (path === '/field/acts') ledger.mine(this.account, (parse(body) as { acts: Act[] }).acts.map((act) => act.id), 'was sent');
    const sha = method === 'PUT' ? path.split('/').at(-1)! : '';
    if (sha && !ledger.owns(this.account, sha)) ledger.wrong.push(`leak: picture ${sha} of another person was sent`);
  }

  private store(process: Process): Store {
    const whole = this.disk.store(process.guard);
    const { plants } = this.setting;
    const write = async (batch: readonly Write[]) => {
      for (const part of plants.write?.(batch) ?? [batch]) await process.guard(() => { this.disk.write(part, () => this.setting.count('storage full')); this.noted(part); });
    };
    const get = async (kind: Kind, key: string) => { const found = await whole.get(kind, key); return plants.get ? plants.get(kind, found) : found; };
    return { ...whole, get, write };
  }

  private noted(batch: readonly Write[]): void {
    for (const { kind, value } of batch) if (kind === 'act' && value) this.setting.ledger.noted(this.account, value as Held);
  }
}

function uuid(chance: Chance): string {
  const text = Buffer.from(chance.bytes(16)).toString('hex');
  return [text.slice(0, 8), text.slice(8, 12), `4${text.slice(13, 16)}`, `8${text.slice(17, 20)}`, text.slice(20)].join('-');
}
