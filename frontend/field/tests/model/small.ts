// A small visit, the same every time: a leader and a colleague, two answers that hang together, a picture in three pieces, the
// opening meeting, a hand-over before anything is delivered, an export taken in on another tablet, and the closing over all of it.
import { hex } from '../../digests/sha256.ts';
import { Chance } from './chance.ts';
import { Device, LIMITS } from './device.ts';
import type { Setting } from './device.ts';
import { Files } from './files.ts';
import type { Stage } from './invariants.ts';
import { Ledger } from './ledger.ts';
import { begins, busy, exports, hands, imports, receives, signs, takes } from './moves.ts';
import { fetching } from './network.ts';
import type { Blow } from './process.ts';
import { Server } from './server.ts';
import type { SignIn } from './server.ts';
import { Tablet } from './tablet.ts';
import { Time } from './time.ts';

const MINUTE = 60_000;
const VISIT = 'review-1';
const LEADER = 1;
const COLLEAGUE = 2;

export interface Small extends Stage {
  readonly calls: number; // of all processes to the outside
  readonly statements: number; // of the server
  readonly handed: readonly string[]; // what the leader was told of the hand-over
  readonly imported: number; // acts
}

/** `blow` says what happens at the n-th call of all processes together, `fails` which statement fails. */
export async function small(blow: (call: number) => Blow, fails = 0): Promise<Small> {
  const time = new Time();
  const chance = new Chance(7);
  const server = new Server(() => time.now);
  const count = { calls: 0, statements: 0 };
  server.visits.set(VISIT, { open: true, kind: 'review', team: new Set([LEADER, COLLEAGUE]), leader: LEADER });
  server.statement = () => {
    count.statements += 1;
    if (count.statements === fails) throw new Error('statement failed');
  };
  const ledger = new Ledger();
  const fetch = (signIn: SignIn) => fetching({ time, chance, server, signIn, fault: () => null });
  const setting: Setting = { time, ledger, plants: {}, limits: LIMITS, fetch, blow: () => blow(count.calls += 1), count: () => {} };
  const devices = [[LEADER, 1], [COLLEAGUE, 2], [COLLEAGUE, 3]].map(([account, tablet]) => new Device(account!, new Tablet(tablet!), setting, chance));
  const day = new Day(time, devices, new Files(server, ledger), chance);
  await day.pass();
  server.backUp(); // and what may be forgotten is
  await time.until(time.now + 40 * MINUTE);
  server.restore(true);
  return { devices, server, ledger, asked: new Set([VISIT]), handed: day.told ?? [], imported: day.taken?.length ?? 0, ...count };
}

/** What people do, one thing after another; each is tried again until it can be seen to have been done. */
class Day {
  private readonly leader: Device;
  private readonly colleague: Device;
  private readonly spare: Device;
  private readonly picture: Uint8Array;
  told: readonly string[] | null = null; // of the hand-over
  taken: readonly string[] | null = null; // of the export
  private file = '';

  constructor(private readonly time: Time, private readonly devices: Device[], private readonly files: Files, private readonly chance: Chance) {
    [this.leader, this.colleague, this.spare] = devices as [Device, Device, Device];
    this.picture = chance.bytes(120);
    this.leader.setting.ledger.bytes.set(hex(this.picture), this.picture);
  }

  async pass(): Promise<void> {
    for (const device of this.devices) this.opens(device);
    this.online(true);
    await this.until(() => [this.leader, this.colleague].every((each) => each.disk.table('packet').has(VISIT)), () => this.both((each) => takes(each, VISIT)));
    this.online(false);
    await this.works();
    await this.until(() => this.told !== null, async () => { this.told = await this.handed(); });
    await this.until(() => this.taken !== null, async () => { this.taken = await this.exported(); });
    this.online(true);
    await this.until(() => this.signed, () => signs(this.leader, VISIT, this.chance));
    await this.time.until(this.time.now + 20 * MINUTE);
  }

  private async works(): Promise<void> {
    const { leader, colleague } = this;
    await this.until(() => this.has(leader, 'reviews.begin@1'), () => begins(leader, VISIT));
    await this.until(() => this.has(leader, '甲'), () => leader.does(this.answer('1', '甲', 0)));
    await this.until(() => this.has(leader, '乙'), () => leader.does(this.answer('1', '乙', this.id(leader, '甲'))));
    await this.until(() => this.has(colleague, '丙'), () => colleague.does(this.answer('4', '丙', 0)));
    const input = { line: '4', picture: hex(this.picture), caption: '东门', source: 'camera' };
    await this.until(() => this.has(colleague, '东门'), () => colleague.does({ act: 'sheets.attach_picture@1', visit: VISIT, input, pictures: [this.picture] }));
  }

  private opens(device: Device): void {
    void device.open();
    this.time.after(MINUTE, () => this.opens(device));
  }

  /** Without a signal nobody is signed in: all is done on the devices alone. */
  private online(on: boolean): void {
    for (const device of this.devices) { device.signIn.account = on ? device.account : null; if (on) device.engine?.wake(); }
  }

  private async until(done: () => boolean, perform: () => Promise<unknown>): Promise<void> {
    for (let left = 8; left > 0 && !done(); left -= 1) {
      for (const device of this.devices) device.busy = false;
      void busy(this.leader, perform);
      await this.time.until(this.time.now + MINUTE);
    }
  }

  private async both(perform: (device: Device) => Promise<unknown>): Promise<void> {
    await Promise.all([this.leader, this.colleague].map(perform));
  }

  private async handed(): Promise<readonly string[] | null> {
    const text = await hands(this.colleague, VISIT, ['b'], this.files);
    return text === null ? null : receives(this.leader, VISIT, text, this.files);
  }

  private async exported(): Promise<readonly string[] | null> {
    this.file ||= (await exports(this.colleague)) ?? '';
    return this.file === '' ? null : imports(this.spare, this.file);
  }

  private answer(line: string, words: string, based_on: string | number) {
    return { act: 'sheets.record_answer@1', visit: VISIT, input: { line, answer: { verdict: 'conforms', words } }, based_on };
  }

  private get signed(): boolean {
    return this.has(this.leader, 'reviews.conclude@1');
  }

  private has(device: Device, what: string): boolean {
    return device.held().some((held) => JSON.stringify([held.act.act, held.act.input]).includes(what));
  }

  private id(device: Device, words: string): string {
    return device.held().find((held) => JSON.stringify(held.act.input).includes(words))!.act.id;
  }
}
