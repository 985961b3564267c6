// Talking to the server: JSON or fragments, with the token, never cached.

const KEEPALIVE = 30_000;

export function token() {
  return document.querySelector('meta[name="csrf-token"]')?.content ?? '';
}

/** {status, data} of a POST; data is {} where the answer is no JSON. Rejects where nothing answers. */
export async function postJson(url, content) {
  return post(url, JSON.stringify(content), { 'Content-Type': 'application/json' });
}

export async function postForm(url, pairs) {
  return post(url, new URLSearchParams(pairs).toString(), {
    'Content-Type': 'application/x-www-form-urlencoded',
  });
}

async function post(url, body, headers) {
  let response = await send(url, body, headers);
  // Signed in again in another window: the token of this page is of the session before.
  if (response.status === 403 && (await renewed())) response = await send(url, body, headers);
  return { status: response.status, data: await response.json().catch(() => ({})) };
}

function send(url, body, headers) {
  return fetch(url, {
    method: 'POST',
    body,
    headers: { ...headers, 'X-CSRFToken': token(), Accept: 'application/json' },
    redirect: 'error',
    keepalive: body.length < KEEPALIVE, // goes out even when the page is left
  });
}

async function renewed() {
  const page = await fetch(location.href, { redirect: 'error' }).catch(() => null);
  if (!page?.ok) return false;
  const there = new DOMParser().parseFromString(await page.text(), 'text/html');
  const fresh = there.querySelector('meta[name="csrf-token"]')?.content;
  if (fresh) document.querySelector('meta[name="csrf-token"]').content = fresh;
  return Boolean(fresh);
}

/** A fragment's text; rejects where it did not come. */
export async function fragment(url) {
  const response = await fetch(url, { headers: { 'HX-Request': 'true' }, redirect: 'error' });
  if (!response.ok) throw new Error(String(response.status));
  return response.text();
}
