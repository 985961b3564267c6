// The service worker answers for the page's own files and for nothing else, and keeps only what has its digest.
import { createHash } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { cacheName, fetched, kept, outdated } from '../worker/shell.ts';
import type { Fetch, Shell } from '../worker/shell.ts';

const ORIGIN = 'https://dabiao.example.cn';
const PAGE = '<!doctype html>';
const integrity = (text: string) => `sha256-${createHash('sha256').update(text).digest('base64')}`;
const shell: Shell = { version: 'v2', page: '/field/', files: [['/field/', integrity(PAGE)], ['/static/built/field.1.js', integrity('script')]] };
const told: Readonly<Record<string, string>> = { '/field/': PAGE, '/static/built/field.1.js': 'script' };

describe('answers', () => {
  const asked = (path: string, method = 'GET') => kept(shell, method, `${ORIGIN}${path}`, ORIGIN);
  test.each(['/field/', '/static/built/field.1.js'])('%s from the cache', (path) => expect(asked(path)).toBe(path));
  test('the page whatever its hash', () => expect(asked('/field/#/visit/review-1')).toBe('/field/'));
  test.each(['/field/session', '/field/session?device=1', '/field/visits/review-1/packet', '/field/pictures/ff', '/field/acts', '/field/?x=1', '/office/', '/static/built/field.0.js', '/field/worker.js'])('%s not at all', (path) => expect(asked(path)).toBeNull());
  test('nothing that is sent, and nothing of elsewhere', () => {
    expect(asked('/field/', 'POST')).toBeNull();
    expect(kept(shell, 'GET', 'https://example.org/field/', ORIGIN)).toBeNull();
  });
});

/** As a browser's fetch keeps to `integrity`. */
function network(answer: (address: string) => Response): Fetch {
  return async (address, how) => {
    expect([how.redirect, how.cache]).toEqual(['error', 'no-cache']);
    const answered = answer(address);
    if (integrity(await answered.clone().text()) !== how.integrity) throw new TypeError('integrity');
    return answered;
  };
}

describe('what is taken into the cache', () => {
  test('is all of the page', async () => {
    expect((await fetched(shell, network((address) => new Response(told[address])))).map(([address]) => address)).toEqual(Object.keys(told));
  });
  test.each([
    ['a portal that answers anything with 200', () => new Response('<html>请登录无线网络</html>')],
    ['one file cut off', (address: string) => new Response(address === '/field/' ? PAGE : 'scri')],
    ['a gateway that has the right bytes and a wrong status', (address: string) => new Response(told[address], { status: 502 })],
  ])('%s: nothing', async (_, answer) => {
    await expect(fetched(shell, network(answer))).rejects.toThrow(TypeError);
  });
});

test('caches of other versions go, and nobody else’s', () => {
  expect(outdated([cacheName(shell), 'dabiao-field-shell-v1', 'pictures'], shell)).toEqual(['dabiao-field-shell-v1']);
});
