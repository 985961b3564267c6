// Which screen a hash shows.
import { device } from './device/screen.ts';
import { receipts } from './receipts/screen.ts';
import type { Routes, Screen } from './screen.ts';
import { VISIT } from './visit/routes.ts';
import { visits } from './visits/screen.ts';

const SHELL: Routes = { '': visits, receipts, device };

export interface Route {
  readonly screen: Screen;
  readonly args: string[];
}

/** `#/visit/review-12/7.1` → the screen of `visit`, with `['review-12', '7.1']`; what nobody knows leads to the visits. */
export function route(hash: string, routes: Routes = { ...SHELL, ...VISIT }): Route {
  const [name = '', ...args] = hash.replace(/^#?\/?/, '').split('/').map(decoded);
  const screen = Object.hasOwn(routes, name) ? routes[name] : undefined;
  return screen ? { screen, args } : { screen: visits, args: [] };
}

function decoded(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}
