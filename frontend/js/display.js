// How this reader wants to see the product: colours, size of text, width of the navigation. Kept on this machine only.
export const CHOICES = { theme: ['auto', 'light', 'dark'], text: ['100', '125', '150'], nav: ['wide', 'narrow'] };

/** The choices kept in a store; whatever is missing or not a choice is the first of its list. */
export function read(store) {
  const kept = {};
  for (const [name, allowed] of Object.entries(CHOICES)) {
    const value = safely(() => store.getItem(`dabiao.${name}`));
    kept[name] = allowed.includes(value) ? value : allowed[0];
  }
  return kept;
}

/** Write the choices where the style sheet reads them; a default leaves no attribute. */
export function apply(root, choices) {
  for (const [name, value] of Object.entries(choices)) {
    if (value === CHOICES[name][0]) delete root.dataset[name];
    else root.dataset[name] = value;
  }
}

export function startDisplay() {
  document.addEventListener('click', (event) => {
    const button = event.target.closest('[data-set]');
    if (!button) return;
    const [name, value] = button.dataset.set.split(':');
    choose(name, value === 'toggle' ? other(name) : value);
  });
  show();
}

function choose(name, value) {
  if (!CHOICES[name]?.includes(value)) return;
  safely(() => localStorage.setItem(`dabiao.${name}`, value));
  apply(document.documentElement, { ...read(localStorage), [name]: value });
  show();
}

function other(name) {
  const now = document.documentElement.dataset[name] ?? CHOICES[name][0];
  return CHOICES[name].find((value) => value !== now);
}

function show() {
  const root = document.documentElement;
  for (const button of document.querySelectorAll('[data-set]')) {
    const [name, value] = button.dataset.set.split(':');
    const now = root.dataset[name] ?? CHOICES[name][0];
    button.setAttribute('aria-pressed', String(value === 'toggle' ? now !== CHOICES[name][0] : value === now));
  }
}

// Private windows and strict settings refuse the store; the page then simply keeps its defaults.
function safely(act) {
  try {
    return act();
  } catch {
    return null;
  }
}
