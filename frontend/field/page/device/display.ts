// How this person wants to see the page: kept on this device only, as the office keeps it (`frontend/js/display.js`).

export const CHOICES = { theme: ['auto', 'light', 'dark'], text: ['100', '125', '150'] } as const;
export type Choice = keyof typeof CHOICES;

export function chosen(name: Choice, root: HTMLElement = document.documentElement): string {
  return root.dataset[name] ?? CHOICES[name][0];
}

/** A default leaves no attribute. Where the browser keeps nothing, it holds until the page is closed. */
export function choose(name: Choice, value: string, root: HTMLElement = document.documentElement): void {
  if (value === CHOICES[name][0]) delete root.dataset[name];
  else root.dataset[name] = value;
  try {
    localStorage.setItem(`dabiao.${name}`, value);
  } catch {
    return;
  }
}
