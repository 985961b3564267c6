// Short notices at the edge. Said aloud through aria-live; never the only place where something important stands.
const STAY = 6000;

/** toast('已保存', {kind: 'good', undo: () => …, undoLabel: '撤销'}) */
export function toast(words, { kind = '', undo = null, undoLabel = '' } = {}) {
  const region = document.getElementById('toasts');
  if (!region) return null;
  const line = document.createElement('div');
  line.className = `toast-line ${kind ? `is-${kind}` : ''}`;
  const text = document.createElement('p');
  text.textContent = words;
  line.append(text);
  if (undo) line.append(button(undoLabel || region.dataset.undo, undo, line));
  line.append(button('×', null, line, region.dataset.close));
  region.append(line);
  leaveLater(line, kind);
  return line;
}

function button(label, act, line, name = '') {
  const made = document.createElement('button');
  made.type = 'button';
  made.textContent = label;
  if (name) made.setAttribute('aria-label', name);
  made.addEventListener('click', () => {
    act?.();
    line.remove();
  });
  return made;
}

// Errors stay until they are put away; the rest leaves, unless somebody is at it.
function leaveLater(line, kind) {
  if (kind === 'bad') return;
  setTimeout(() => {
    if (line.matches(':hover, :focus-within')) leaveLater(line, kind);
    else line.remove();
  }, STAY);
}

export function startToasts() {
  // Elsewhere: document.dispatchEvent(new CustomEvent('look:toast', {detail: {words, kind}})), or an
  // HX-Trigger header {"look:toast": {"words": "…", "kind": "good"}} from the server.
  document.addEventListener('look:toast', (event) => toast(event.detail.words, event.detail));
  for (const line of document.querySelectorAll('#toasts > .toast-line')) {
    leaveLater(line, line.classList.contains('is-bad') ? 'bad' : '');
    line.querySelector('button')?.addEventListener('click', () => line.remove());
  }
}
