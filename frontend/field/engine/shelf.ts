// What the device holds: a mirror in memory of what lies in the store. Everything is durable before the mirror
// says so; after a kill the mirror is made again from the store alone.
import type { Kind, Store, Write } from './ports.ts';
import type { Act, VisitListed } from './wire.ts';
import type { Contact } from './times.ts';

export type Standing = 'queued' | 'stored' | 'refused' | 'conflict' | 'too_large';

/** An act and what became of it. It stays until the watermark has passed its receipt. */
export interface Held {
  readonly act: Act;
  readonly device: string; // on which it was done; an imported act keeps its own
  readonly needs: readonly string[]; // SHA-256 of the pictures it names
  readonly digest: string; // what the server should say it stored; empty: not known here
  readonly state: Standing;
  readonly receipt: number;
  readonly version: number;
  readonly text: string; // why refused or in conflict
  readonly clause: string;
  readonly theirs: unknown;
  readonly differs: readonly string[]; // parts of a closing; ["digest"] where the server stored something else
  readonly done_at: string; // as the server took it (a clock ahead is taken as now); empty: as the act says
  readonly seen: boolean; // a person has seen the refusal or the conflict
}

export interface Picture {
  readonly sha: string;
  readonly size: number;
  readonly tried: boolean; // the server may have pieces of it
  readonly complete: boolean;
  readonly refused: string; // why the server will never take it
}

export interface ServerMark {
  readonly epoch: string;
  readonly watermark: number;
  readonly asked: string; // server's moment of the last question which acts it knows; empty: ask
  readonly highest: number; // receipt
}

export interface Meta {
  readonly order: number;
  readonly device: string;
  readonly server: ServerMark;
  readonly contact: Contact | null;
  readonly visits: readonly VisitListed[]; // as last told
  readonly fetched: { readonly [visit: string]: number }; // when last asked for with success, our clock
}

const UNKNOWN: ServerMark = { epoch: '', watermark: 0, asked: '', highest: 0 };

export class Shelf {
  readonly acts = new Map<string, Held>();
  readonly pictures = new Map<string, Picture>();
  readonly covered = new Map<string, number>(); // visit held -> receipt up to which its packet contains our acts
  meta: Meta = { order: 0, device: '', server: UNKNOWN, contact: null, visits: [], fetched: {} };
  brought = 0; // how often a packet, a rulebook or what was handed over was written: who read them before reads again
  private orders = 0;

  private constructor(private readonly store: Store) {}

  static async open(store: Store, device: () => string): Promise<Shelf> {
    const shelf = new Shelf(store);
    for (const [key, value] of await store.all('act')) shelf.acts.set(key, value as Held);
    for (const [key, value] of await store.all('picture')) shelf.pictures.set(key, value as Picture);
    for (const [key, value] of await store.all('packet')) shelf.covered.set(key, (value as { covers: number }).covers);
    for (const [key, value] of await store.all('meta')) shelf.meta = { ...shelf.meta, [key]: value };
    shelf.orders = shelf.meta.order;
    if (!shelf.meta.device) await shelf.write([{ kind: 'meta', key: 'device', value: device() }]);
    return shelf;
  }

  /** The next place in the order of this device; a gap is left where saving fails. */
  place(): number {
    this.orders += 1;
    return this.orders;
  }

  /** To the store, then to the mirror. */
  async write(batch: readonly Write[]): Promise<void> {
    if (!batch.length) return;
    await this.store.write(batch);
    for (const each of batch) this.mirror(each);
  }

  bytes(sha: string): Promise<Uint8Array | undefined> {
    return this.store.get('bytes', sha) as Promise<Uint8Array | undefined>;
  }

  all(kind: Exclude<Kind, 'bytes'>): Promise<readonly (readonly [string, unknown])[]> {
    return this.store.all(kind);
  }

  get(kind: Kind, key: string): Promise<unknown> {
    return this.store.get(kind, key);
  }

  wipe(): Promise<void> {
    return this.store.wipe();
  }

  /** In the order they are to be sent: those of one device in its order, an imported device's before. */
  queue(): Held[] {
    const queued = [...this.acts.values()].filter((held) => held.state === 'queued');
    return queued.sort((one, other) => compare(one.device, other.device) || one.act.order - other.act.order);
  }

  private mirror({ kind, key, value }: Write): void {
    if (kind === 'act') put(this.acts, key, value as Held | undefined);
    if (kind === 'picture') put(this.pictures, key, value as Picture | undefined);
    if (kind === 'packet') put(this.covered, key, (value as { covers: number } | undefined)?.covers);
    if (kind === 'packet' || kind === 'book' || kind === 'handed') this.brought += 1;
    if (kind === 'meta') this.meta = { ...this.meta, [key]: key === 'order' ? Math.max(this.meta.order, value as number) : value };
  }
}

export function actRow(held: Held): Write {
  return { kind: 'act', key: held.act.id, value: held };
}

export function pictureRow(picture: Picture): Write {
  return { kind: 'picture', key: picture.sha, value: picture };
}

function put<T>(map: Map<string, T>, key: string, value: T | undefined): void {
  if (value === undefined) map.delete(key);
  else map.set(key, value);
}

function compare(one: string, other: string): number {
  return one < other ? -1 : one > other ? 1 : 0;
}
