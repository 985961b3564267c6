// Which screen a hash shows.
import type { Routes, Screen } from './screen.ts';

export interface Route {
  readonly screen: Screen;
  readonly args: string[];
}

/** `#/visit/review-12/7.1` → the screen of `visit`, with `['review-12', '7.1']`; what nobody knows leads to the first. */
export function route(hash: string, routes: Routes): Route {
  const [name = '', ...args] = hash.replace(/^#?\/?/, '').split('/').map(decoded);
  const screen = Object.hasOwn(routes, name) ? routes[name] : undefined;
  return screen ? { screen, args } : { screen: routes['']!, args: [] };
}

/** Whoever comes new to the page begins at the first screen, not where somebody else was. */
export function toFirst(): void {
  history.replaceState(null, '', '#/');
}

function decoded(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}
