// What is typed is kept on this machine until the form has been accepted. <form data-draft="case-12-report">
import { same } from './leave.js';
import { restore, serialize } from './values.js';

export const KEEP_DAYS = 14;
const DAY = 86_400_000;
const PAUSE = 400;

/** Kept apart by person, so that the next one at the same desk sees nothing of it. */
export function keyOf(user, form) {
  return `dabiao.draft.${user}.${form}`;
}

/** The kept pairs, unless there are none, they are too old, or they cannot be read. */
export function load(store, key, now) {
  try {
    const { at, pairs } = JSON.parse(store.getItem(key));
    return now - at <= KEEP_DAYS * DAY && Array.isArray(pairs) ? { at, pairs } : null;
  } catch {
    return null;
  }
}

export function save(store, key, pairs, now) {
  try {
    store.setItem(key, JSON.stringify({ at: now, pairs }));
    return true;
  } catch {
    return false;
  }
}

/** Remove drafts that nobody came back for. */
export function sweep(store, now) {
  const keys = Array.from({ length: store.length }, (_, index) => store.key(index));
  for (const key of keys) {
    if (key?.startsWith('dabiao.draft.') && !load(store, key, now)) store.removeItem(key);
  }
}

export function startDrafts() {
  const user = document.body.dataset.user;
  if (!user) return;
  try {
    sweep(localStorage, Date.now());
    // The page after an accepted form names the drafts that are no longer needed.
    for (const id of (document.body.dataset.draftDone ?? '').split(' ')) localStorage.removeItem(keyOf(user, id));
    for (const form of document.querySelectorAll('form[data-draft]')) watch(form, keyOf(user, form.dataset.draft));
  } catch {
    // The store is refused here: typing works as ever, it is only not kept.
  }
}

function watch(form, key) {
  const fresh = serialize(form);
  const kept = load(localStorage, key, Date.now());
  if (kept && !same(kept.pairs, fresh) && restore(form, kept.pairs)) tell(form, key, kept.at, fresh);
  let timer = 0;
  form.addEventListener('input', () => {
    clearTimeout(timer);
    timer = setTimeout(() => save(localStorage, key, serialize(form), Date.now()), PAUSE);
  });
}

function tell(form, key, at, fresh) {
  const template = document.getElementById('draft-notice');
  if (!template) return;
  const notice = template.content.firstElementChild.cloneNode(true);
  notice.querySelector('[data-when]').textContent = new Date(at).toLocaleString('zh-CN', {
    dateStyle: 'medium',
    timeStyle: 'short',
  });
  notice.querySelector('[data-drop-draft]').addEventListener('click', () => {
    localStorage.removeItem(key);
    restore(form, fresh);
    notice.remove();
  });
  form.prepend(notice);
}
