// Both sides sign on the spot (§5 Closing): what is covered, what stands against it, and what became of a signature given.
import { differing, parts, root } from '../../../digests/sheet.ts';
import type { Part } from '../../../digests/sheet.ts';
import type { Person } from '../../../engine/packets.ts';
import type { Held } from '../../../engine/shelf.ts';
import type { Desk } from './desk.ts';
import { lineOf } from './desk.ts';
import { standing } from '../../../engine/handover.ts';
import { NEXT, TEAMS } from './words.ts';

export const MOST_IMAGE = 256 * 1024; // bytes of a signature, as the server takes them
const CLOSES = /^(reviews\.conclude|sheets\.close)@/;

export interface Signature {
  readonly side: 'team' | 'unit';
  readonly account: number;
  readonly name: string;
  readonly image: string; // SHA-256 of the PNG
  readonly signed_at: string;
  readonly remark: string;
}

export interface Closing {
  readonly covered: readonly Part[];
  readonly root: string;
  readonly performance: null;
  readonly signatures: readonly Signature[];
}

export function closes(held: Held): boolean {
  return CLOSES.test(held.act.act);
}

/** On-site review: in the closing meeting; elsewhere by itself. */
export function closingAct(desk: Desk): 'reviews.conclude@1' | 'sheets.close@1' {
  return desk.has('reviews.conclude@1') ? 'reviews.conclude@1' : 'sheets.close@1';
}

/** Has the sheet been opened, here or on the server? */
export function begun(desk: Desk): boolean {
  return desk.packet.head['sheet'] !== null || desk.acts.some((held) => held.act.act.startsWith('reviews.begin@') && (held.state === 'queued' || held.state === 'stored'));
}

export function covered(desk: Desk): Part[] {
  return parts(desk.book, desk.records);
}

export function closing(desk: Desk, signatures: readonly Signature[]): Closing {
  const all = covered(desk);
  return { covered: all, root: root(all), performance: null, signatures };
}

/** Acts of colleagues that came device to device and are signed over here: the closing waits for them. */
export function after(desk: Desk): string[] {
  const froms = new Set([...standing(desk.handed, desk.packet).values()].map((each) => each.from));
  return [...new Set(desk.handed.filter((row) => froms.has(row.by)).flatMap((row) => row.acts))];
}

export interface Obstacle {
  readonly text: string;
  readonly leads: '' | 'missing' | 'open' | 'meeting'; // where to mend it
}

/** What stands against signing now; empty: nothing. */
export function obstacles(desk: Desk): Obstacle[] {
  const found: Obstacle[] = [];
  if (!desk.me?.leads) found.push({ text: '由组长在组长的设备上签字关闭。请把您的要素移交给组长。', leads: '' });
  if (!begun(desk)) found.push({ text: '还没有记录首次会议。', leads: 'meeting' });
  if (desk.gaps.length) found.push({ text: `还有 ${desk.gaps.length} 处没有完成；本机应当有全部要素的内容，缺的请由同组人员移交，或者联网更新。`, leads: 'missing' });
  const open = desk.open.filter((held) => !closes(held));
  if (open.length) found.push({ text: `有 ${new Set(open.map((held) => lineOf(held) || held.act.id)).size} 项与服务器上的不一致或者没有被采用，请先处理。`, leads: 'open' });
  return found;
}

export interface Given {
  readonly held: Held;
  readonly closing: Closing;
  readonly broken: readonly string[]; // elements that are not as signed any more
}

/** The last closing recorded on this device. */
export function given(desk: Desk): Given | null {
  const held = desk.acts.findLast(closes);
  const told = held?.act.input['closing'] as Closing | undefined;
  return held && told ? { held, closing: told, broken: differing(covered(desk), told.covered) } : null;
}

/** A closing that came to nothing is looked at before another is begun. */
export function unseen(desk: Desk): boolean {
  const held = given(desk)?.held;
  return held !== undefined && ['refused', 'conflict', 'too_large'].includes(held.state) && !held.seen;
}

/** Nothing may be changed while a signature stands, nor where the sheet has been given up. */
export function sealed(desk: Desk): boolean {
  if (desk.packet.head['sheet_state'] === 'closed' || abandoned(desk)) return true;
  const state = given(desk)?.held.state;
  return state === 'queued' || state === 'stored';
}

/** What it was for was called off: nothing is written on it any more. */
export function abandoned(desk: Desk): boolean {
  return desk.packet.head['sheet_state'] === 'abandoned';
}

export function people(desk: Desk, side: Person['side']): Person[] {
  return desk.packet.people.filter((each) => each.side === side);
}

const ROLES: Readonly<Record<string, string>> = { unit_principal: '主要负责人', unit_officer: '安全管理员' };

/** 评审组, or whoever is on site at this occasion. */
export function sideWord(desk: Desk, side: Person['side']): string {
  return side === 'unit' ? '企业' : TEAMS[String(desk.packet.head['occasion'])] ?? '评审组';
}

/** What follows in the office once the sheet is closed; empty: the review itself goes on from there. */
export function follows(desk: Desk): string {
  return NEXT[String(desk.packet.head['occasion'])] ?? '';
}

export function roleOf(person: Person): string {
  if (person.side === 'team') return person.leads ? '组长' : '成员';
  return ROLES[(person as Person & { readonly role?: string }).role ?? ''] ?? '';
}

/** Whose signature is still needed before the closing may be recorded; empty: enough. */
export function lacking(desk: Desk, signed: readonly Pick<Signature, 'side' | 'account'>[]): string {
  const has = (side: string, account?: number) => signed.some((each) => each.side === side && (account === undefined || each.account === account));
  const me = desk.me?.account;
  if (me === undefined || !has('team', me)) return '请组长本人先签字。';
  return closingAct(desk) === 'reviews.conclude@1' && !has('unit') ? '还差企业一方签字（主要负责人或者安全管理员）。' : '';
}
