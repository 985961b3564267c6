// An act asked for by htmx and refused: the server's words, with the clause, in a dialog; the page stays as it was.
export function startRefusal() {
  document.addEventListener('htmx:responseError', (event) => {
    const words = part(event.detail.xhr.responseText);
    if (words) show(words);
    else fail('failed');
  });
  document.addEventListener('htmx:sendError', () => fail('offline'));
}

function part(text) {
  return new DOMParser().parseFromString(text, 'text/html').querySelector('[data-refusal]');
}

function show(words) {
  document.getElementById('refusal-body')?.replaceChildren(words);
  const dialog = document.getElementById('refusal');
  if (dialog && !dialog.open) dialog.showModal();
}

function fail(which) {
  const words = document.getElementById('toasts')?.dataset[which] ?? '';
  document.dispatchEvent(new CustomEvent('look:toast', { detail: { words, kind: 'bad' } }));
}
