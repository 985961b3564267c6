// What people do with their devices besides scoring: take a visit along, hand over, export, sign.
import { Halt } from '../../engine/asking.ts';
import { exported, imported } from '../../engine/exported.ts';
import type { Exported } from '../../engine/exported.ts';
import type { HandedRow } from '../../engine/handover.ts';
import { exportFile } from '../../engine/told.ts';
import { hex } from '../../digests/sha256.ts';
import { after, begun, closes, closing, closingAct, sealed, unseen } from '../../page/visit/model/closing.ts';
import type { Signature } from '../../page/visit/model/closing.ts';
import { awaited, giveUp } from '../../page/visit/model/losing.ts';
import { Desk } from '../../page/visit/model/desk.ts';
import { made, taken } from '../../page/visit/model/handing.ts';
import { ELEMENTS } from './book.ts';
import type { Chance } from './chance.ts';
import type { Device } from './device.ts';
import type { Files } from './files.ts';
import { UNIT } from './packing.ts';
import { nameOf } from './judging.ts';

/** null: nobody sits there, or the visit was not taken along. */
async function deskOf(device: Device, visit: string): Promise<Desk | null> {
  const { engine, account, name } = device;
  return engine && Desk.open({ engine, account, name }, visit);
}

export async function takes(device: Device, visit: string): Promise<void> {
  await device.engine?.fetch(visit).catch(() => {});
}

/** One thing at a time; a process that dies leaves the person free again. */
export async function busy(device: Device, perform: () => Promise<unknown>): Promise<void> {
  if (device.busy || !device.engine) return;
  device.busy = true;
  const { process } = device.windows.find((window) => window.engine)!;
  const gone = new Promise<void>((resolve) => process!.dying.push(resolve));
  await Promise.race([perform(), gone]).catch((error: unknown) => device.setting.ledger.wrong.push(...unexpected(error)));
  device.busy = false;
}

function unexpected(error: unknown): string[] {
  const expected = error instanceof Error && /QuotaExceeded|failed by the test/.test(error.message);
  return expected ? [] : [`unexpected: ${String(error)}`];
}

// -- hand-over ---------------------------------------------------------------------------------------------

export async function hands(from: Device, visit: string, elements: readonly string[], files: Files): Promise<string | null> {
  const desk = await deskOf(from, visit);
  if (!desk) return null;
  const text = await made(from.engine!.shelf, desk, from.name, elements);
  files.given(from, text);
  return text;
}

/** What became of the file; null: it was refused as a whole, or could not be looked at. */
export async function receives(to: Device, visit: string, text: string, files: Files): Promise<readonly string[] | null> {
  const desk = await deskOf(to, visit);
  if (!desk) return null;
  const before = new Map(ELEMENTS.map((key) => [key, row(to, visit, key)]));
  const told = await taken(to.engine!.shelf, desk, to.name, to.setting.plants.file?.(text) ?? text).catch((error: unknown) => { if (error instanceof RangeError) return null; throw error; });
  if (!told) return null;
  for (const { element, outcome } of told.told) {
    if (outcome === 'merged') files.merged(to, visit, text, element, before.get(element as 'a') ?? null, row(to, visit, element)!);
    if (outcome === 'both') to.setting.count('hand-over refused: both wrote');
  }
  return told.told.map((each) => each.outcome);
}

function row(device: Device, visit: string, element: string): HandedRow | undefined {
  return device.disk.table('handed').get(`${visit}/${element}`) as HandedRow | undefined;
}

// -- the last resort -----------------------------------------------------------------------------------------

export async function exports(device: Device): Promise<string | null> {
  const { engine, account } = device;
  if (!engine) return null;
  const file = await exported(engine.shelf, account);
  device.setting.ledger.mine(account, file.acts.map((each) => each.act.id), 'was exported');
  for (const sha of Object.keys(file.pictures)) if (!device.setting.ledger.owns(account, sha)) device.setting.ledger.wrong.push(`leak: picture ${sha} was exported`);
  return JSON.stringify(file);
}

/** How many acts of it are here now; null: it was refused as a whole. */
export async function imports(device: Device, text: string): Promise<readonly string[] | null> {
  const file = parsed(device.setting.plants.imported?.(text) ?? text);
  if (!device.engine || !exportFile(file)) return null;
  const told = await imported(device.engine.shelf, device.account, file).catch((error: unknown) => { if (error instanceof RangeError) return null; throw error; });
  device.engine?.wake();
  return told && (file as Exported).acts.map((each) => each.act.id).filter((id) => !told.damaged.includes(id));
}

export function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

// -- a colleague's tablet that is gone for good --------------------------------------------------------------

/** The leader is told what is waited for and from whose device; `gone` says which of these will never bring anything. */
export async function givesUp(device: Device, visit: string, gone: ReadonlySet<string>, anew: boolean): Promise<void> {
  const desk = await deskOf(device, visit);
  if (!desk?.me?.leads || desk.packet.head['sheet_state'] === 'closed') return;
  for (const lost of awaited(desk).filter((each) => gone.has(each.device) || !each.device)) {
    const had = desk.acts.length;
    const many = await giveUp(device.engine!, desk, lost, '进水，不能开机', anew).catch((error: unknown) => { if (error instanceof Halt) return 0; throw error; });
    if (many) device.setting.count('device given up');
    if (desk.acts.length > had + 1) device.setting.count('copies recorded anew');
    for (const held of desk.acts.slice(had)) device.promised.set(held.act.id, JSON.stringify(held.act));
  }
}

// -- meetings and signatures ----------------------------------------------------------------------------------

export async function begins(device: Device, visit: string): Promise<void> {
  const own = device.held().some((held) => held.act.visit === visit && held.act.act === 'reviews.begin@1' && held.state !== 'refused');
  if (!own) await device.does({ act: 'reviews.begin@1', visit, input: { attendance: [], summary: `首次会议 ${visit}` } });
}

/** The leader, over what this device holds; nothing where the page would not let them. */
export async function signs(device: Device, visit: string, chance: Chance): Promise<boolean> {
  const desk = await deskOf(device, visit);
  if (!desk?.me?.leads || !begun(desk) || sealed(desk) || unseen(desk) || desk.open.some((held) => !closes(held))) return false;
  const inks = [device.account, UNIT].map((account) => [account, chance.bytes(chance.between(20, 60))] as const);
  for (const [, png] of inks) device.setting.ledger.bytes.set(hex(png), png);
  const signatures = inks.map(([account, png]): Signature => (
    { side: account === UNIT ? 'unit' : 'team', account, name: nameOf(account), image: hex(png), signed_at: '', remark: '' }));
  const input = { attendance: [], summary: `末次会议 ${visit}`, closing: closing(desk, signatures), after: after(desk) };
  const done = { act: closingAct(desk), visit, input, pictures: inks.map(([, png]) => png) };
  if (!(await device.does(done))) return false;
  device.setting.count('closing signed');
  if (input.after.length) device.setting.count('closing waited for colleagues');
  return true;
}

