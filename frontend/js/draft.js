// What is typed is kept on this machine until the form has been accepted. <form data-draft="case-12-report"> is kept
// until the page after says so (data-draft-done); any other <form data-warn> until the next page that is no error.
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
    const { at, pairs, sent = false } = JSON.parse(store.getItem(key));
    return now - at <= KEEP_DAYS * DAY && Array.isArray(pairs) ? { at, pairs, sent } : null;
  } catch {
    return null;
  }
}

export function save(store, key, pairs, now, sent = false) {
  try {
    store.setItem(key, JSON.stringify({ at: now, pairs, ...(sent && { sent }) }));
    return true;
  } catch {
    return false;
  }
}

/** The draft of a form: by its own name, else by the address it is sent to. */
export function idOf(name, action, here) {
  return name || `at:${new URL(action ?? '', here).pathname}`;
}

/** Remove drafts that nobody came back for. */
export function sweep(store, now) {
  for (const key of keys(store, 'dabiao.draft.')) if (!load(store, key, now)) store.removeItem(key);
}

/** What was sent from here has been answered: taken, or shown again by the page itself. An error has taken nothing. */
export function answered(store, now, { error }) {
  for (const key of keys(store, 'dabiao.draft.')) {
    const kept = load(store, key, now);
    if (kept?.sent && error) save(store, key, kept.pairs, kept.at);
    else if (kept?.sent) store.removeItem(key);
  }
}

/** Signing out leaves nothing of one's own behind. */
export function forget(store, user) {
  for (const key of keys(store, `dabiao.draft.${user}.`)) store.removeItem(key);
}

function keys(store, beginning) {
  const all = Array.from({ length: store.length }, (_, index) => store.key(index));
  return all.filter((key) => key?.startsWith(beginning));
}

export function startDrafts() {
  const user = document.body.dataset.user;
  const error = document.querySelector('.error-page') !== null;
  try {
    if (user || error) answered(localStorage, Date.now(), { error });
    if (!user) return;
    sweep(localStorage, Date.now());
    // The page after an accepted form names the drafts that are no longer needed.
    for (const id of (document.body.dataset.draftDone ?? '').split(' ')) localStorage.removeItem(keyOf(user, id));
    for (const form of document.querySelectorAll('form[data-draft], form[data-warn]')) {
      watch(form, keyOf(user, idOf(form.dataset.draft, form.getAttribute('action'), location.href)));
    }
    document.querySelector('form[data-sign-out]')?.addEventListener('submit', () => forget(localStorage, user));
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
  form.addEventListener('submit', () => {
    clearTimeout(timer);
    save(localStorage, key, serialize(form), Date.now(), !form.dataset.draft);
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
