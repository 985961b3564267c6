// A page's process: every call to the outside goes through it, and at one of them it may be killed or refused.

export type Blow = 'none' | 'kill before' | 'kill after' | 'fail before';

const NEVER = new Promise<never>(() => {});

export class Process {
  alive = true;
  calls = 0;
  readonly dying: (() => void)[] = []; // told too

  /** `blow` says what happens at the n-th call; `killed` is told when the process dies. */
  constructor(private readonly blow: (call: number) => Blow, private readonly killed: () => void) {}

  guard = async <T>(perform: () => T | Promise<T>): Promise<T> => {
    if (!this.alive) return NEVER;
    this.calls += 1;
    const blow = this.blow(this.calls);
    if (blow === 'kill before') return this.die();
    if (blow === 'fail before') throw new Error('failed by the test');
    const result = await perform();
    if (!this.alive) return NEVER;
    return blow === 'kill after' ? this.die() : result;
  };

  /** Whoever waits for this process waits for ever. */
  die(): Promise<never> {
    if (!this.alive) return NEVER;
    this.alive = false;
    this.killed();
    for (const told of this.dying) told();
    return NEVER;
  }
}
