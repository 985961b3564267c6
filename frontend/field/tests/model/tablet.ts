// A tablet and its browser: one cookie, one store a person, and locks that die with whoever holds them.
import { Disk } from './disk.ts';
import type { Process } from './process.ts';
import type { SignIn } from './server.ts';

type Holding = (lock: Lock | null) => unknown;

export class Tablet {
  readonly signIn: SignIn = { account: null, until: Number.POSITIVE_INFINITY };
  broken = false;
  readonly disks = new Map<number, Disk>();
  private readonly holders = new Map<string, Process>();

  /** `shared` is a bug: one store for everybody. */
  constructor(readonly serial: number, private readonly shared = false) {}

  disk(account: number): Disk {
    const key = this.shared ? 0 : account;
    const disk = this.disks.get(key) ?? new Disk();
    this.disks.set(key, disk);
    return disk;
  }

  set full(full: boolean) {
    for (const disk of this.disks.values()) disk.full = full;
  }

  /** What `navigator.locks` is to one window. */
  locks(process: Process): { request(name: string, options: object, holding: Holding): Promise<void> } {
    return { request: (name, _, holding) => this.request(process, name, holding) };
  }

  private async request(process: Process, name: string, holding: Holding): Promise<void> {
    if (this.holders.get(name)?.alive) return void (await holding(null));
    this.holders.set(name, process);
    await holding({ name, mode: 'exclusive' });
    if (this.holders.get(name) === process) this.holders.delete(name);
  }
}
