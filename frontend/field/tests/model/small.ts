// A small visit, the same every time: two answers that hang together and a picture of three pieces.
import { hex } from '../../digests/sha256.ts';
import { Chance } from './chance.ts';
import { Device } from './device.ts';
import type { Stage } from './invariants.ts';
import { fetching } from './network.ts';
import type { Blow } from './process.ts';
import { Server } from './server.ts';
import { Time } from './time.ts';

const MINUTE = 60_000;
const VISIT = 'review-1';

export interface Small extends Stage {
  readonly calls: number; // of the device to the outside
  readonly statements: number; // of the server
}

/** `blow` says what happens at the n-th call of all processes together, `fails` which statement fails. */
export async function small(blow: (call: number) => Blow, fails = 0): Promise<Small> {
  const time = new Time();
  const chance = new Chance(7);
  const server = new Server(() => time.now);
  const count = { calls: 0, statements: 0 };
  server.visits.set(VISIT, { open: true, team: new Set([1]) });
  server.statement = () => {
    count.statements += 1;
    if (count.statements === fails) throw new Error('statement failed');
  };
  const fetch = (signIn: Device['signIn']) => fetching({ time, chance, server, signIn, fault: () => null });
  const device = new Device(1, time, chance, fetch, () => blow(count.calls += 1));
  const bytes = chance.bytes(120);
  await visit(time, device, bytes);
  server.backUp(); // and what may be forgotten is
  await time.until(time.now + 30 * MINUTE);
  server.restore(true);
  return { devices: [device], server, bytes: new Map([[hex(bytes), bytes]]), ...count };
}

async function visit(time: Time, device: Device, bytes: Uint8Array): Promise<void> {
  const again = () => { void device.open(); time.after(MINUTE, again); };
  again();
  let first: string | number = 0;
  const answer = (words: string) => ({ act: 'sheets.record_answer@1', visit: VISIT, input: { line: '1', answer: { verdict: 'conforms', words } }, based_on: first });
  const picture = { act: 'sheets.attach_picture@1', visit: VISIT, input: { line: '1', picture: hex(bytes), caption: '东门', source: 'camera' }, pictures: [bytes] };
  time.after(2 * MINUTE, () => void device.does(answer('甲')).then((held) => { first = held?.act.id ?? 0; }));
  time.after(4 * MINUTE, () => void device.does(picture));
  time.after(6 * MINUTE, () => void device.does(answer('乙')));
  await time.until(time.now + 25 * MINUTE);
}
