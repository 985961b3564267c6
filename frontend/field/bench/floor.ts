// What no page can do without: two rows of the size of an act and its counter written to IndexedDB, on the disk when it is said so,
// and a word on the screen. Measured by turns with the taps, so that both have the machine's same moments.
import { changed, taking } from './waiting.ts';

const ROWS = { act: 900, meta: 40 } as const; // bytes
const word = document.createElement('p');
let database: IDBDatabase | null = null;

export async function floor(turn: number): Promise<number> {
  database ??= await opened();
  document.body.append(word);
  const told = changed(word, () => word.textContent === String(turn));
  return taking(async () => {
    await written(database!, turn);
    word.textContent = String(turn);
    await told;
  });
}

function opened(): Promise<IDBDatabase> {
  const asked = indexedDB.open('floor', 1);
  return new Promise((resolve, reject) => {
    asked.onupgradeneeded = () => { for (const name of Object.keys(ROWS)) asked.result.createObjectStore(name, { keyPath: 'key' }); };
    asked.onsuccess = () => resolve(asked.result);
    asked.onerror = () => reject(asked.error);
  });
}

function written(into: IDBDatabase, turn: number): Promise<void> {
  const transaction = into.transaction(Object.keys(ROWS), 'readwrite', { durability: 'strict' });
  for (const [name, size] of Object.entries(ROWS)) transaction.objectStore(name).put({ key: String(turn), data: new Uint8Array(size) });
  transaction.commit();
  return new Promise((resolve, reject) => {
    transaction.oncomplete = () => resolve();
    transaction.onabort = () => reject(transaction.error);
  });
}
