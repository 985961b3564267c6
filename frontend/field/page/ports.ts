// The browser as the engine's outside world.
import type { Answered, Asked, Ports, Store } from '../engine/ports.ts';

const PATIENCE = 30_000;
const WORTH_PACKING = 1500; // bytes

/** `over` ends what is on its way when the person leaves. */
export function browserPorts(store: Store, over: AbortSignal): Ports {
  return {
    store,
    fetch: (asked) => asking(asked, over),
    now: () => Date.now(),
    steady: () => performance.now(),
    random: () => Math.random(),
    uuid: () => crypto.randomUUID(),
    sleep: (ms) => sleeping(ms, over),
  };
}

/** One question; rejects where no whole answer came in time. A redirect is an answer without marks. */
export async function asking(asked: Asked, over: AbortSignal): Promise<Answered> {
  const { body, headers } = await packed(asked);
  return patiently(over, async (signal) => {
    const answered = await fetch(asked.path, {
      method: asked.method, headers, body, signal, redirect: 'manual', credentials: 'same-origin', cache: 'no-store',
    });
    const whole = new Uint8Array(await answered.arrayBuffer());
    return { status: answered.status, header: (name) => answered.headers.get(name), body: whole };
  });
}

/** Ends what takes too long, or what nobody waits for any more. (`AbortSignal.any` is too young for old tablets.) */
async function patiently<T>(over: AbortSignal, perform: (signal: AbortSignal) => Promise<T>): Promise<T> {
  const ending = new AbortController();
  const end = (): void => ending.abort();
  if (over.aborted) end();
  const timer = setTimeout(end, PATIENCE);
  over.addEventListener('abort', end);
  try {
    return await perform(ending.signal);
  } finally {
    clearTimeout(timer);
    over.removeEventListener('abort', end);
  }
}

/** Words go compressed: with one bar of signal each second counts. Pictures are compressed already. */
async function packed(asked: Asked): Promise<{ body: BodyInit | null; headers: Record<string, string> }> {
  const body = asked.body as Uint8Array<ArrayBuffer> | null;
  const words = asked.headers['Content-Type'] === 'application/json';
  if (!body || !words || body.length < WORTH_PACKING) return { body, headers: { ...asked.headers } };
  const stream = new Blob([body]).stream().pipeThrough(new CompressionStream('gzip'));
  return { body: await new Response(stream).arrayBuffer(), headers: { ...asked.headers, 'Content-Encoding': 'gzip' } };
}

function sleeping(ms: number, over: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, ms);
    over.addEventListener('abort', () => { clearTimeout(timer); resolve(); }, { once: true });
  });
}
