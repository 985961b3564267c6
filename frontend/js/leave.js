// Warn before leaving a form with words in it that were not sent. Forms ask for it with data-warn.
import { serialize } from './values.js';

const clean = new WeakMap();

export function startLeave() {
  for (const form of document.querySelectorAll('form[data-warn]')) clean.set(form, serialize(form));
  document.addEventListener('submit', (event) => clean.delete(event.target));
  window.addEventListener('beforeunload', (event) => {
    if (dirtyForms().length) event.preventDefault();
  });
}

/** Forms whose values differ from what they were when the page came. */
export function dirtyForms() {
  return [...document.querySelectorAll('form[data-warn]')].filter(
    (form) => clean.has(form) && !same(clean.get(form), serialize(form)),
  );
}

/** Take what a form holds now as saved (after an autosave, say). */
export function settle(form) {
  clean.set(form, serialize(form));
}

export function same(one, other) {
  return JSON.stringify(one) === JSON.stringify(other);
}
