// A colleague's device is gone for good, with acts that were handed over here and that it never delivered. Whoever leads says so, with
// a reason; what was handed over may be recorded anew in the leader's own name. Nothing counts as the colleague's that they did not deliver.
import type { Engine } from '../../../engine/engine.ts';
import { originsOf, standing, together } from '../../../engine/handover.ts';
import type { HandedRow, Origin } from '../../../engine/handover.ts';
import type { Write } from '../../../engine/ports.ts';
import type { SheetRecord } from '../../../digests/sheet.ts';
import { after, given } from './closing.ts';
import type { Desk } from './desk.ts';
import { lineOf } from './desk.ts';

export const DECLARE = 'sheets.declare_lost@1';
const ANSWER = 'sheets.record_answer@1';

/** What is waited for, by the device it is on; a device of no name: a closing waits for it, and the copies are gone. */
export function awaited(desk: Desk): Origin[] {
  const over = new Set(declared(desk).flatMap((each) => each.acts));
  const left = new Set([...after(desk), ...named(desk)].filter((id) => !over.has(id)));
  const told = together(desk.handed.flatMap(originsOf)).map((each) => ({ ...each, acts: each.acts.filter((id) => left.has(id)) }));
  const known = new Set(told.flatMap((each) => each.acts));
  return [...told, { device: '', by: '', acts: [...left].filter((id) => !known.has(id)) }].filter((each) => each.acts.length);
}

/** A closing on its way waits for these. */
function named(desk: Desk): readonly string[] {
  const held = given(desk)?.held;
  return held?.state === 'queued' ? ((held.act.input['after'] ?? []) as string[]) : [];
}

export interface Declared extends Origin {
  readonly reason: string;
  readonly at: string;
}

export function declared(desk: Desk): Declared[] {
  const own = desk.acts.filter((held) => held.act.act === DECLARE && (held.state === 'queued' || held.state === 'stored'));
  return own.map(({ act }) => ({ ...(act.input as unknown as Omit<Declared, 'at'>), at: act.done_at }));
}

/** Answers and pictures of theirs that are here as copies, and that the server has not. */
export function copies(desk: Desk, lost: Origin): [string, SheetRecord][] {
  const found = standing(rowsOf(desk, lost), desk.packet);
  return [...found].flatMap(([line, { from: _, ...record }]) => (theirs(record, lost) && !there(desk, line, record) ? [[line, record] as [string, SheetRecord]] : []));
}

function rowsOf(desk: Desk, lost: Origin): HandedRow[] {
  const ids = new Set(lost.acts);
  return desk.handed.filter((row) => row.acts.some((id) => ids.has(id)));
}

function theirs(record: SheetRecord, lost: Origin): boolean {
  return !lost.by || record.by === lost.by;
}

function there(desk: Desk, line: string, record: SheetRecord): boolean {
  return answered(desk, line, record) && record.pictures.every((each) => shown(desk, line, each.digest));
}

/** On the server as it is, or recorded anew here before. */
function answered(desk: Desk, line: string, record: SheetRecord): boolean {
  const told = desk.packet.answers[line];
  const own = desk.acts.some((held) => lineOf(held) === line && held.act.act === ANSWER && (held.state === 'queued' || held.state === 'stored'));
  return own || (told?.by === record.by && told.done_at === record.done_at);
}

function shown(desk: Desk, line: string, digest: string): boolean {
  const own = desk.acts.some((held) => lineOf(held) === line && held.act.input['picture'] === digest);
  return own || (desk.packet.answers[line]?.pictures ?? []).some((each) => each.digest === digest);
}

/** How many acts are waited for no more; 0: they have come by now. Rejects with a `Halt` without a signal: the server is asked first. */
export async function giveUp(engine: Engine, desk: Desk, lost: Origin, reason: string, anew: boolean): Promise<number> {
  await engine.fetch(desk.visit);
  const still = await engine.awaited(lost.acts);
  if (!(await desk.reload())) throw new RangeError('评定标准有更新，请回到现场首页再办');
  if (!still.size) return 0;
  if (anew) for (const [line, record] of copies(desk, lost)) await takeOver(engine, desk, line, record);
  const acts = [...still];
  await desk.next(() => ({ act: DECLARE, input: { device: lost.device, by: lost.by, acts, reason }, also: released(desk, lost, still) }));
  await desk.reload();
  engine.wake();
  return acts.length;
}

/** In the leader's name: it is the leader who vouches for a copy. Answer first, so that a kill in between is gone on from. */
async function takeOver(engine: Engine, desk: Desk, line: string, { answer, pictures, ...record }: SheetRecord): Promise<void> {
  const based_on = desk.packet.answers[line]?.version ?? 0;
  if (!answered(desk, line, { answer, pictures, ...record })) await desk.next(() => ({ act: ANSWER, input: { line, answer }, based_on }));
  for (const { digest, words } of pictures) {
    const bytes = shown(desk, line, digest) ? undefined : await engine.shelf.bytes(digest);
    if (bytes) await desk.next(() => ({ act: 'sheets.attach_picture@1', input: { line, picture: digest, caption: words, source: 'gallery' }, pictures: [bytes] }));
  }
}

/** The copies stand here no more; what others handed over with them stays. */
function released(desk: Desk, lost: Origin, gone: ReadonlySet<string>): Write[] {
  return rowsOf(desk, lost).map((row): Write => {
    const acts = row.acts.filter((id) => !gone.has(id));
    const origins = originsOf(row).map((each) => ({ ...each, acts: each.acts.filter((id) => !gone.has(id)) })).filter((each) => each.acts.length);
    const records = Object.fromEntries(Object.entries(row.records).filter(([, record]) => !theirs(record, lost)));
    return { kind: 'handed', key: `${desk.visit}/${row.key}`, value: acts.length ? { ...row, acts, origins, records } : undefined };
  });
}
