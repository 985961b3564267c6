// What the bench waits for in the browser, and how long it took.

/** After the next painting. */
export function painted(): Promise<void> {
  return new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve, 0)));
}

/** What `look` gives, as soon as something within `node` is another and it gives anything. */
export function changed<T>(node: Node, look: () => T | null | undefined | false): Promise<T> {
  return new Promise((resolve) => {
    const watch = new MutationObserver(() => {
      const found = look();
      if (!found) return;
      watch.disconnect();
      resolve(found);
    });
    watch.observe(node, { childList: true, subtree: true });
  });
}

/** Milliseconds. */
export async function taking(what: () => Promise<unknown>): Promise<number> {
  const from = performance.now();
  await what();
  return performance.now() - from;
}
