// The real server, one question a line on standard output, one answer a line on standard input.
import { createInterface } from 'node:readline';
import { fromBase64, toBase64 } from '../../engine/base64.ts';
import type { Answered, Asked } from '../../engine/ports.ts';
import type { Serving } from '../model/network.ts';
import type { SignIn } from '../model/server.ts';
import type { Time } from '../model/time.ts';

interface Reply {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

const lines = createInterface({ input: process.stdin })[Symbol.asyncIterator]();

export async function read<T>(): Promise<T> {
  return JSON.parse((await lines.next()).value as string) as T;
}

export function say(value: object): void {
  process.stdout.write(`${JSON.stringify(value)}\n`);
}

export class Remote implements Serving {
  private turn: Promise<unknown> = Promise.resolve();

  constructor(private readonly time: Time) {}

  /** One at a time: the harness is one thread. */
  handle(asked: Asked, signIn: SignIn): Promise<Answered> {
    const as = signIn.account !== null && this.time.now <= signIn.until ? signIn.account : null;
    const mine = this.turn.then(() => this.asked(asked, as));
    this.turn = mine.catch(() => {});
    return this.time.still(mine);
  }

  private async asked(asked: Asked, as: number | null): Promise<Answered> {
    say({ ask: { ...asked, body: asked.body && toBase64(asked.body) }, as, at: this.time.now });
    const { status, headers, body } = await read<Reply>();
    const named = new Map(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]));
    return { status, header: (name) => named.get(name.toLowerCase()) ?? null, body: fromBase64(body) };
  }

  lookUp(): ReadonlySet<string> {
    return new Set();
  }

  told(): void {}

  commit(): void {}

  crash(): void {}
}
