// Somebody at the device, with their store open: one engine a store, whatever number of windows.
import { Engine } from '../engine/engine.ts';
import type { Store } from '../engine/ports.ts';
import type { Vault } from '../store/dexie.ts';
import { browserPorts } from './ports.ts';

export interface Seat {
  readonly engine: Engine;
  readonly vault: Vault;
  readonly name: string;
  /** Kept when the engine has come to rest for good: the person left, or the store was wiped. */
  readonly over: Promise<void>;
  leave(): Promise<void>;
}

export type Release = () => void;

/** The right to a store; null where another window of this device has it. */
export function claim(account: number): Promise<Release | null> {
  return new Promise((resolve, reject) => {
    const holding = (lock: Lock | null): Promise<void> | void => {
      if (!lock) return resolve(null);
      return new Promise<void>((release) => resolve(release));
    };
    navigator.locks.request(`dabiao-field-${account}`, { ifAvailable: true }, holding).catch(reject);
  });
}

export async function sit(vault: Vault, store: Store, name: string, release: Release): Promise<Seat> {
  void navigator.storage?.persist?.().catch(() => {}); // the page tells what it means where the browser refuses
  const leaving = new AbortController();
  const engine = await Engine.open(browserPorts(store, leaving.signal), vault.account);
  const running = engine.run();
  const over = running.finally(() => { vault.close(); release(); });
  const leave = async (): Promise<void> => {
    engine.stop();
    leaving.abort();
    await over;
  };
  return { engine, vault, name, over, leave };
}
