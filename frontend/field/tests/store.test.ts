// The encrypted store on IndexedDB (fake-indexeddb): durable, all or nothing, unreadable without PIN and secret.
import { IDBFactory, IDBKeyRange, IDBObjectStore as FDBObjectStore } from 'fake-indexeddb';
import { beforeEach, describe, expect, test, vi } from 'vitest';
import { Engine } from '../engine/engine.ts';
import type { Store } from '../engine/ports.ts';
import { hex } from '../digests/sha256.ts';
import { Vault } from '../store/dexie.ts';
import { ROUNDS, WrongPin } from '../store/lock.ts';
import { fetching } from './model/network.ts';
import { Chance } from './model/chance.ts';
import { Server } from './model/server.ts';
import { Time } from './model/time.ts';

const FEW = 1000; // rounds, for tests only
const SECRET = 'secret of the server';
let indexedDB: IDBFactory;
const vault = (account = 1) => new Vault(account, { indexedDB, IDBKeyRange });

beforeEach(() => { indexedDB = new IDBFactory(); });

async function raw(account: number): Promise<string> {
  const open = indexedDB.open(`dabiao-field-${account}`);
  const database = await new Promise<IDBDatabase>((resolve) => { open.onsuccess = () => resolve(open.result); });
  const texts: string[] = [];
  for (const name of database.objectStoreNames) {
    const rows = await new Promise<unknown[]>((resolve) => {
      const asked = database.transaction(name).objectStore(name).getAll();
      asked.onsuccess = () => resolve(asked.result);
    });
    for (const row of rows) for (const value of Object.values(row as object)) texts.push(value instanceof Uint8Array ? Buffer.from(value).toString('latin1') : String(value));
  }
  database.close();
  return texts.join('\n');
}

describe('a store', () => {
  test('gives back what was written, after closing and opening', async () => {
    const first = vault();
    const store = await first.enrol('135790', SECRET, FEW);
    const bytes = Uint8Array.from([1, 2, 255]);
    await store.write([{ kind: 'act', key: 'a', value: { words: '护罩缺失' } }, { kind: 'bytes', key: 'b', value: bytes }]);
    first.close();
    const again = await vault().unlock('135790', 0);
    expect(await again.all('act')).toEqual([['a', { words: '护罩缺失' }]]);
    expect(await again.get('bytes', 'b')).toEqual(bytes);
    await again.write([{ kind: 'act', key: 'a', value: undefined }]);
    expect(await again.get('act', 'a')).toBeUndefined();
  });

  test('holds nothing readable', async () => {
    const store = await vault().enrol('135790', SECRET, FEW);
    await store.write([{ kind: 'act', key: 'a', value: { words: 'guard missing' } }, { kind: 'bytes', key: 'b', value: new TextEncoder().encode('guard missing') }]);
    const found = await raw(1);
    expect(found).not.toContain('guard missing');
    expect(found).not.toContain(SECRET);
  });

  test('writes nothing where one row of many turns out not to be kept after all', async () => {
    const store = await vault().enrol('135790', SECRET, FEW);
    await store.write([{ kind: 'meta', key: 'order', value: 1 }]);
    const put = vi.spyOn(FDBObjectStore.prototype, 'put').mockImplementation(function (this: IDBObjectStore, row) { return this.add(row); }); // fails later, for `order` is there
    await expect(store.write([{ kind: 'act', key: 'a', value: 1 }, { kind: 'meta', key: 'order', value: 2 }, { kind: 'act', key: 'b', value: 1 }])).rejects.toThrow();
    put.mockRestore();
    expect([await store.all('act'), await store.get('meta', 'order')]).toEqual([[], 1]);
  });

  test('writes all or nothing', async () => {
    const store = await vault().enrol('135790', SECRET, FEW);
    const impossible = { kind: 'picture', key: null as never, value: 1 } as const;
    await expect(store.write([{ kind: 'act', key: 'a', value: 1 }, impossible])).rejects.toThrow();
    expect(await store.all('act')).toEqual([]);
  });

  test('lets the last of several writes stand, whatever their sizes', async () => {
    const store = await vault().enrol('135790', SECRET, FEW);
    const large = { kind: 'act', key: 'a', value: 'x'.repeat(2_000_000) } as const;
    await Promise.all([store.write([large]), store.write([{ kind: 'act', key: 'a', value: 'last' }])]);
    expect(await store.get('act', 'a')).toBe('last');
  });

  test('does not open a row that lies in another place', async () => {
    const store = await vault().enrol('135790', SECRET, FEW);
    await store.write([{ kind: 'act', key: 'a', value: 1 }]);
    const moved = vault() as unknown as { database: { table: (name: string) => { get: (key: string) => Promise<object>; put: (row: object) => Promise<void> } } };
    const table = moved.database.table('act');
    await table.put({ ...(await table.get('a')), key: 'b' });
    await expect(store.get('act', 'b')).rejects.toThrow();
    expect(await store.get('act', 'a')).toBe(1);
  });
});

