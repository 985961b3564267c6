// When something was done: the device's clock set right by the last contact, and how far it may be off (§6).

export interface Contact {
  readonly offset: number; // server's clock minus ours, ms
  readonly roundtrip: number;
  readonly wall: number; // our clock at that moment
  readonly steady: number;
  readonly opened: string; // the opening of the page that `steady` counts from
}

export interface Stamp {
  readonly done_at: string;
  readonly uncertainty: number;
}

const BASE = 1000;
const DRIFT = 50e-6;
const DAY = 86_400_000;
const JUMP = 5000; // wall and steady clock apart by more than this: somebody set the clock

/** The answer lies somewhere in the round trip: its middle is taken, the whole of it stays uncertain. */
export function contacted(server: string, asked: number, answered: number, steady: number, opened: string): Contact {
  const roundtrip = Math.max(0, answered - asked);
  return { offset: Date.parse(server) - Math.round((asked + answered) / 2), roundtrip, wall: answered, steady, opened };
}

export function stamp(contact: Contact | null, wall: number, steady: number, opened: string): Stamp {
  if (!contact) return { done_at: moment(wall), uncertainty: DAY };
  const away = wall - contact.wall;
  const same = contact.opened === opened;
  const jumped = same ? Math.abs(away - (steady - contact.steady)) > JUMP : away < 0;
  const grown = Math.round(BASE + Math.abs(away) * DRIFT);
  return { done_at: moment(wall + contact.offset), uncertainty: jumped ? DAY : Math.max(grown, contact.roundtrip) };
}

/** UTC with six decimals. */
export function moment(ms: number): string {
  return new Date(ms).toISOString().replace('Z', '000Z');
}
