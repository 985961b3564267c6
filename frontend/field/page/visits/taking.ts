// Taking a visit along, or what changed of it: done, and said in words.
import { Halt } from '../../engine/asking.ts';
import type { Packet } from '../../engine/packets.ts';
import { haltWords } from '../halting.ts';
import type { Context, Tone } from '../screen.ts';
import { changed } from './listing.ts';

export type Said = readonly [words: string, tone: Tone];

export async function take(context: Context, key: string, title: string, before: Packet | undefined): Promise<Said> {
  try {
    const told = await context.engine.fetch(key);
    switch (told.kind) {
      case 'packet': return [words(title, before, told.packet), 'good'];
      case 'unchanged': return [`${title}：没有变化`, 'good'];
      default: return [told.text || '这次现场已不由您办理；本机已记的内容照常送达。', 'bad'];
    }
  } catch (error) {
    return [`${title}：${why(error)}`, 'bad'];
  }
}

function words(title: string, before: Packet | undefined, after: Packet): string {
  if (!before) return `${title}：已带上，没有信号也能用`;
  const lines = changed(before, after);
  if (!lines.length) return `${title}：已更新`;
  const few = lines.slice(0, 3).join('、');
  return `${title}：已更新，${lines.length} 条有变化（${few}${lines.length > 3 ? ' 等' : ''}）`;
}

function why(error: unknown): string {
  if (!(error instanceof Halt)) return `本机没有存下（${error instanceof Error ? error.message : String(error)}），请看看本机空间`;
  if (error.state === 'signed_out') return '登录已失效，请重新登录后再带上';
  if (error.state === 'other_account') return '浏览器里登录的是别人，请换您本人登录';
  return haltWords(error);
}
