// How the model server judges one act (docs/field-protocol.md, §5).
import { answerDigest, differing, parts, root } from '../../digests/sheet.ts';
import type { Part, SheetRecord } from '../../digests/sheet.ts';
import { moment } from '../../engine/times.ts';
import type { Act, Outcome } from '../../engine/wire.ts';
import type { Answer } from '../../scoring/values.ts';
import { BOOK } from './book.ts';
import type { Data, Receipt, Row } from './data.ts';

/** The office's side of a visit: whether it goes on, who works there, whose the closing is. */
export interface Visit {
  open: boolean;
  readonly kind: 'review' | 'initial';
  readonly team: Set<number>;
  leader: number;
}

export interface Desk {
  readonly data: Data;
  readonly visits: ReadonlyMap<string, Visit>;
  readonly now: number;
  readonly merging: boolean; // a bug: a closing that does not match closes all the same
  readonly statement: () => void; // each asks; it may throw
}

export interface Closing {
  readonly covered: readonly Part[];
  readonly root: string;
  readonly signatures: readonly { readonly side: string; readonly account: number; readonly image: string }[];
}

type Judged = Exclude<Outcome, { outcome: 'waiting' }> | Waiting;
type Waiting = Extract<Outcome, { outcome: 'waiting' }>;
const NO_ROW: Row = { version: 0, record: null, pictures: [] };

export function nameOf(account: number): string {
  return `示例${account}`;
}

export function judged(desk: Desk, act: Act, account: number): Judged {
  const base = typeof act.based_on === 'string' ? desk.data.receipts.get(act.based_on) : undefined;
  if (typeof act.based_on === 'string' && !base) return waits(act, [], [act.based_on]);
  const visit = desk.visits.get(act.visit);
  if (!visit?.open) return refused(desk, act, '这次现场工作已经结束');
  if (!visit.team.has(account)) return refused(desk, act, '您已不在这次评审组中');
  const name = act.act.split('@')[0];
  if (name === 'reviews.begin') return begun(desk, act, visit, account);
  if (!desk.data.sheet(act.visit).begun && visit.kind === 'review') return waits(act, [], []);
  if (name === 'reviews.conclude' || name === 'sheets.close') return closed(desk, act, visit, account);
  if (desk.data.sheet(act.visit).closed) return refused(desk, act, '评分表已经关闭');
  if (name === 'sheets.declare_lost') return lost(desk, act, visit, account);
  return written(desk, act, account, base);
}

function begun(desk: Desk, act: Act, visit: Visit, account: number): Judged {
  if (visit.leader !== account || desk.data.sheet(act.visit).begun) return refused(desk, act, '首次会议由组长记录一次');
  return done(desk, act, '', { begun: true }, {});
}

function written(desk: Desk, act: Act, account: number, base: Receipt | undefined): Judged {
  const { line, answer, picture, caption } = act.input as { line: string; answer?: Answer; picture?: string; caption?: string };
  if (picture && !desk.data.uploads.has(`${account}/${picture}`)) return waits(act, [picture], []);
  const place = `${act.visit}/${line}`;
  const row = desk.data.rows.get(place) ?? NO_ROW;
  const twice = desk.data.effects.some((each) => each.id === act.id); // only where a receipt is not looked for: that is no second act
  if (picture && !twice && row.pictures.some((each) => each.digest === picture)) return { id: act.id, outcome: 'stored', receipt: desk.data.number(), digest: `sha256:${picture}` };
  if (!answer) {
    desk.data.put(desk.data.rows, place, { ...row, pictures: [...row.pictures, { digest: picture!, words: caption ?? '' }] });
    return done(desk, act, line, {}, { digest: `sha256:${picture}` });
  }
  const expected = base ? (base.outcome.outcome === 'stored' ? base.outcome.version ?? -1 : -1) : act.based_on;
  if (expected !== row.version) return { ...refused(desk, act, '他人已经改过'), outcome: 'conflict', theirs: null, version: row.version };
  const record = { answer, by: nameOf(account), done_at: [act.done_at, moment(desk.now)].sort()[0]! };
  desk.data.put(desk.data.rows, place, { ...row, record, version: row.version + 1 });
  return done(desk, act, line, {}, { version: row.version + 1, digest: answerDigest(answer), done_at: record.done_at });
}

/** All parts the same, or nothing closes and the whole is kept as signed, not matching. */
function closed(desk: Desk, act: Act, visit: Visit, account: number): Judged {
  const { closing, after = [] } = act.input as { closing: Closing; after?: string[] };
  const open = !desk.data.sheet(act.visit).closed;
  const unfounded = open && visit.leader === account ? after.filter((id) => !desk.data.receipts.has(id) && !desk.data.lost.has(id)) : [];
  if (unfounded.length) return waits(act, [], unfounded);
  const missing = closing.signatures.map((each) => each.image).filter((sha) => !desk.data.uploads.has(`${account}/${sha}`));
  if (missing.length) return waits(act, missing, []);
  if (!open || visit.leader !== account) return refused(desk, act, '已经关闭，或者您不是组长');
  const sides = new Set(closing.signatures.map((each) => each.side));
  if (!sides.has('team') || (visit.kind === 'review' && !sides.has('unit'))) return refused(desk, act, '还差企业一方签字');
  const differs = differing(held(desk.data, act.visit), closing.covered);
  if ((differs.length || root(closing.covered) !== closing.root) && !desk.merging) return { ...refused(desk, act, '签字的内容与系统中的不一致'), outcome: 'conflict', differs };
  return done(desk, act, '', { closed: act.id }, { digest: closing.root });
}

/** Of a colleague's acts those that never came are waited for no more; nothing else is another by that. */
function lost(desk: Desk, act: Act, visit: Visit, account: number): Judged {
  if (visit.leader !== account) return refused(desk, act, '由组长声明');
  const { acts } = act.input as { acts: readonly string[] };
  for (const id of acts.filter((each) => !desk.data.receipts.has(each))) desk.data.put(desk.data.lost, id, act.visit);
  return done(desk, act, '', {}, {});
}

/** What the server has, as it is signed. */
export function held(data: Data, visit: string): Part[] {
  const rows = [...data.standing(visit)].flatMap(([line, { record, pictures }]) => (record ? [[line, { ...record, pictures }] as [string, SheetRecord]] : []));
  return parts(BOOK, new Map(rows));
}

function done(desk: Desk, act: Act, line: string, change: object, told: object): Judged {
  desk.statement();
  desk.data.take(act);
  desk.data.enter(act.visit, line, moment(desk.now), change);
  return { id: act.id, outcome: 'stored', receipt: desk.data.number(), ...told };
}

function waits(act: Act, needs: readonly string[], acts: readonly string[]): Waiting {
  return { id: act.id, outcome: 'waiting', needs, acts };
}

function refused({ data }: Desk, { id }: Act, text: string): Extract<Outcome, { outcome: 'refused' }> {
  return { id, outcome: 'refused', receipt: data.number(), text, clause: '' };
}
