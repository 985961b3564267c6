// One person's store in IndexedDB, a database an account. Content is sealed before the transaction begins: a
// promise of WebCrypto inside would end it. Writes go one after another, so that what was written last stands.
import { Dexie } from 'dexie';
import type { DexieOptions, Table } from 'dexie';
import type { Kind, Store, Write } from '../engine/ports.ts';
import { newLock, opened, relocked, trying } from './lock.ts';
import type { LockRow } from './lock.ts';
import { seal, unseal } from './sealed.ts';
import type { Row } from './sealed.ts';

const KINDS: readonly Kind[] = ['meta', 'act', 'picture', 'bytes', 'packet', 'book', 'handed'];
const LOCK = 'lock';

export class Vault {
  private readonly database: Dexie;

  /** `strict`: a write is on the disk when its promise is kept, not only in the system's cache. */
  constructor(readonly account: number, options: DexieOptions = {}) {
    this.database = new Dexie(`dabiao-field-${account}`, { chromeTransactionDurability: 'strict', ...options });
    this.database.version(1).stores(Object.fromEntries([...KINDS, LOCK].map((kind) => [kind, '&key'])));
  }

  async enrolled(): Promise<boolean> {
    return (await this.locks.get(LOCK)) !== undefined;
  }

  /** Begins an empty store. RangeError where there is one: it is opened or wiped, never written over. */
  async enrol(pin: string, secret: string, rounds?: number): Promise<Store> {
    const [row, key] = await newLock(pin, secret, rounds);
    await this.database.transaction('rw', [...KINDS, LOCK], async () => {
      if (await this.locks.get(LOCK)) throw new RangeError('本机已有这个人的内容');
      for (const kind of KINDS) await this.database.table(kind).clear(); // left of a store whose key was forgotten
      await this.locks.put({ ...row, key: LOCK });
    });
    return this.store(key);
  }

  /** WrongPin where it does not open it, or where it is too early to try again. */
  async unlock(pin: string, now: number): Promise<Store> {
    const row = await this.lock();
    await this.locks.put({ ...trying(row, now), key: LOCK });
    const key = await opened(await this.lock(), pin);
    await this.locks.put({ ...row, wrong: 0, until: 0, key: LOCK });
    return this.store(key);
  }

  /** Trying the old PIN counts as trying to open. */
  async changePin(old: string, pin: string, now: number): Promise<void> {
    await this.locks.put({ ...trying(await this.lock(), now), key: LOCK });
    await this.locks.put({ ...(await relocked(await this.lock(), old, pin)), key: LOCK });
  }

  /** Forgets the key, then what nobody can read any more. */
  async wipe(): Promise<void> {
    await this.locks.delete(LOCK);
    await this.database.delete({ disableAutoOpen: false });
  }

  close(): void {
    this.database.close();
  }

  private get locks(): Table<LockRow & { readonly key: string }, string> {
    return this.database.table(LOCK);
  }

  private async lock(): Promise<LockRow> {
    const row = await this.locks.get(LOCK);
    if (!row) throw new RangeError('本机没有这个人的内容');
    return row;
  }

  private store(secret: CryptoKey): Store {
    return new SealedStore(this.database, secret, () => this.wipe());
  }
}

/** One row that cannot be kept ends the whole transaction: Dexie, which would go on, does not hear of it. */
function whole(asked: IDBRequest): void {
  asked.onerror = (event) => event.stopPropagation();
}

class SealedStore implements Store {
  private last: Promise<unknown> = Promise.resolve();

  constructor(private readonly database: Dexie, private readonly secret: CryptoKey, readonly wipe: () => Promise<void>) {}

  async all(kind: Exclude<Kind, 'bytes'>): Promise<readonly (readonly [string, unknown])[]> {
    const rows: Row[] = await this.database.table(kind).toArray();
    return Promise.all(rows.map(async (row) => [row.key, await unseal(this.secret, kind, row)] as const));
  }

  async get(kind: Kind, key: string): Promise<unknown> {
    const row: Row | undefined = await this.database.table(kind).get(key);
    return row && unseal(this.secret, kind, row);
  }

  write(batch: readonly Write[]): Promise<void> {
    const turn = this.last.then(() => this.written(batch));
    this.last = turn.catch(() => {});
    return turn;
  }

  private async written(batch: readonly Write[]): Promise<void> {
    const sealed = await Promise.all(batch.map((each) => this.sealed(each)));
    const kinds = [...new Set(batch.map((each) => each.kind))];
    await this.database.transaction('rw', kinds, ({ idbtrans }) => {
      for (const [at, { kind, key }] of batch.entries()) {
        const [row, table] = [sealed[at], idbtrans.objectStore(kind)];
        whole(row ? table.put(row) : table.delete(key));
      }
      idbtrans.commit?.(); // at once: not when a page busy drawing has heard of each row
    });
  }

  private async sealed({ kind, key, value }: Write): Promise<Row | null> {
    return value === undefined ? null : seal(this.secret, kind, key, value);
  }
}
