// When people do what they do: scoring, and the moves between devices, at moments drawn from the seed.
import { moment } from '../../engine/times.ts';
import { hex } from '../../digests/sha256.ts';
import type { Answer } from '../../scoring/values.ts';
import { ELEMENTS, LINES } from './book.ts';
import type { Chance } from './chance.ts';
import type { Device } from './device.ts';
import { begins, busy, exports, givesUp, hands, imports, receives, signs, takes } from './moves.ts';
import type { Happening } from './faults.ts';
import { flipped } from './network.ts';
import { HOUR, MINUTE } from './world.ts';
import type { World } from './world.ts';

export class Doings {
  private serial = 0;
  private readonly gone = new Set<string>(); // devices that will never deliver anything

  constructor(private readonly world: World) {}

  works(device: Device): void {
    const { plan, devices, time } = this.world;
    const chance = this.world.chance.apart();
    const acts = Math.ceil(plan.acts / devices.length);
    const standing = new Map<string, string>();
    for (let count = 0; count < acts; count += 1) {
      const picture = count < plan.pictures / devices.length;
      time.after(chance.below(plan.hours * HOUR * 0.9), () => void this.act(device, chance, standing, picture, this.visit(chance)));
    }
  }

  /** Everything else, until `end`. */
  moves(end: number): void {
    const { plan, chance, time } = this.world;
    const spread = (count: number, perform: (own: Chance) => unknown) => {
      for (let left = count; left > 0; left -= 1) { const own = chance.apart(); time.after(chance.below(end - time.now), () => void perform(own)); }
    };
    if (this.world.devices.length > 1) spread(plan.handovers, (own) => this.handover(own));
    spread(plan.closings, (own) => this.sign(own));
    if (plan.handovers + plan.closings) for (const device of this.world.devices) for (const key of this.few) this.takesAlong(device, key, 5);
    spread(plan.exports, (own) => this.export(own));
    spread(plan.windows, (own) => own.of(this.world.devices).again());
  }

  /** What a leader sees to without being told: the opening meetings, and in the calm all of them. */
  leads(device: Device): void {
    for (const [key, visit] of this.world.server.visits) {
      const begun = visit.kind === 'initial' || this.world.server.data.sheet(key).begun;
      if (!begun && visit.open && visit.leader === device.account && (this.world.calm || this.world.chance.hits(0.5))) void begins(device, key);
    }
  }

  /** Whoever leads hears in the calm which tablets are gone for good. */
  givesUp(device: Device): void {
    if (!this.gone.size || !this.world.calm || this.world.over) return;
    const led = this.few.filter((key) => this.world.server.visits.get(key)!.leader === device.account);
    void busy(device, async () => { for (const key of led) await givesUp(device, key, this.gone, this.world.chance.hits(0.7)); });
  }

  /** Leaders are asked again: what they sign now over what the server has is taken. */
  closes(): void {
    const open = [...this.world.server.visits].filter(([key, visit]) => visit.open && !this.world.server.data.sheet(key).closed);
    for (const [key, { leader }] of open.slice(0, 1)) {
      const device = this.world.devices.find((each) => each.account === leader && each.engine);
      if (!device) continue;
      this.world.asked.add(key);
      const again = async (left: number): Promise<void> => {
        if (this.world.server.data.sheet(key).closed) return;
        this.world.signs(device);
        await takes(device, key);
        await signs(device, key, this.world.chance);
        if (left) this.world.time.after(2 * MINUTE, () => void again(left - 1)); // what waited for a tablet that is gone does not match
      };
      void again(5);
    }
  }

  /** Some visits are taken along, as soon as there is a signal. */
  private takesAlong(device: Device, key: string, left: number): void {
    if (this.world.calm || device.disk.table('packet').has(key) || !left) return;
    void takes(device, key);
    this.world.time.after(left > 3 ? 20_000 : 4 * MINUTE, () => this.takesAlong(device, key, left - 1));
  }

  private visit(chance: Chance): string {
    return chance.of([...this.world.server.visits.keys()]);
  }

  /** Those taken along. */
  private get few(): string[] {
    return [...this.world.server.visits.keys()].slice(0, 2);
  }

  private async act(device: Device, chance: Chance, standing: Map<string, string>, picture: boolean, visit: string): Promise<void> {
    const line = chance.of(LINES);
    this.serial += 1;
    const words = `第${this.serial}处`;
    if (picture) return this.photograph(device, chance, visit, line, words);
    const place = `${visit}/${line}`;
    const answer: Answer = { verdict: 'deducted', deductions: [{ rule: '1', count: chance.between(1, 3) }], words };
    const held = await device.does({ act: 'sheets.record_answer@1', visit, input: { line, answer }, based_on: standing.get(place) ?? 0 });
    if (held) standing.set(place, held.act.id);
  }

  private async photograph(device: Device, chance: Chance, visit: string, line: string, caption: string): Promise<void> {
    const bytes = chance.bytes(chance.between(1, 200));
    this.world.ledger.bytes.set(hex(bytes), bytes);
    const input = { line, picture: hex(bytes), caption, source: 'camera' };
    await device.does({ act: 'sheets.attach_picture@1', visit, input, pictures: [bytes] });
  }

