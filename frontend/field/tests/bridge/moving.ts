// What two reviewers do with their devices besides scoring, by the page's own models, against the real server.
import { exported, imported } from '../../engine/exported.ts';
import { exportFile } from '../../engine/told.ts';
import { hex } from '../../digests/sha256.ts';
import { after, begun, closes, closing, closingAct, people, sealed, unseen } from '../../page/visit/model/closing.ts';
import type { Signature } from '../../page/visit/model/closing.ts';
import { Desk } from '../../page/visit/model/desk.ts';
import { made, taken } from '../../page/visit/model/handing.ts';
import type { Chance } from '../model/chance.ts';
import type { Device } from '../model/device.ts';
import { busy, parsed, takes } from '../model/moves.ts';
import { flipped } from '../model/network.ts';

const ATTENDANCE = [{ name: '示例组长', side: 'team', duty: '组长' }, { name: '示例负责人', side: 'unit', duty: '主要负责人' }];

export class Moving {
  readonly counts = { handed: 0, damaged: 0, exported: 0, signed: 0, waited: 0 };

  constructor(private readonly visit: string, private readonly inks: readonly Uint8Array[], private readonly at: (device: Device) => string) {}

  /** Some elements, whole or damaged on the way. */
  async handsOver(from: Device, to: Device, chance: Chance): Promise<void> {
    let text = '';
    await busy(from, async () => {
      const desk = await this.desk(from);
      if (desk) text = await made(from.engine!.shelf, desk, from.name, [...desk.book.extents.keys()].filter(() => chance.hits(0.7)));
    });
    if (text) await busy(to, () => this.receives(to, chance.hits(0.2) ? turned(chance, text) : text));
  }

  private async receives(to: Device, text: string): Promise<void> {
    const desk = await this.desk(to);
    if (!desk) return;
    const told = await taken(to.engine!.shelf, desk, to.name, text).catch((error: unknown) => { if (error instanceof RangeError) return null; throw error; });
    this.counts.damaged += told?.told.every((each) => each.outcome !== 'damaged') ? 0 : 1;
    this.counts.handed += told?.told.filter((each) => each.outcome === 'merged').length ?? 0;
  }

  /** To another tablet of the same person, which delivers it as well. */
  async exports(from: Device, to: Device): Promise<void> {
    await busy(from, async () => {
      const text = JSON.stringify(await exported(from.engine!.shelf, from.account));
      await to.open();
      const file = parsed(text);
      if (!to.engine || !exportFile(file)) return;
      await imported(to.engine.shelf, to.account, file);
      to.engine?.wake();
      this.counts.exported += 1;
    });
  }

  /** The opening meeting, unless it is here already. */
  async begins(leader: Device): Promise<void> {
    const begins = leader.held().filter((held) => held.act.act === 'reviews.begin@1');
    if (begins.some((held) => held.state === 'queued' || held.state === 'stored')) return;
    await leader.does({ act: 'reviews.begin@1', visit: this.visit, input: { attendance: ATTENDANCE, summary: '通报评审安排' } });
  }

  /** Over what this device holds, where the page would let the leader; false where it would not. */
  async signs(leader: Device): Promise<boolean> {
    const desk = await this.desk(leader);
    const stands = !desk?.me?.leads || !begun(desk) || sealed(desk) || unseen(desk) || desk.gaps.length > 0;
    if (!desk || stands || desk.open.some((held) => !closes(held))) return false;
    const signers = [desk.me!, people(desk, 'unit')[0]!];
    const signatures = signers.map(({ side, account, name }, at): Signature => (
      { side, account, name, image: hex(this.inks[at]!), signed_at: this.at(leader), remark: '' }));
    const input = { attendance: ATTENDANCE, summary: '通报结果', closing: closing(desk, signatures), after: after(desk) };
    const held = await leader.does({ act: closingAct(desk), visit: this.visit, input, pictures: [...this.inks] });
    this.counts.signed += held ? 1 : 0;
    this.counts.waited += held && input.after.length ? 1 : 0;
    return held !== null;
  }

  /** Takes the visit as it is now, and signs over it. */
  async signsAnew(leader: Device): Promise<void> {
    await takes(leader, this.visit);
    await this.signs(leader);
  }

  private async desk(device: Device): Promise<Desk | null> {
    const { engine, account, name } = device;
    return engine && Desk.open({ engine, account, name }, this.visit);
  }
}

function turned(chance: Chance, text: string): string {
  return new TextDecoder().decode(flipped(chance, new TextEncoder().encode(text)));
}
