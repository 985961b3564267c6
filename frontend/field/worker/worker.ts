// The page's service worker: it answers for the page's own files and for nothing else. A new version waits until a
// person asks for it, or until no page of the old one is open.
import { cacheName, fetched, kept, outdated } from './shell.ts';
import type { Shell } from './shell.ts';

declare const self: ServiceWorkerGlobalScope & { readonly SHELL: Shell };
const shell = self.SHELL;

self.addEventListener('install', (event) => event.waitUntil(install()));
self.addEventListener('activate', (event) => event.waitUntil(activate()));

self.addEventListener('message', (event) => {
  if (event.data === 'take over') void self.skipWaiting();
});

self.addEventListener('fetch', (event) => {
  const address = kept(shell, event.request.method, event.request.url, self.location.origin);
  if (address) event.respondWith(answer(address, event.request));
});

async function install(): Promise<void> {
  const files = await fetched(shell, (address, how) => fetch(address, how));
  const cache = await caches.open(cacheName(shell));
  await Promise.all(files.map(([address, answered]) => cache.put(address, answered)));
}

async function activate(): Promise<void> {
  await Promise.all(outdated(await caches.keys(), shell).map((name) => caches.delete(name)));
  await self.clients.claim();
}

async function answer(address: string, request: Request): Promise<Response> {
  const cache = await caches.open(cacheName(shell));
  return (await cache.match(address)) ?? fetch(request);
}
