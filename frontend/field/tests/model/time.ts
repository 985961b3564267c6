// Virtual time: events in their order, and between two of them everything that follows from promises.

interface Event {
  readonly at: number;
  readonly order: number;
  readonly happen: () => void;
  off: boolean; // nobody waits for it any more
}

export class Time {
  now = Date.parse('2026-03-16T01:00:00Z');
  private readonly outside = new Set<Promise<unknown>>();
  private order = 0;
  private readonly heap: Event[] = [];

  /** Gives how to take it back. */
  after(ms: number, happen: () => void): () => void {
    this.order += 1;
    const event: Event = { at: this.now + Math.max(0, ms), order: this.order, happen, off: false };
    push(this.heap, event);
    return () => { event.off = true; };
  }

  sleep = (ms: number): Promise<void> => new Promise((resolve) => { this.after(ms, resolve); });

  /** Something real is asked: time stands still until it has answered. */
  still<T>(asked: Promise<T>): Promise<T> {
    const done = asked.finally(() => this.outside.delete(done));
    this.outside.add(done);
    return done;
  }

  async until(end: number): Promise<void> {
    await this.settled();
    while (this.heap.length && this.heap[0]!.at <= end) {
      const event = pop(this.heap);
      if (event.off) continue;
      this.now = Math.max(this.now, event.at);
      event.happen();
      await this.settled();
    }
    this.now = Math.max(this.now, end);
  }

  /** Every promise that can be kept without time passing has been. */
  private async settled(): Promise<void> {
    await turn();
    while (this.outside.size) {
      await Promise.race(this.outside);
      await turn();
    }
  }
}

function turn(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}

function before(one: Event, other: Event): boolean {
  return one.at !== other.at ? one.at < other.at : one.order < other.order;
}

function push(heap: Event[], event: Event): void {
  heap.push(event);
  for (let at = heap.length - 1; at > 0;) {
    const up = (at - 1) >> 1;
    if (!before(heap[at]!, heap[up]!)) return;
    [heap[at], heap[up]] = [heap[up]!, heap[at]!];
    at = up;
  }
}

function pop(heap: Event[]): Event {
  const first = heap[0]!;
  const last = heap.pop()!;
  if (heap.length) sink(heap, last);
  return first;
}

function sink(heap: Event[], event: Event): void {
  heap[0] = event;
  for (let at = 0; ;) {
    const left = 2 * at + 1;
    let least = at;
    if (left < heap.length && before(heap[left]!, heap[least]!)) least = left;
    if (left + 1 < heap.length && before(heap[left + 1]!, heap[least]!)) least = left + 1;
    if (least === at) return;
    [heap[at], heap[least]] = [heap[least]!, heap[at]!];
    at = least;
  }
}
