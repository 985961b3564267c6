// What the model server keeps. A transaction that fails is undone step by step; a backup is a copy.
import type { PictureRecord, SheetRecord } from '../../digests/sheet.ts';
import type { Act, Outcome } from '../../engine/wire.ts';
import { LINES } from './book.ts';

export interface Receipt {
  readonly account: number;
  readonly content: string;
  readonly outcome: Exclude<Outcome, { outcome: 'waiting' }>;
}

/** What stands on a line; without an answer: pictures alone. */
export interface Row {
  readonly version: number;
  readonly record: Omit<SheetRecord, 'pictures'> | null;
  readonly pictures: readonly PictureRecord[];
}

export interface Sheet {
  readonly begun: boolean;
  readonly closed: string; // id of the act that closed it
  readonly number: number; // of the last entry
}

/** What happened under a number: the line it touched, empty: the visit itself. */
export interface Entry {
  readonly visit: string;
  readonly line: string;
  readonly at: string;
}

export class Data {
  next = 1; // receipts and entries are numbered together
  watermark = 0;
  receipts: Map<string, Receipt> = new Map();
  rows: Map<string, Row> = new Map(); // visit/line
  sheets: Map<string, Sheet> = new Map();
  entries: Map<number, Entry> = new Map();
  pictures: Map<string, Uint8Array> = new Map();
  uploads: Map<string, true> = new Map(); // account/sha: whole
  pieces: Map<string, Uint8Array> = new Map(); // account/sha
  lost: Map<string, string> = new Map(); // id of an act nobody waits for any more -> visit
  effects: Act[] = []; // what acts did, in the order done
  private log: (() => void)[] = [];

  number(): number {
    this.next += 1;
    return this.next - 1;
  }

  put<K, V>(map: Map<K, V>, key: K, value: V): void {
    const had = map.get(key);
    this.log.push(() => { if (had === undefined) map.delete(key); else map.set(key, had); });
    map.set(key, value);
  }

  /** Something happened to a visit: its packet has another number from now on. */
  enter(visit: string, line: string, at: string, change: Partial<Sheet>): void {
    const number = this.number();
    this.put(this.entries, number, { visit, line, at });
    this.put(this.sheets, visit, { ...this.sheet(visit), ...change, number });
  }

  sheet(visit: string): Sheet {
    return this.sheets.get(visit) ?? { begun: false, closed: '', number: 0 };
  }

  /** By line. */
  standing(visit: string): Map<string, Row> {
    return new Map(LINES.flatMap((line) => { const row = this.rows.get(`${visit}/${line}`); return row ? [[line, row] as const] : []; }));
  }

  take(act: Act): void {
    this.effects.push(act);
    this.log.push(() => this.effects.pop());
  }

  /** Where a transaction begins: what came before it stays, unless `keep` says that it may still be undone. */
  mark(keep: boolean): number {
    if (!keep) this.log = [];
    return this.log.length;
  }

  undo(mark: number): void {
    while (this.log.length > mark) this.log.pop()!();
  }

  copy(): Data {
    return Object.assign(new Data(), {
      next: this.next, watermark: this.watermark, receipts: new Map(this.receipts), rows: new Map(this.rows), sheets: new Map(this.sheets),
      entries: new Map(this.entries), pictures: new Map(this.pictures), uploads: new Map(this.uploads), pieces: new Map(this.pieces), lost: new Map(this.lost), effects: [...this.effects],
    });
  }
}
