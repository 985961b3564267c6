// Dialogs: the browser's own, so that Escape and the ground behind are right. The heading has the focus: no keyboard
// comes up by itself over what is to be signed or looked at.
import { button, h } from '../dom.ts';
import type { Look } from '../dom.ts';

export interface Dialog<T> {
  readonly node: HTMLDialogElement;
  readonly done: Promise<T | null>; // null: closed without an answer
  close(value: T | null): void;
}

export function dialog<T>(title: string, content: (close: (value: T | null) => void) => readonly (HTMLElement | null)[], wide = false): Dialog<T> {
  let settle: (value: T | null) => void = () => {};
  const done = new Promise<T | null>((resolve) => { settle = resolve; });
  const close = (value: T | null) => { settle(value); node.close(); };
  const heading = h('h2', { id: `d-${crypto.randomUUID().slice(0, 8)}`, tabindex: -1, autofocus: true }, title);
  const node = h('dialog', { class: wide ? 'dialog dialog-wide' : 'dialog', 'aria-labelledby': heading.id });
  node.append(h('div', { class: 'dialog-body' }, heading, content(close)));
  node.addEventListener('close', () => { settle(null); node.remove(); });
  document.body.append(node);
  node.showModal();
  return { node, done, close };
}

/** Asks once; false where it is closed or declined. */
export async function confirmed(title: string, words: string, yes: string, look: Look = 'primary'): Promise<boolean> {
  const shown = dialog<boolean>(title, (close) => [
    h('p', {}, words),
    h('div', { class: 'dialog-taps' }, button('不，返回', () => close(false)), button(yes, () => close(true), look)),
  ]);
  return (await shown.done) === true;
}
