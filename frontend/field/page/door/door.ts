// The door: who is at the device, their PIN, then their store is open. What is known here is shown at once; who is signed
// in is asked meanwhile, and nothing waits for the answer.
import { Vault } from '../../store/dexie.ts';
import type { Session } from '../../engine/wire.ts';
import { claim, sit } from '../seat.ts';
import type { Release, Seat } from '../seat.ts';
import type { Store } from '../../engine/ports.ts';
import { Asking } from './asking.ts';
import { choosing } from './choosing.ts';
import { enrolling } from './enrolling.ts';
import { forgetting, owner } from './forgetting.ts';
import { meet } from './meeting.ts';
import type { Met } from './meeting.ts';
import { people, remember, strike } from './people.ts';
import type { Person } from './people.ts';
import { unlocking } from './unlocking.ts';

/** What steps at the door may do. */
export interface Hall {
  met: Met | null; // null: not answered yet
  readonly people: () => readonly Person[];
  choose(): void;
  /** Asks at once who is signed in. */
  ask(): Promise<void>;
  unlock(person: Person): void;
  enrol(session: Session): void;
  forget(person: Person): void;
  /** The store is open: in. */
  enter(person: Person, vault: Vault, open: () => Promise<Store>): Promise<void>;
  strike(account: number): void;
}

export const TAKEN = '您的内容已在另一个窗口打开。请到那个窗口继续，或者把它关掉再试。';

export function door(host: HTMLElement, told = '', last: Person | null = null): Promise<Seat> {
  return new Promise((resolve) => new Door(host, resolve).open(told, last));
}

class Door implements Hall {
  met: Met | null = null;
  private told = '';
  private again: (() => void) | null = null; // draws the step anew where it tells who is signed in
  private readonly asking = new Asking(meet, (met) => this.heard(met));
  readonly ask = this.asking.wake;
  readonly people = (): readonly Person[] => people(localStorage);

  constructor(private readonly host: HTMLElement, private readonly into: (seat: Seat) => void) {}

  open(told: string, last: Person | null): void {
    this.told = told;
    const known = this.people();
    const only = known.length === 1 ? known[0]! : null;
    const first = last ?? only;
    if (first) this.unlock(first);
    else this.choose();
    void this.ask();
    addEventListener('online', this.ask);
    document.addEventListener('visibilitychange', this.seen);
  }

  private readonly seen = (): void => { if (!document.hidden) void this.ask(); };

  /** The same again is no news: nothing is drawn anew under the thumb. */
  private heard(met: Met): void {
    const before = this.met;
    this.met = met;
    if (!before || said(before) !== said(met)) this.again?.();
  }

  choose(): void {
    this.show(choosing(this, this.told), () => this.choose());
  }

  unlock(person: Person): void {
    this.show(unlocking(this, person, this.told));
    this.told = '';
  }

  enrol(session: Session): void {
    this.show(enrolling(this, session));
  }

  forget(person: Person): void {
    const owned = owner(this, person) !== null;
    this.show(forgetting(this, person), owned ? null : () => this.forget(person));
  }

  async enter(person: Person, vault: Vault, open: () => Promise<Store>): Promise<void> {
    const release: Release | null = await claim(person.account);
    if (!release) throw new RangeError(TAKEN);
    try {
      const seat = await sit(vault, await open(), person.name, release);
      remember(localStorage, person);
      this.leave();
      this.into(seat);
    } catch (error) {
      release();
      throw error;
    }
  }

  strike(account: number): void {
    strike(localStorage, account);
  }

  private leave(): void {
    this.again = null;
    this.asking.stop();
    removeEventListener('online', this.ask);
    document.removeEventListener('visibilitychange', this.seen);
  }

  private show(node: HTMLElement, again: (() => void) | null = null): void {
    this.again = again;
    this.host.replaceChildren(node);
    node.querySelector<HTMLElement>('[data-first], h1')?.focus();
  }
}

/** What of it a step shows. */
function said(met: Met): string {
  return met.kind === 'session' ? `${met.session.account} ${met.session.name}` : JSON.stringify([met.kind, 'text' in met ? met.text : '']);
}
