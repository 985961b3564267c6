// Dialogs. <button data-open="id"> opens <dialog id="id">; [data-close] inside closes it.
// What cannot be undone wants its name typed: <input data-type-name="…"> holds the [data-go] button back until then.
/** Spaces around and inside a typed name do not matter; everything else does. */
export function matches(typed, name) {
  const bare = (text) => text.replace(/\s+/g, '');
  return bare(name) !== '' && bare(typed) === bare(name);
}

export function startConfirm() {
  document.addEventListener('click', (event) => {
    const opener = event.target.closest('[data-open]');
    if (opener) open(document.getElementById(opener.dataset.open), event);
    if (event.target.closest('[data-close]')) event.target.closest('dialog')?.close();
    if (event.target.matches('dialog')) event.target.close();
  });
  document.addEventListener('input', (event) => {
    const input = event.target.closest('[data-type-name]');
    if (input) hold(input);
  });
  document.addEventListener('submit', (event) => {
    const input = event.target.querySelector('[data-type-name]');
    if (input && !matches(input.value, input.dataset.typeName)) event.preventDefault();
  }, true);
}

function open(dialog, event) {
  if (!dialog) return;
  event.preventDefault();
  for (const input of dialog.querySelectorAll('[data-type-name]')) hold(input);
  dialog.showModal();
  dialog.querySelector('[data-first]')?.focus();
}

function hold(input) {
  const go = input.form.querySelector('[data-go]');
  go?.setAttribute('aria-disabled', String(!matches(input.value, input.dataset.typeName)));
}
