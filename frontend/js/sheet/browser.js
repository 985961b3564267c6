// What the browser lends: a store that may be refused, a wait that ends when the network is back.

/** Where drafts are kept, null where the browser refuses. */
export function store() {
  try {
    return window.localStorage;
  } catch {
    return null;
  }
}

/** Wait, but not longer than the network is away. */
export function patience(milliseconds) {
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, milliseconds);
    window.addEventListener('online', () => (clearTimeout(timer), resolve()), { once: true });
  });
}
