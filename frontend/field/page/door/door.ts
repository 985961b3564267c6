// The door: who is at the device, their PIN, then their store is open. What is known here is shown at once; who is signed
// in is asked meanwhile, and nothing waits for the answer.
import { Vault } from '../../store/dexie.ts';
import type { Session } from '../../engine/wire.ts';
import { claim, sit } from '../seat.ts';
import type { Release, Seat } from '../seat.ts';
import type { Store } from '../../engine/ports.ts';
import { choosing } from './choosing.ts';
import { enrolling } from './enrolling.ts';
import { forgetting } from './forgetting.ts';
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
  private choosing = false;
  private told = '';
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
  }

  private readonly ask = async (): Promise<void> => {
    this.met = await meet();
    if (this.choosing) this.choose();
  };

  choose(): void {
    this.choosing = true;
    this.show(choosing(this, this.told));
  }

  unlock(person: Person): void {
    this.leaveList();
    this.show(unlocking(this, person, this.told));
    this.told = '';
  }

  enrol(session: Session): void {
    this.leaveList();
    this.show(enrolling(this, session));
  }

  forget(person: Person): void {
    this.leaveList();
    this.show(forgetting(this, person));
  }

  async enter(person: Person, vault: Vault, open: () => Promise<Store>): Promise<void> {
    const release: Release | null = await claim(person.account);
    if (!release) throw new RangeError(TAKEN);
    try {
      const seat = await sit(vault, await open(), person.name, release);
      remember(localStorage, person);
      removeEventListener('online', this.ask);
      this.leaveList();
      this.into(seat);
    } catch (error) {
      release();
      throw error;
    }
  }

  strike(account: number): void {
    strike(localStorage, account);
  }

  private leaveList(): void {
    this.choosing = false;
  }

  private show(node: HTMLElement): void {
    this.host.replaceChildren(node);
    node.querySelector<HTMLElement>('[data-first], h1')?.focus();
  }
}
