// What is where, and how the bar says it. Pure.
import type { Status } from '../engine/engine.ts';
import type { Held } from '../engine/shelf.ts';
import type { Tone } from './screen.ts';
import { hour } from './words.ts';

export interface Counts {
  readonly here: number; // not on the server yet
  readonly asks: number; // a person should look: refused, in conflict, too large, or stored otherwise
  readonly stored: number; // judged by the server, kept here still
  readonly safe: number; // of these: in a verified backup
}

export interface Said {
  readonly words: string;
  readonly symbol: string;
  readonly tone: Tone;
}

export function asks(held: Held): boolean {
  return !held.seen && (['refused', 'conflict', 'too_large'].includes(held.state) || held.differs.length > 0);
}

export function counts(acts: Iterable<Held>, watermark: number): Counts {
  const all = [...acts];
  const judged = all.filter((held) => held.receipt > 0);
  return {
    here: all.length - judged.length,
    asks: all.filter(asks).length,
    stored: judged.length,
    safe: judged.filter((held) => held.receipt <= watermark).length,
  };
}

/** One line for the bar. Nothing to deliver and a round on its way is no news. */
export function said(status: Pick<Status, 'state' | 'until' | 'text'>, { here, asks }: Counts): Said {
  const kept = here ? `本机保存 ${here} 项` : '';
  if (status.state === 'signed_out') return { words: join('请重新登录', kept), symbol: 'alert-triangle', tone: 'bad' };
  if (status.state === 'other_account') return { words: join('登录的是别人', kept), symbol: 'alert-triangle', tone: 'bad' };
  if (status.state === 'maintenance') return { words: join('系统维护中', kept), symbol: 'hourglass', tone: 'plain' };
  if (status.state === 'delivering' && here) return { words: `正在送 ${here} 项`, symbol: 'cloud-up', tone: 'plain' };
  if (asks) return { words: join(`${asks} 项要看`, kept), symbol: 'alert-triangle', tone: 'bad' };
  if (here) return { words: kept, symbol: 'cloud-off', tone: 'plain' };
  if (status.state === 'waiting') return { words: `已送达 · ${status.text ? '系统稍后再核对' : '没有信号'}`, symbol: 'cloud-off', tone: 'good' };
  return { words: '已送达', symbol: 'cloud-check', tone: 'good' };
}

/** The same at length, for the receipts: what it means, what will happen. */
export function explained(status: Pick<Status, 'state' | 'until' | 'text'>, { here }: Counts): string {
  const next = status.until ? `${hour(status.until)} 再试，有信号时自动送。` : '有信号时自动送。';
  switch (status.state) {
    case 'signed_out': return '登录已失效。请联网重新登录；本机内容都在，登录后自动送达。';
    case 'other_account': return `浏览器里登录的是另一位人员${status.text ? `（${status.text}）` : ''}。您的内容只能由您本人登录后送达。`;
    case 'maintenance': return `${status.text || '系统正在维护。'}本机内容都在。${next}`;
    case 'waiting': return here ? `${status.text || '没有连上系统，本机内容都在。'}${next}` : `${status.text || '没有连上系统。'}本机没有要送的内容。`;
    case 'delivering': return here ? '正在送达，可以继续工作。' : '正在与系统核对。';
    default: return here ? `还有 ${here} 项在本机。` : '本机内容已全部送达。';
  }
}

function join(...words: readonly string[]): string {
  return words.filter(Boolean).join(' · ');
}
