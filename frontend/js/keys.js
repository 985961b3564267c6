// Keys: `/` search, `?` the list of keys, j / k through a list, Enter opens, g h home. Pages add their own:
// document.dispatchEvent(new CustomEvent('look:keys', {detail: {'n': () => …}}))
const bound = new Map();

/** "g h" after g: the chord; else the key alone. Held modifiers belong to the browser. */
export function chord(previous, event) {
  if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return '';
  return previous === 'g' && event.key !== 'g' ? `g ${event.key}` : event.key;
}

/** Where j (+1) or k (-1) leads from a place in a list of so many; -1 is nowhere yet. */
export function next(place, step, count) {
  if (!count) return -1;
  return place < 0 ? (step > 0 ? 0 : count - 1) : Math.min(Math.max(place + step, 0), count - 1);
}

export function bind(key, act) {
  bound.set(key, act);
}

export function startKeys() {
  bind('/', () => document.querySelector('[data-search]')?.focus());
  bind('?', () => document.getElementById('keys')?.showModal());
  bind('j', () => walk(1));
  bind('k', () => walk(-1));
  bind('Enter', () => document.querySelector('[data-list] .is-current a')?.click());
  bind('g h', () => document.querySelector('[data-home]')?.click());
  document.addEventListener('look:keys', (event) => Object.entries(event.detail).forEach(([key, act]) => bind(key, act)));
  let previous = '';
  document.addEventListener('keydown', (event) => {
    if (typing(event.target) || document.querySelector('dialog[open]')) return;
    const pressed = chord(previous, event);
    previous = event.key;
    if (!bound.has(pressed) || (pressed === 'Enter' && event.target !== document.body)) return;
    event.preventDefault();
    bound.get(pressed)(event);
  });
}

function typing(target) {
  return target.matches?.('input:not([type=checkbox], [type=radio], [type=button]), textarea, select, [contenteditable]');
}

function walk(step) {
  const rows = [...document.querySelectorAll('[data-list] > *')];
  const place = rows.findIndex((row) => row.classList.contains('is-current'));
  const row = rows[next(place, step, rows.length)];
  if (!row) return;
  rows[place]?.classList.remove('is-current');
  row.classList.add('is-current');
  row.querySelector('a, button')?.focus({ preventScroll: true });
  row.scrollIntoView({ block: 'nearest' });
}
