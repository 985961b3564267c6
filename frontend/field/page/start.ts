// The page begins: who is at the device, then their screens.
import { h } from './dom.ts';

export async function start(body: HTMLElement): Promise<void> {
  body.replaceChildren(h('main', { class: 'screen' }, h('h1', {}, '现场')));
}
