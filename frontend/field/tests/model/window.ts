// One window of the page: a process that takes the lock of a person's store, runs the engine, and may be killed.
import { Engine } from '../../engine/engine.ts';
import type { Limits, Ports } from '../../engine/ports.ts';
import { claim } from '../../page/seat.ts';
import type { Release } from '../../page/seat.ts';
import { Process } from './process.ts';
import type { Blow } from './process.ts';
import type { Tablet } from './tablet.ts';

export class Window {
  engine: Engine | null = null;
  process: Process | null = null;
  private opening: Promise<boolean> = Promise.resolve(true);

  /** `ports` are those of a process; `lawless` is a bug: a window that does not ask for the lock. */
  constructor(
    private readonly tablet: Tablet, private readonly account: number, private readonly blow: (call: number) => Blow,
    private readonly ports: (process: Process) => Ports, private readonly lawless: boolean,
  ) {}

  /** false: another window has the store, and this one says so and is closed. */
  open(limits: Limits): Promise<boolean> {
    if (!this.process?.alive) this.opening = this.opened(limits);
    return this.opening;
  }

  private async opened(limits: Limits): Promise<boolean> {
    this.engine = null;
    const process = this.process = new Process(this.blow, () => { this.engine = null; });
    const release = this.lawless ? () => {} : await claimed(this.tablet, process, this.account);
    if (!release) { void process.die(); return false; }
    const dead = new Promise<null>((resolve) => process.dying.push(() => resolve(null)));
    const engine = await Promise.race([Engine.open(this.ports(process), this.account, limits).catch(() => null), dead]);
    if (!engine || !process.alive) { void process.die(); return true; }
    this.engine = engine;
    void engine.run().then(() => { release(); void process.die(); });
    return true;
  }

  /** The person locks the page or closes it: the engine ends its round, then the store is free. */
  leave(): void {
    this.engine?.stop();
    this.engine = null;
  }
}

/** The page's own asking for the lock, of this tablet's browser. */
function claimed(tablet: Tablet, process: Process, account: number): Promise<Release | null> {
  Object.defineProperty(globalThis, 'navigator', { value: { locks: tablet.locks(process) }, configurable: true });
  return claim(account);
}
