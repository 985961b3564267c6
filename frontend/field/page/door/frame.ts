// A step at the door: a heading, what is asked, and where words about it stand.
import { fill, h, icon } from '../dom.ts';

export interface Step {
  readonly node: HTMLElement;
  /** Words under what was asked, read aloud; empty: none. */
  tell(words: string): void;
}

export function step(title: string, ...content: Parameters<typeof h>[2][]): Step {
  const words = h('p', { class: 'notice notice-bad', role: 'alert', hidden: true });
  const head = h('h1', { tabindex: '-1' }, title);
  const node = h('main', { class: 'screen door' }, h('div', { class: 'door-mark' }, icon('mark'), '达标现场'), head, words, ...content);
  return { node, tell: (told) => { words.hidden = !told; fill(words, told); } };
}

/** A field for a PIN, with the keypad of numbers. */
export function pinInput(name: string): HTMLInputElement {
  return h('input', {
    type: 'password', inputmode: 'numeric', pattern: '[0-9]*', maxlength: 12, autocomplete: 'off', name, class: 'pin', required: true,
  });
}

/** `sent` on Enter and on the button alike; one at a time. */
export function form(sent: () => Promise<void>, ...content: Parameters<typeof h>[2][]): HTMLFormElement {
  const made = h('form', { class: 'card', novalidate: true }, ...content);
  let busy = false;
  made.addEventListener('submit', (event) => {
    event.preventDefault();
    if (busy) return;
    busy = true;
    made.setAttribute('aria-busy', 'true');
    void sent().finally(() => { busy = false; made.removeAttribute('aria-busy'); });
  });
  return made;
}

export function submit(words: string): HTMLButtonElement {
  return h('button', { type: 'submit', class: 'tap tap-primary tap-wide' }, words);
}
