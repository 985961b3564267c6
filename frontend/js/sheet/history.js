// The history of an item, fetched when somebody opens it.
import { words } from './words.js';

export async function tellHistory(details) {
  if (!details.open || !details.dataset.history) return;
  const body = details.querySelector('[data-history-body]');
  const response = await fetch(details.dataset.history).catch(() => null);
  body.innerHTML = response?.ok ? await response.text() : `<p class="muted">${words.loadFailed}</p>`;
}
