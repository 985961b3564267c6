// A store that survives its process: what a kill leaves is what was written, batch by batch.
import type { Kind, Store, Write } from '../../engine/ports.ts';

export class Disk {
  full = false;
  readonly kept = new Map<Kind, Map<string, unknown>>();

  table(kind: Kind): Map<string, unknown> {
    let table = this.kept.get(kind);
    if (!table) this.kept.set(kind, (table = new Map()));
    return table;
  }

  write(batch: readonly Write[], refused: () => void = () => {}): void {
    if (this.full && batch.some((each) => each.value !== undefined)) { refused(); throw new Error('QuotaExceededError'); }
    for (const { kind, key, value } of batch) {
      if (value === undefined) this.table(kind).delete(key);
      else this.table(kind).set(key, value instanceof Uint8Array ? value.slice() : value);
    }
  }

  /** As the engine sees it; `guard` stands before and after every call. */
  store(guard: <T>(perform: () => T) => Promise<T>): Store {
    return {
      all: (kind) => guard(() => [...this.table(kind)]),
      get: (kind, key) => guard(() => this.table(kind).get(key)),
      write: (batch) => guard(() => this.write(batch)),
      wipe: () => guard(() => this.kept.clear()),
    };
  }
}
