// Elements without a framework. Text is always text: nothing here reads markup, so nothing typed can become any.

type Child = Node | string | number | null | undefined | false | readonly Child[];
type Prop = string | number | boolean | null | undefined | ((event: never) => void);
export type Props = Readonly<Record<string, Prop>>;

const PROPERTIES = new Set(['value', 'checked', 'disabled', 'hidden', 'open']); // as they stand now, not as they began

/** `h('button', { class: 'big', onclick: tapped, 'aria-label': '返回' }, icon('arrow-left'), '返回')` */
export function h<K extends keyof HTMLElementTagNameMap>(tag: K, props: Props = {}, ...children: readonly Child[]): HTMLElementTagNameMap[K] {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(props)) put(made, name, value);
  made.append(...nodes(children));
  return made;
}

function put(node: HTMLElement, name: string, value: Prop): void {
  if (typeof value === 'function') node.addEventListener(name.replace(/^on/, ''), value as (event: Event) => void);
  else if (PROPERTIES.has(name)) Reflect.set(node, name, value ?? '');
  else if (value === true) node.setAttribute(name, '');
  else if (value !== false && value !== null && value !== undefined) node.setAttribute(name, String(value));
}

function nodes(children: readonly Child[]): (Node | string)[] {
  return children.flatMap((child): (Node | string)[] => {
    if (child === null || child === undefined || child === false) return [];
    if (Array.isArray(child)) return nodes(child as readonly Child[]);
    return [child instanceof Node ? child : String(child)];
  });
}

/** What was in it goes, this comes. */
export function fill(node: Element, ...children: readonly Child[]): void {
  node.replaceChildren(...nodes(children));
}

const SVG = 'http://www.w3.org/2000/svg';

/** A picture of `icons.txt`; decoration, unless it is given words of its own. */
export function icon(name: string, words = ''): SVGSVGElement {
  const svg = document.createElementNS(SVG, 'svg');
  svg.setAttribute('class', 'icon');
  svg.setAttribute(words ? 'aria-label' : 'aria-hidden', words || 'true');
  if (words) svg.setAttribute('role', 'img');
  const use = document.createElementNS(SVG, 'use');
  use.setAttribute('href', `${document.documentElement.dataset['icons'] ?? ''}#${name}`);
  svg.append(use);
  return svg;
}

export type Look = 'primary' | 'plain' | 'quiet' | 'danger';

/** A button of 48 px or more; while `tapped` works it cannot be tapped again. */
export function button(words: string, tapped: () => unknown, look: Look = 'plain', symbol = ''): HTMLButtonElement {
  const made = h('button', { type: 'button', class: `tap tap-${look}` }, symbol && icon(symbol), h('span', {}, words));
  made.addEventListener('click', () => void busy(made, tapped));
  return made;
}

/** `aria-disabled`, not `disabled`: the focus stays where it was. */
async function busy(made: HTMLButtonElement, tapped: () => unknown): Promise<void> {
  if (made.getAttribute('aria-disabled') === 'true') return;
  made.setAttribute('aria-disabled', 'true');
  try {
    await tapped();
  } finally {
    made.removeAttribute('aria-disabled');
  }
}

/** A link within the page: `link('#/receipts', '回执')`. */
export function link(hash: string, words: Child, look = 'link'): HTMLAnchorElement {
  return h('a', { href: hash, class: look }, words);
}

/** A labelled field; the label is tapped like the field. */
export function field(label: string, input: HTMLElement, hint = ''): HTMLElement {
  const id = input.id || `f-${crypto.randomUUID().slice(0, 8)}`;
  input.id = id;
  if (hint) input.setAttribute('aria-describedby', `${id}-hint`);
  return h('div', { class: 'field' }, h('label', { for: id }, label), input, hint && h('p', { class: 'hint', id: `${id}-hint` }, hint));
}