describe('the lock', () => {
  test('takes as many rounds as the protocol asks for', () => expect(ROUNDS).toBeGreaterThanOrEqual(600_000));

  test('opens by its PIN alone, and lets wrong ones wait longer each time', async () => {
    await vault().enrol('135790', SECRET, FEW);
    const waits: number[] = [];
    for (let tries = 0, now = 0; tries < 8; tries += 1) {
      const error = await vault().unlock('000000', now).catch((wrong: unknown) => wrong);
      expect(error).toBeInstanceOf(WrongPin);
      waits.push(Math.max(0, (error as WrongPin).until - now));
      now = Math.max(now, (error as WrongPin).until);
      if (waits.at(-1)) await expect(vault().unlock('135790', now - 1)).rejects.toThrow(WrongPin);
    }
    expect(waits).toEqual([0, 0, 0, 0, 30_000, 60_000, 120_000, 240_000]);
    await vault().unlock('135790', 1e9);
    expect((await vault().unlock('1', 1e9).catch((wrong: unknown) => wrong) as WrongPin).until).toBe(0);
  });

  test('changes its PIN and keeps the content', async () => {
    const store = await vault().enrol('135790', SECRET, FEW);
    await store.write([{ kind: 'act', key: 'a', value: 1 }]);
    await vault().changePin('135790', '246810', 0);
    await expect(vault().unlock('135790', 0)).rejects.toThrow(WrongPin);
    expect(await (await vault().unlock('246810', 0)).get('act', 'a')).toBe(1);
  });

  test('counts tries at changing its PIN like tries at opening it', async () => {
    await vault().enrol('135790', SECRET, FEW);
    for (let tries = 0; tries < 5; tries += 1) await expect(vault().changePin('000000', '246810', 0)).rejects.toThrow(WrongPin);
    await expect(vault().changePin('135790', '246810', 29_999)).rejects.toThrow(WrongPin);
    await vault().changePin('135790', '246810', 30_000);
    await vault().unlock('246810', 30_000);
  });

  test('once forgotten, leaves nothing that opens', async () => {
    const first = vault();
    const store = await first.enrol('135790', SECRET, FEW);
    await store.write([{ kind: 'act', key: 'a', value: 1 }]);
    await store.wipe();
    expect(await vault().enrolled()).toBe(false);
    const fresh = await vault().enrol('135790', SECRET, FEW);
    expect(await fresh.all('act')).toEqual([]);
  });

  test('is one for each person: two on one tablet see nothing of each other', async () => {
    const one = await vault(1).enrol('135790', SECRET, FEW);
    await one.write([{ kind: 'act', key: 'a', value: 1 }]);
    const other = await vault(2).enrol('135790', SECRET, FEW);
    expect(await other.all('act')).toEqual([]);
    await expect(vault(1).enrol('000000', SECRET, FEW)).rejects.toThrow(RangeError);
    expect(await one.get('act', 'a')).toBe(1);
  });
});

test('the engine delivers from it, and goes on after the page was closed', async () => {
  const time = new Time();
  const chance = new Chance(5);
  const server = new Server(() => time.now);
  server.visits.set('review-1', { open: true, kind: 'initial', team: new Set([1]), leader: 1 });
  const signIn = { account: 1, until: Infinity };
  const ports = (store: Store, on: boolean) => ({
    store, now: () => time.now, steady: () => time.now, random: chance.next, uuid: () => crypto.randomUUID(), sleep: time.sleep,
    fetch: on ? fetching({ time, chance, server, signIn, fault: () => null }) : () => Promise.reject(new Error('off line')),
  });
  const first = vault();
  const off = await Engine.open(ports(await first.enrol('135790', SECRET, FEW), false), 1);
  const bytes = chance.bytes(500);
  const held = await off.record({ act: 'sheets.attach_picture@1', visit: 'review-1', input: { line: '1', picture: hex(bytes), caption: '东门' }, pictures: [bytes] });
  expect(await off.round()).toBeGreaterThan(0);
  first.close();

  const on = await Engine.open(ports(await vault().unlock('135790', 0), true), 1);
  let delivered = false;
  void on.round().then(() => { delivered = true; });
  while (!delivered) { await new Promise((resolve) => setTimeout(resolve, 1)); await time.until(time.now + 1000); }
  expect(on.shelf.acts.get(held.act.id)!.state).toBe('stored');
  expect(server.data.pictures.get(hex(bytes))).toEqual(bytes);
});
