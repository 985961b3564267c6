// One person's tablet: a disk that lasts, processes that come and go, somebody who works and signs in.
import { Engine } from '../../engine/engine.ts';
import type { Answered, Asked, Limits, Ports, Write } from '../../engine/ports.ts';
import type { Done } from '../../engine/recording.ts';
import type { Held } from '../../engine/shelf.ts';
import { Chance } from './chance.ts';
import { Disk } from './disk.ts';
import { Process } from './process.ts';
import type { Blow } from './process.ts';
import type { SignIn } from './server.ts';
import type { Time } from './time.ts';

export interface Plants {
  readonly fetch?: (inner: Ports['fetch'], chance: Chance) => Ports['fetch'];
  readonly write?: (batch: readonly Write[]) => readonly (readonly Write[])[]; // one transaction made several
}

export const LIMITS: Limits = { acts: 20, bytes: 1 << 20, piece: 48, known: 50 };

export class Device {
  readonly disk = new Disk();
  readonly promised = new Map<string, string>(); // acts whose keeping was confirmed to the person, as they were
  readonly made = new Map<string, string>(); // every act that ever lay on the disk
  readonly signIn: SignIn;
  skew = 0; // ms the wall clock is off
  engine: Engine | null = null;
  process: Process | null = null;
  private born = 0;

  constructor(
    readonly account: number, private readonly time: Time, private readonly chance: Chance,
    private readonly fetch: (signIn: SignIn) => (asked: Asked) => Promise<Answered>,
    private readonly blow: (call: number) => Blow, private readonly plants: Plants = {}, private readonly limits = LIMITS,
  ) {
    this.signIn = { account, until: Number.POSITIVE_INFINITY };
  }

  /** Opens the page, if it is not open. */
  async open(): Promise<void> {
    if (this.process?.alive) return;
    this.engine = null;
    this.process = new Process(this.blow, () => { this.engine = null; });
    this.born = this.time.now;
    const process = this.process;
    const engine = await Engine.open(this.ports(process), this.account, this.limits).catch(() => null);
    if (!engine) { void process.die(); return; }
    this.engine = engine;
    void engine.run();
  }

  kill(): void {
    void this.process?.die();
  }

  /** What a person does; null where it could not be kept, or nobody was there any more to say so. */
  async does(done: Done): Promise<Held | null> {
    const held = await this.engine?.record(done).catch(() => null);
    if (!held) return null;
    this.promised.set(held.act.id, JSON.stringify(held.act));
    return held;
  }

  /** Acts as they lie on the disk, whatever the process believes. */
  held(): Held[] {
    return [...this.disk.table('act').values()] as Held[];
  }

  private ports(process: Process): Ports {
    const chance = this.chance.apart();
    const inner = this.fetch(this.signIn);
    const fetch = this.plants.fetch ? this.plants.fetch(inner, chance) : inner;
    return {
      store: this.store(process),
      fetch: (asked) => process.guard(() => fetch(asked)),
      sleep: (ms) => process.guard(() => this.time.sleep(ms)),
      now: () => this.time.now + this.skew,
      steady: () => this.time.now - this.born,
      random: chance.next,
      uuid: () => uuid(chance),
    };
  }

  private store(process: Process): Ports['store'] {
    const whole = this.disk.store(process.guard);
    const write = async (batch: readonly Write[]) => {
      for (const part of this.plants.write?.(batch) ?? [batch]) await process.guard(() => { this.disk.write(part); this.noted(part); });
    };
    return { ...whole, write };
  }

  private noted(batch: readonly Write[]): void {
    for (const { kind, key, value } of batch) {
      if (kind !== 'act' || !value) continue;
      const text = JSON.stringify((value as Held).act);
      if (this.made.has(key) && this.made.get(key) !== text) throw new Error(`act ${key} was changed on the device`);
      this.made.set(key, text);
    }
  }
}

function uuid(chance: Chance): string {
  const text = Buffer.from(chance.bytes(16)).toString('hex');
  return [text.slice(0, 8), text.slice(8, 12), `4${text.slice(13, 16)}`, `8${text.slice(17, 20)}`, text.slice(20)].join('-');
}
