// The sheet's keys, on top of those of every page. Fields being typed in keep their keys.

export function bindKeys({ page, holder, turn, nextOpen, verdict }) {
  const focus = (selector) => page.querySelector(selector)?.focus();
  document.dispatchEvent(
    new CustomEvent('look:keys', {
      detail: {
        j: () => turn(1),
        k: () => turn(-1),
        n: nextOpen,
        1: () => verdict('conforms'),
        2: () => verdict('deducted'),
        3: () => verdict('not_applicable'),
        w: () => focus('#words'),
        p: () => holder.querySelector('#choose')?.click(),
        e: () => focus('.sheet-elements [aria-current], .sheet-elements [data-element]'),
        g: () => focus('[data-filters] [aria-pressed="true"]'),
        m: () => page.querySelector('[data-missing]')?.click(),
        Enter: () => focus('[data-answer] input:checked, [data-answer] input'),
      },
    }),
  );
  document.addEventListener('keydown', (event) => {
    if (document.querySelector('dialog[open]') || event.isComposing) return;
    if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) return void nextOpen();
    if (event.key === 'Escape' && holder.contains(event.target)) return void holder.querySelector('#item-heading')?.focus();
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (!step || event.target.matches('input, textarea, select, summary')) return;
    event.preventDefault();
    if (event.target.closest('.sheet-elements')) beside(event.target, step);
    else turn(step);
  });
}

// In the list of elements the arrows walk that list.
function beside(target, step) {
  const buttons = [...target.closest('.sheet-elements').querySelectorAll('.element')];
  buttons[buttons.indexOf(target) + step]?.focus();
}