  /** From somebody to somebody else, whole or damaged, now or once more. */
  private async handover(chance: Chance): Promise<void> {
    const from = chance.of(this.world.devices);
    const visit = chance.of(this.few);
    const { leader } = this.world.server.visits.get(visit)!;
    const others = this.world.devices.filter((each) => each !== from);
    const to = (chance.hits(0.6) && others.find((each) => each.account === leader)) || chance.of(others);
    await busy(from, async () => {
      if (chance.hits(0.5)) await takes(from, visit);
      if (chance.hits(0.7)) await this.act(from, chance, new Map(), false, visit); // what was done last is not delivered yet
      const text = await hands(from, visit, chance.hits(0.5) ? ELEMENTS : [chance.of(ELEMENTS)], this.world.files);
      if (!text) return;
      await this.carried(to, visit, text, chance);
      if (chance.hits(0.2)) this.breaks(from, new Set(), 'tablet broken after a hand-over');
    });
  }

  private async carried(to: Device, visit: string, text: string, chance: Chance): Promise<void> {
    const { tally, files } = this.world;
    const [what, arrives] = chance.of([
      ['handed over', text], ['handed over', text], ['handed over', text], ['hand-over cut', text.slice(0, chance.below(text.length))],
      ['hand-over flipped', turned(chance, text)], ['hand-over given again', chance.of(files.texts)],
    ] as const);
    await busy(to, async () => {
      if (chance.hits(0.5)) await takes(to, visit);
      const told = await receives(to, visit, arrives, files);
      if (told || what !== 'handed over') tally.count(what);
      if (chance.hits(0.5)) await signs(to, visit, chance); // where the taker leads
    });
  }

  private async sign(chance: Chance): Promise<void> {
    const visit = chance.of(this.few);
    const leader = this.world.devices.filter((each) => each.account === this.world.server.visits.get(visit)!.leader);
    const device = chance.of(leader);
    await busy(device, async () => {
      if (chance.hits(0.7)) await takes(device, visit);
      await signs(device, visit, chance);
    });
  }

  /** To another tablet, by the same person; sometimes the first one then breaks for good. */
  private async export(chance: Chance): Promise<void> {
    const { devices, tablets, tally } = this.world;
    const device = chance.of(devices.filter((each) => !each.tablet.broken));
    const elsewhere = tablets.filter((each) => each !== device.tablet && !each.broken);
    if (!elsewhere.length) return;
    await busy(device, async () => {
      const text = await exports(device);
      if (!text) return;
      tally.count('exported');
      const target = chance.of(elsewhere);
      await this.stranger(chance.of(devices.filter((each) => each.account !== device.account)), text);
      const told = await this.taken(device, this.placed(device.account, target), text, chance);
      if (told && chance.hits(0.4)) this.breaks(device, new Set(told), 'tablet broken after its export');
    });
  }

  private placed(account: number, target: Device['tablet']): Device {
    const there = this.world.devices.find((each) => each.account === account && each.tablet === target);
    if (there) return there;
    const made = this.world.seat(account, target);
    this.world.opens(made);
    return made;
  }

  /** Somebody else's file is theirs to deliver. */
  private async stranger(other: Device | undefined, text: string): Promise<void> {
    if (!other?.engine) return;
    this.world.tally.count('import by another person');
    if (await imports(other, text)) this.world.ledger.wrong.push(`leak: ${other.account} took in another person's export`);
  }

  private async taken(from: Device, to: Device, text: string, chance: Chance): Promise<readonly string[] | null> {
    await to.open();
    if (chance.hits(0.2)) { this.world.tally.count('export cut'); await imports(to, text.slice(0, chance.below(text.length))); }
    if (chance.hits(0.2)) { this.world.tally.count('export flipped'); await imports(to, turned(chance, text)); }
    const ids = await imports(to, text);
    for (const id of ids ?? []) if (from.promised.has(id)) to.promised.set(id, from.promised.get(id)!);
    return ids;
  }

  /** With everything on it: what was neither exported nor acknowledged went with it, and nobody can have it. */
  private breaks(device: Device, kept: ReadonlySet<string>, what: Happening): void {
    const others = this.world.devices.filter((each) => each !== device);
    if (others.some((each) => each.tablet === device.tablet) || others.every((each) => each.tablet.broken)) return;
    this.world.tally.count(what);
    this.gone.add((device.disk.table('meta').get('device') ?? '') as string);
    device.kill();
    device.tablet.broken = true;
    device.disk.kept.clear();
    for (const id of device.promised.keys()) if (!kept.has(id)) device.promised.delete(id);
    this.appoints();
  }

  /** Whoever leads and has no tablet any more: the office names somebody else, or the visit ends. */
  appoints(): void {
    const { server, devices, reassigned, time } = this.world;
    const works = (account: number) => devices.some((each) => each.account === account && !each.tablet.broken);
    for (const [key, visit] of server.visits) {
      if (works(visit.leader)) continue;
      const others = [...visit.team].filter(works);
      reassigned.add(key);
      server.data.enter(key, '', moment(time.now), {});
      if (others.length) visit.leader = this.world.chance.of(others);
      else visit.open = false;
    }
  }
}

function turned(chance: Chance, text: string): string {
  return new TextDecoder().decode(flipped(chance, new TextEncoder().encode(text)));
}
