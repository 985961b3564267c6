// Who made what, known to the story alone; and what was seen to go wrong on the way, as sentences.
import type { Held } from '../../engine/shelf.ts';

export class Ledger {
  readonly wrong: string[] = [];
  readonly made = new Map<string, string>(); // every act that ever lay on a disk, as it was
  readonly authors = new Map<string, number>(); // by id of the act
  readonly writers = new Map<string, readonly [number, string]>(); // words -> who wrote them, in which act
  readonly bytes = new Map<string, Uint8Array>(); // every picture and signature, by SHA-256
  private readonly needs = new Map<string, Set<number>>(); // SHA-256 -> whose acts name it
  private readonly orders = new Map<string, string>(); // device and order -> id

  /** An act is written on the disk of `account`, for the first time or again. */
  noted(account: number, held: Held): void {
    const { act } = held;
    const text = JSON.stringify(act);
    const before = this.made.get(act.id);
    if (before === undefined) this.first(account, held, text);
    else if (before !== text) this.wrong.push(`altered: ${act.id} on a device`);
    if (this.authors.get(act.id) !== account) this.wrong.push(`leak: ${act.id} lies in another person's store`);
  }

  private first(account: number, { act, device, needs }: Held, text: string): void {
    this.made.set(act.id, text);
    this.authors.set(act.id, account);
    const { answer, caption } = act.input as { answer?: { words?: string }; caption?: string };
    this.writers.set(answer?.words ?? caption ?? act.id, [account, act.id]);
    for (const sha of needs) this.needs.set(sha, (this.needs.get(sha) ?? new Set()).add(account));
    const place = `${device}/${act.order}`;
    if (this.orders.has(place)) this.wrong.push(`doubled: order ${act.order} of one device by ${act.id} and ${this.orders.get(place)}`);
    this.orders.set(place, act.id);
  }

  owns(account: number, sha: string): boolean {
    return this.needs.get(sha)?.has(account) === true;
  }

  mine(account: number, ids: Iterable<string>, where: string): void {
    for (const id of ids) if (this.authors.get(id) !== account) this.wrong.push(`leak: ${id} of another person ${where}`);
  }
}
