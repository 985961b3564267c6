// Small courtesies of every form: go to the summary of errors, refuse a greyed button, count with minus and plus.
const HOLD = 8000;

export function startForms() {
  document.querySelector('[data-errors]')?.focus();
  document.addEventListener('click', onClick);
  document.addEventListener('submit', onSubmit);
  document.addEventListener('change', onChange);
}

/** The value of a counter after a step, kept within its bounds ('' is no bound). */
export function stepped(value, step, min, max) {
  const next = (Number.parseInt(value, 10) || 0) + step;
  const atLeast = min === '' ? next : Math.max(next, Number(min));
  return max === '' ? atLeast : Math.min(atLeast, Number(max));
}

function onClick(event) {
  if (event.target.closest('[aria-disabled="true"]')) event.preventDefault();
  const button = event.target.closest('[data-step]');
  const input = button?.closest('.stepper')?.querySelector('input');
  if (!input) return;
  input.value = String(stepped(input.value, Number(button.dataset.step), input.min, input.max));
  input.dispatchEvent(new Event('input', { bubbles: true }));
  input.dispatchEvent(new Event('change', { bubbles: true }));
}

// A second press while the first is under way would hand in twice. A download leaves the page where it is,
// so after a while the form may be sent again.
function onSubmit(event) {
  const form = event.target;
  if (form.method !== 'post' || form.hasAttribute('hx-post') || event.defaultPrevented) return;
  if (form.dataset.sent) {
    event.preventDefault();
    return;
  }
  form.dataset.sent = '1';
  setTimeout(() => delete form.dataset.sent, HOLD);
}

function onChange(event) {
  if (event.target.matches('[data-submit-on-change]')) event.target.form.requestSubmit();
  if (event.target.matches('[data-check-all]')) {
    for (const box of event.target.closest('table').querySelectorAll('tbody input[type="checkbox"]')) {
      box.checked = event.target.checked;
    }
  }
}

window.addEventListener?.('pageshow', () => {
  for (const form of document.querySelectorAll('form[data-sent]')) delete form.dataset.sent;
});
