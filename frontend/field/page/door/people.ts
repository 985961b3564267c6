// Who has a store on this device. Names and how much is undelivered lie open, for the list at the door; nothing else does.

export interface Person {
  readonly account: number;
  readonly name: string;
  readonly left: number; // acts not delivered when last seen
}

const KEY = 'dabiao.field.people';

export type Kept = Pick<Storage, 'getItem' | 'setItem'>;

export function people(kept: Kept): readonly Person[] {
  try {
    const told: unknown = JSON.parse(kept.getItem(KEY) ?? '[]');
    return Array.isArray(told) ? told.filter(isPerson) : [];
  } catch {
    return [];
  }
}

/** A new person, or a new name or count of one who is here; the last at the device stands first. */
export function remember(kept: Kept, person: Person): void {
  write(kept, [person, ...people(kept).filter((each) => each.account !== person.account)]);
}

export function strike(kept: Kept, account: number): void {
  write(kept, people(kept).filter((each) => each.account !== account));
}

/** Where the browser keeps nothing (a private window) the list is simply empty next time. */
function write(kept: Kept, all: readonly Person[]): void {
  try {
    kept.setItem(KEY, JSON.stringify(all));
  } catch {
    return;
  }
}

function isPerson(told: unknown): told is Person {
  const { account, name, left } = (told ?? {}) as Partial<Person>;
  return Number.isSafeInteger(account) && typeof name === 'string' && Number.isSafeInteger(left);
}
