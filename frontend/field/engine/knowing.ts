// What the server still knows (§9). A server restored from a backup gets again what it lost; and nothing is
// forgotten here on the word of a number alone: the server is asked for each act by its id first. (Receipts are
// numbered anew after a restore, so that a watermark could pass the number of an act the backup never had.)
import { ask, Halt, json } from './asking.ts';
import { fetchPacket } from './packets.ts';
import type { Limits, Ports, Write } from './ports.ts';
import { actRow, pictureRow } from './shelf.ts';
import type { Held, ServerMark, Shelf } from './shelf.ts';
import { known } from './told.ts';
import { FIELD } from './wire.ts';
import type { Known, Session } from './wire.ts';

const TRUSTED = 5 * 60_000; // ms: a server restored to where its watermark stood looks like the one before

/** Is it time to ask what the server still knows? `asked` is empty where something showed that it was restored. */
export function another(mark: ServerMark, session: Session): boolean {
  const restored = session.epoch !== mark.epoch || session.watermark < mark.watermark;
  const since = Date.parse(session.now) - Date.parse(mark.asked);
  return restored || !(since >= 0 && since < TRUSTED);
}

/** Asks for everything delivered and not yet forgotten; queues again what is missing. */
export async function recall(ports: Ports, shelf: Shelf, limits: Limits, csrf: string, session: Session): Promise<void> {
  const delivered = [...shelf.acts.values()].filter((held) => held.receipt > 0);
  const rows = await again(ports, shelf, limits, csrf, delivered);
  const mark: ServerMark = { epoch: session.epoch, watermark: session.watermark, asked: session.now, highest: 0 };
  await shelf.write([...rows, { kind: 'meta', key: 'server', value: mark }]);
}

/** Forgets what lies in a verified backup, is known by id, has been seen, and stands in the packet held. */
export async function forget(ports: Ports, shelf: Shelf, limits: Limits, csrf: string): Promise<boolean> {
  const passed = [...shelf.acts.values()].filter((held) => forgettable(held, shelf.meta.server.watermark));
  for (const visit of new Set(passed.filter((held) => !inPacket(shelf, held)).map((held) => held.act.visit))) {
    await fetchPacket(ports, shelf, csrf, visit);
  }
  const going = passed.filter((held) => inPacket(shelf, held));
  if (!going.length) return false;
  const rows = await again(ports, shelf, limits, csrf, going);
  const lost = new Set(rows.map((row) => row.key));
  const gone = going.filter((held) => !lost.has(held.act.id) && !held.needs.some((sha) => lost.has(sha)));
  await shelf.write([...rows, ...away(shelf, gone)]);
  return rows.length > 0;
}

function forgettable(held: Held, watermark: number): boolean {
  return held.receipt > 0 && held.receipt <= watermark && held.seen;
}

/** Without a packet nobody looks at the visit here. */
function inPacket(shelf: Shelf, held: Held): boolean {
  return (shelf.covered.get(held.act.visit) ?? held.receipt) >= held.receipt;
}

/** Rows that put back into the queue what the server does not know. */
async function again(ports: Ports, shelf: Shelf, limits: Limits, csrf: string, held: readonly Held[]): Promise<Write[]> {
  const rows: Write[] = [];
  for (let at = 0; at < held.length; at += limits.known) {
    const asked = held.slice(at, at + limits.known);
    const answered = await question(ports, csrf, asked);
    const missing = new Set(answered.missing);
    const lost = asked.filter((each) => missing.has(each.act.id));
    rows.push(...lost.map((each) => actRow({ ...each, state: 'queued', receipt: 0, version: 0, seen: false })));
    const bytes = new Set([...answered.pictures, ...lost.flatMap((each) => each.needs)]);
    for (const sha of bytes) rows.push(...unsent(shelf, sha));
  }
  return rows;
}

async function question(ports: Ports, csrf: string, held: readonly Held[]): Promise<Known> {
  const ids = held.map((each) => each.act.id);
  const pictures = [...new Set(held.flatMap((each) => (each.state === 'stored' ? each.needs : [])))];
  const body = json({ dabiao: FIELD, ids, pictures });
  const told = await ask(ports, { method: 'POST', path: '/field/known', body }, csrf);
  if (!known(told.body)) throw new Halt('waiting');
  return told.body;
}

function unsent(shelf: Shelf, sha: string): Write[] {
  const picture = shelf.pictures.get(sha);
  return picture ? [pictureRow({ ...picture, tried: true, complete: false })] : [];
}

/** Acts, and pictures that no act left here names. */
function away(shelf: Shelf, gone: readonly Held[]): Write[] {
  const ids = new Set(gone.map((held) => held.act.id));
  const needed = new Set([...shelf.acts.values()].filter((held) => !ids.has(held.act.id)).flatMap((held) => held.needs));
  const bytes = [...new Set(gone.flatMap((held) => held.needs))].filter((sha) => !needed.has(sha));
  return [
    ...[...ids].map((key): Write => ({ kind: 'act', key, value: undefined })),
    ...bytes.flatMap((key): Write[] => [{ kind: 'bytes', key, value: undefined }, { kind: 'picture', key, value: undefined }]),
  ];
}
