// The visible state of saving, in words, with a way out where there is one.
import { words } from './words.js';

const SHOWN = { pending: 'busy', saving: 'busy', saved: 'saved', offline: 'off', failed: 'off', conflict: 'bad' };

export function createSign(page) {
  const place = page.querySelector('[data-save-state]');
  const label = place.querySelector('[data-save-words]');
  let time = '';
  let out = false;

  function show(name, waiting, conflicts) {
    const state = conflicts && name === 'saved' ? 'conflict' : name;
    place.dataset.state = SHOWN[state];
    label.textContent = said(state, waiting, conflicts);
    if (out && state === 'failed') label.append(' ', signIn());
  }

  function said(state, waiting, conflicts) {
    if (state === 'saved') return time ? words.saved(time) : words.idle;
    if (state === 'conflict') return conflicts ? words.conflict(conflicts) : words.refused;
    if (state === 'failed' && out) return words.signedOut;
    return typeof words[state] === 'function' ? words[state](waiting) : words[state];
  }

  function signIn() {
    const link = document.createElement('a');
    link.href = page.dataset.signIn;
    link.target = '_blank';
    link.textContent = words.signIn;
    return link;
  }

  return {
    show,
    at: (saved) => {
      time = saved;
      out = false;
    },
    signedOut: () => (out = true),
    get stuck() {
      return place.dataset.state === 'off';
    },
  };
}
