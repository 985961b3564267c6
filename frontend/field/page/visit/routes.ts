// The screens within one visit: `#/visit/<key>` and everything below.
import { h, link } from '../dom.ts';
import type { Context, Routes, Shown } from '../screen.ts';

export const VISIT: Routes = { visit };

async function visit(context: Context, [key = '']: string[]): Promise<Shown> {
  const packet = await context.engine.shelf.get('packet', key);
  const words = packet ? `已带上：${key}` : '还没有带上这次现场，请回到现场列表带上。';
  return { title: '现场', node: h('main', { class: 'screen' }, h('p', {}, words), link('#/', '回到现场列表')) };
}
