// Visits as the list shows them: those the server named last, and those still held that it names no more. Pure.
import type { Packet } from '../../engine/packets.ts';
import type { Held } from '../../engine/shelf.ts';
import type { VisitListed } from '../../engine/wire.ts';
import { days } from '../words.ts';

export interface Row {
  readonly key: string;
  readonly title: string;
  readonly facts: string; // occasion, days, state
  readonly held: 'no' | 'yes' | 'changed' | 'gone';
  readonly here: number; // acts on it that are not delivered
}

const OCCASIONS: Readonly<Record<string, string>> = {
  initial_visit: '初访现场核验', onsite_review: '现场评审', rectification_check: '整改确认', recheck: '现场复核', follow_up_visit: '回访', verification: '核查',
};
const STATES: Readonly<Record<string, string>> = { planned: '还没有开始', reviewing: '正在进行', visiting: '正在进行' };

export function rows(listed: readonly VisitListed[], packets: ReadonlyMap<string, Packet>, acts: Iterable<Held>): Row[] {
  const waiting = [...acts].filter((held) => held.state === 'queued' || held.state === 'too_large');
  const here = (key: string): number => waiting.filter((held) => held.act.visit === key).length;
  const named = listed.map((each) => ({ ...base(each), held: standing(each, packets.get(each.key)), here: here(each.key) }));
  const gone = [...packets.values()].filter((packet) => !listed.some((each) => each.key === packet.visit));
  return [...named, ...gone.map((packet) => ({ ...fromPacket(packet), held: 'gone' as const, here: here(packet.visit) }))];
}

function standing(listed: VisitListed, packet: Packet | undefined): Row['held'] {
  if (!packet) return 'no';
  return packet.etag === listed.etag ? 'yes' : 'changed';
}

function base({ key, title, occasion, from, to, state }: VisitListed): Pick<Row, 'key' | 'title' | 'facts'> {
  return { key, title, facts: [OCCASIONS[occasion] ?? '现场', days(from, to), STATES[state]].filter(Boolean).join(' · ') };
}

/** Of what the packet itself says, where the server lists the visit no more. */
function fromPacket({ visit, head }: Packet): Pick<Row, 'key' | 'title' | 'facts'> {
  const { name } = (head['unit'] ?? {}) as { name?: string };
  const text = (field: string): string => String(head[field] ?? '');
  return base({ key: visit, title: name ?? visit, occasion: text('occasion'), from: text('from'), to: text('to'), state: '', etag: '' });
}

/** Lines that say something else than before. */
export function changed(before: Packet | undefined, after: Packet): string[] {
  const lines = new Set([...Object.keys(before?.answers ?? {}), ...Object.keys(after.answers)]);
  return [...lines].filter((line) => JSON.stringify(before?.answers[line]) !== JSON.stringify(after.answers[line]));
}
