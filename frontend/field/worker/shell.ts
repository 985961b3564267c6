// What the worker keeps, and what it answers from it. Pure: the worker itself only ties this to its events.

/** As the server tells it: addresses of the page's files, each with the digest it must have. */
export interface Shell {
  readonly version: string;
  readonly page: string;
  readonly files: readonly (readonly [address: string, integrity: string])[];
}

const PREFIX = 'dabiao-field-shell-';

export function cacheName(shell: Shell): string {
  return PREFIX + shell.version;
}

/** Caches of other versions; nobody else's. */
export function outdated(names: readonly string[], shell: Shell): string[] {
  return names.filter((name) => name.startsWith(PREFIX) && name !== cacheName(shell));
}

/** Under which address the answer lies in the cache; null: not ours to answer, the network does. Envelopes, pictures and
 * everything with a query are never in it. */
export function kept(shell: Shell, method: string, url: string, origin: string): string | null {
  const asked = new URL(url);
  if (method !== 'GET' || asked.origin !== origin || asked.search) return null;
  return shell.files.some(([address]) => address === asked.pathname) ? asked.pathname : null;
}

export type Fetch = (address: string, how: RequestInit) => Promise<Response>;

/** All files of the page, or none: a portal's page, a redirect to the sign-in or half a file has another digest. */
export async function fetched(shell: Shell, fetch: Fetch): Promise<(readonly [string, Response])[]> {
  return Promise.all(shell.files.map(async ([address, integrity]) => {
    const answered = await fetch(address, { integrity, cache: 'no-cache', redirect: 'error', credentials: 'same-origin' });
    if (!answered.ok) throw new TypeError(`${address}: ${answered.status}`);
    return [address, answered] as const;
  }));
}
