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
  const response = await fetch(url, {
    method: 'POST',
    body,
    headers: { ...headers, 'X-CSRFToken': token(), Accept: 'application/json' },
    redirect: 'error',
    keepalive: body.length < KEEPALIVE, // goes out even when the page is left
  });
  return { status: response.status, data: await response.json().catch(() => ({})) };
}

/** A fragment's text; rejects where it did not come. */
export async function fragment(url) {
  const response = await fetch(url, { headers: { 'HX-Request': 'true' }, redirect: 'error' });
  if (!response.ok) throw new Error(String(response.status));
  return response.text();
}
