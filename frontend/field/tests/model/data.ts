// What the model server keeps. A transaction works on a fork and either becomes the data or is dropped.
import type { Act, Outcome } from '../../engine/wire.ts';

export interface Receipt {
  readonly content: string;
  readonly outcome: Exclude<Outcome, { outcome: 'waiting' }>;
}

export class Data {
  next = 1;
  watermark = 0;
  receipts: Map<string, Receipt> = new Map();
  answers: Map<string, number> = new Map(); // visit/line -> version
  pictures: Map<string, Uint8Array> = new Map();
  pieces: Map<string, Uint8Array> = new Map();
  effects: Act[] = []; // what acts did, in the order done

  number(): number {
    this.next += 1;
    return this.next - 1;
  }

  receive(id: string, receipt: Receipt): void {
    this.receipts.set(id, receipt);
  }

  take(act: Act): void {
    this.effects.push(act);
  }

  copy(): Data {
    return Object.assign(new Data(), {
      next: this.next, watermark: this.watermark, receipts: new Map(this.receipts), answers: new Map(this.answers),
      pictures: new Map(this.pictures), pieces: new Map(this.pieces), effects: [...this.effects],
    });
  }

  fork(): Data {
    return this.copy();
  }
}
