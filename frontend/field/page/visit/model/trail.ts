// Who did what, when and where, on one line or at the whole visit: what this device itself did, and what it was told.
import type { Held } from '../../../engine/shelf.ts';
import type { Place } from '../../../engine/wire.ts';
import type { Answer } from '../../../scoring/values.ts';
import { actWord, STANDING, VERDICTS, when } from './words.ts';
import type { Desk } from './desk.ts';
import { lineOf } from './desk.ts';

export interface Step {
  readonly moment: string;
  readonly who: string;
  readonly what: string;
  readonly place: string; // in words; empty: none was kept
  readonly doubt: string; // how far the moment may be off, where that is more than a minute
  readonly state: string;
}

const MINUTE = 60_000;

/** The latest first; empty line: acts that hang on no line. */
export function trail(desk: Desk, line: string, me: string): Step[] {
  const own = desk.acts.filter((held) => lineOf(held) === line).map((held) => step(held, me)).reverse();
  const told = line ? [...fromPacket(desk, line), ...fromHanded(desk, line)] : [];
  return [...own, ...told];
}

function step(held: Held, who: string): Step {
  const { answer, remark } = held.act.input as { answer?: Answer; remark?: string };
  const more = answer ? `：${VERDICTS[answer.verdict]}` : remark ? `：${remark}` : '';
  return {
    moment: when(held.done_at || held.act.done_at), who, what: `${actWord(held.act.act)}${more}`, place: placed(held.act.where),
    doubt: doubt(held.act.uncertainty), state: STANDING[held.state],
  };
}

export function placed(where: Place | null): string {
  if (!where) return '';
  const mocked = where.mocked ? '，系统报告位置是模拟的' : '';
  return `北纬 ${where.lat.toFixed(5)}，东经 ${where.lon.toFixed(5)}，误差约 ${Math.round(where.accuracy)} 米${mocked}`;
}

export function doubt(ms: number): string {
  if (ms <= MINUTE) return '';
  return ms >= 86_400_000 ? '本机时钟没有与服务器核对过，时间可能相差一天' : `时间可能相差 ${Math.ceil(ms / MINUTE)} 分钟`;
}

function fromPacket(desk: Desk, line: string): Step[] {
  const told = desk.packet.answers[line];
  if (!told?.verdict) return [];
  return [{ moment: when(told.done_at), who: told.by, what: `作答：${VERDICTS[told.verdict]}`, place: '', doubt: '', state: '服务器上的内容' }];
}

function fromHanded(desk: Desk, line: string): Step[] {
  const rows = desk.handed.filter((row) => row.records[line]);
  return rows.map((row) => {
    const record = row.records[line]!;
    return { moment: when(record.done_at), who: record.by, what: `作答：${VERDICTS[record.answer.verdict]}`, place: '', doubt: '', state: `由${row.by}移交` };
  });
}
