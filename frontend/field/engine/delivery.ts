// The queue goes out: pictures an act needs, then acts in their order (§8). An act leaves the queue on an
// outcome for its id in an envelope, written down before anything else is done with it.
import { ask, Halt, json } from './asking.ts';
import * as pictures from './pictures.ts';
import type { Limits, Ports, Write } from './ports.ts';
import { actRow, pictureRow } from './shelf.ts';
import type { Held, ServerMark, Shelf } from './shelf.ts';
import * as told from './told.ts';
import { FIELD } from './wire.ts';
import type { Act, Outcome, Outcomes } from './wire.ts';

const TOO_LARGE = 413;

export class Delivery {
  private most: number;

  constructor(
    private readonly ports: Ports, private readonly shelf: Shelf,
    private readonly account: number, private readonly limits: Limits,
  ) {
    this.most = limits.acts;
  }

  /** Until nothing is left that can go. Says whether an answer shows that the server is another than it was. What
   * the server lets wait is put aside: however much that is, what is independent of it goes on. */
  async run(csrf: string): Promise<boolean> {
    const aside = new Set<string>();
    for (;;) {
      const batch = await this.next(csrf, aside);
      if (!batch.length) break;
      const answered = await this.post(csrf, batch);
      if (answered && (await this.keep(batch, answered, aside))) return true;
    }
    if (aside.size) throw new Halt('waiting');
    return false;
  }

  /** The longest run of one device's acts whose pictures are there; what hangs on something stuck stays. */
  private async next(csrf: string, aside: ReadonlySet<string>): Promise<Held[]> {
    const batch: Held[] = [];
    const stuck = this.stuck();
    let size = 0;
    for (const held of this.shelf.queue()) {
      if (aside.has(held.act.id) || stuck.has(held.act.based_on)) { stuck.add(held.act.id); continue; }
      const own = JSON.stringify(held.act).length * 3; // no character takes more than three bytes a unit
      const full = batch.length >= this.most || (batch.length > 0 && size + own > this.limits.bytes);
      if (full || (batch[0] && batch[0].device !== held.device)) break;
      if (!(await this.pictured(csrf, held))) { stuck.add(held.act.id); continue; }
      batch.push(held);
      size += own;
    }
    return batch;
  }

  private stuck(): Set<number | string> {
    const large = [...this.shelf.acts.values()].filter((held) => held.state === 'too_large');
    return new Set<number | string>(large.map((held) => held.act.id));
  }

  private async pictured(csrf: string, held: Held): Promise<boolean> {
    for (const sha of held.needs) {
      if (!(await pictures.send(this.ports, this.shelf, this.limits, csrf, sha))) return false;
    }
    return true;
  }

  /** null: too large; it was halved, or the one act put aside. */
  private async post(csrf: string, batch: readonly Held[]): Promise<Outcomes | null> {
    const acts: Act[] = batch.map((held) => held.act);
    const body = json({ dabiao: FIELD, device: batch[0]!.device, account: this.account, acts });
    const answered = await ask(this.ports, { method: 'POST', path: '/field/acts', body }, csrf, {}, [TOO_LARGE]);
    if (answered.status !== TOO_LARGE) return outcomes(answered.body);
    if (batch.length === 1) await this.shelf.write([actRow({ ...batch[0]!, state: 'too_large', text: '内容过大，服务器不能接收' })]);
    this.most = Math.max(1, batch.length >> 1);
    return null;
  }

  /** One transaction for all outcomes and the mark; true where a receipt shows a restored server. */
  private async keep(batch: readonly Held[], { outcomes, watermark }: Outcomes, aside: Set<string>): Promise<boolean> {
    const mine = new Map(batch.map((held) => [held.act.id, held]));
    const judged = outcomes.filter((each) => mine.has(each.id));
    const rows = judged.flatMap((each) => this.kept(mine.get(each.id)!, each));
    const receipts = judged.flatMap((each) => ('receipt' in each ? [each.receipt] : []));
    const unfounded = judged.some((each) => each.outcome === 'waiting' && each.acts?.some((id) => this.delivered(id))); // a colleague's, or what waits itself, may be wanted
    const mark = marked(this.shelf.meta.server, watermark, unfounded ? [0] : receipts);
    await this.shelf.write([...rows, { kind: 'meta', key: 'server', value: mark }]);
    for (const { act } of batch) if (this.shelf.acts.get(act.id)?.state === 'queued') aside.add(act.id);
    if (receipts.length) this.most = Math.min(this.limits.acts, this.most * 2);
    return !mark.asked;
  }

  private delivered(id: string): boolean {
    return (this.shelf.acts.get(id)?.receipt ?? 0) > 0;
  }

  private kept(held: Held, outcome: Outcome): Write[] {
    if (outcome.outcome === 'waiting') return this.wanted(held, outcome.needs);
    const base = { ...held, state: outcome.outcome, receipt: outcome.receipt };
    if (outcome.outcome === 'stored') {
      const other = held.digest && outcome.digest && held.digest !== outcome.digest;
      return [actRow({ ...base, version: outcome.version ?? 0, done_at: outcome.done_at ?? '', differs: other ? ['digest'] : [], seen: !other })];
    }
    const said = { text: outcome.text, clause: 'clause' in outcome ? outcome.clause ?? '' : '' };
    if (outcome.outcome === 'refused') return [actRow({ ...base, ...said })];
    return [actRow({ ...base, ...said, theirs: outcome.theirs ?? null, version: outcome.version ?? 0, differs: outcome.differs ?? [] })];
  }

  /** The server has not, or no longer, the bytes: they are sent again before the act is. */
  private wanted(held: Held, needs: readonly string[]): Write[] {
    const lost = held.needs.filter((sha) => needs.includes(sha));
    return lost.flatMap((sha) => {
      const picture = this.shelf.pictures.get(sha);
      return picture ? [pictureRow({ ...picture, tried: true, complete: false })] : [];
    });
  }
}

/** A falling watermark, a receipt numbered below one we hold, an act that hangs on one the server has lost: it
 * was restored; ask what it knows. */
function marked(before: ServerMark, watermark: number, receipts: readonly number[]): ServerMark {
  const restored = watermark < before.watermark || Math.min(...receipts, Infinity) <= before.highest;
  const mark = { ...before, watermark: Math.max(before.watermark, watermark), highest: Math.max(before.highest, ...receipts) };
  return restored ? { ...mark, asked: '' } : mark;
}

/** An outcome that cannot be read leaves its act in the queue, and no other. */
function outcomes(body: unknown): Outcomes {
  if (!told.outcomes(body)) throw new Halt('waiting');
  return { outcomes: body.outcomes.filter(told.outcome), watermark: body.watermark };
}
