// The item's pane: a fragment of the server's, opened at once where it was fetched ahead.
import { fragment } from './wire.js';

const SLOW = 300;

export function createPane(page, holder) {
  const cache = new Map();

  function address(line) {
    return `${page.dataset.page}lines/${encodeURIComponent(line)}/`;
  }

  /** Fetch ahead what is likely to be opened next; a failure costs nothing. */
  function ahead(lines) {
    for (const line of lines) {
      if (!line || cache.has(line)) continue;
      const coming = fragment(address(line));
      cache.set(line, coming);
      coming.catch(() => cache.delete(line));
    }
  }

  /** The item's markup; shapes appear where it takes long. Rejects where it cannot be had. */
  async function fetched(line) {
    const slow = setTimeout(() => holder.classList.add('is-loading'), SLOW);
    const kept = cache.get(line) ?? fragment(address(line));
    cache.delete(line);
    try {
      return await kept;
    } finally {
      clearTimeout(slow);
      holder.classList.remove('is-loading');
    }
  }

  function show(html) {
    holder.innerHTML = html;
    holder.scrollTop = 0;
    return current();
  }

  function current() {
    return holder.querySelector('[data-pane]');
  }

  return { fetched, show, ahead, current, forget: (line) => cache.delete(line), forgetAll: () => cache.clear() };
}
