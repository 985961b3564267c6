// A seed's story against the real server: the engine, devices and faults are those of the simulation.
import { fromBase64 } from '../../engine/base64.ts';
import { hex } from '../../digests/sha256.ts';
import type { Packet } from '../../engine/packets.ts';
import { Chance } from '../model/chance.ts';
import { Device } from '../model/device.ts';
import type { Setting } from '../model/device.ts';
import { FAULTS } from '../model/faults.ts';
import { stuck } from '../model/invariants.ts';
import { Ledger } from '../model/ledger.ts';
import { busy, takes } from '../model/moves.ts';
import { fetching } from '../model/network.ts';
import { BUGS } from '../model/plants.ts';
import type { Blow } from '../model/process.ts';
import type { SignIn } from '../model/server.ts';
import { Tablet } from '../model/tablet.ts';
import { Time } from '../model/time.ts';
import { Losing } from './losing.ts';
import { Moving } from './moving.ts';
import { read, Remote, say } from './remote.ts';

interface Scenario {
  readonly seed: number;
  readonly start: number;
  readonly accounts: readonly number[];
  readonly visit: string;
  readonly lines: readonly { readonly key: string; readonly rule: string }[];
  readonly pictures: readonly string[];
  readonly bug: string; // by its name in `plants.ts`; empty: none
  readonly names: Readonly<Record<string, string>>; // by account
  readonly opening: boolean; // the review has not begun: the leader's device brings the opening meeting
  readonly losing: boolean; // a tablet breaks after a hand-over
  readonly inks: readonly string[]; // PNG of the leader's and of the unit's signature; none: nobody hands over, exports or signs
}

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const LIMITS = { acts: 20, bytes: 1 << 20, piece: 2048, known: 50 };

const scenario = await read<Scenario>();
const time = new Time();
time.now = scenario.start;
const chance = new Chance(scenario.seed);
const remote = new Remote(time);
const ledger = new Ledger();
const faulty = chance.of([0, 0.2, 0.4, 0.6]);
const kills = chance.of([0, 0.005, 0.02]);
const planted = BUGS.find((bug) => bug.name === scenario.bug)?.device ?? {};
const moved = scenario.inks.length > 0;
let calm = false;
const happened: Record<string, number> = {};
const many = chance.between(1, scenario.accounts.length);
const devices = scenario.accounts.slice(0, scenario.losing ? scenario.accounts.length : many).map(born);
for (const device of devices) { opens(device); if (!scenario.losing || device !== devices[0]) works(device, chance.apart()); }
for (let count = chance.between(0, 4); count > 0; count -= 1) time.after(chance.below(HOUR), happens);
const moving = new Moving(scenario.visit, scenario.inks.map(fromBase64), (device) => new Date(time.now + device.skew).toISOString());
const losing = new Losing(scenario.visit);
if (moved) moves(chance.apart());
if (scenario.losing) loses(chance.apart());
if (scenario.opening) meets(chance.between(10, 50) * MINUTE);
await time.until(scenario.start + HOUR);
calm = true;
for (const device of devices) { device.tablet.full = false; signs(device); }
await time.until(time.now + 15 * MINUTE);
if (moved) {
  for (let left = scenario.losing ? 5 : 3; left > 0; left -= 1) { void moving.signsAnew(devices[0]!); await time.until(time.now + 5 * MINUTE); }
}
say({
  done: {
    stuck: [...stuck({ devices }), ...ledger.wrong],
    promised: Object.fromEntries(devices.flatMap((device) => [...device.promised])),
    made: Object.fromEntries(ledger.made),
    shown: devices.flatMap((device) => device.held().map(({ act, state, text }) => [act.id, state, text])),
    moved: moving.counts,
    happened,
  },
});
process.exit(0);

function born(account: number, at: number): Device {
  const own = chance.apart();
  const fault = () => (!calm && own.hits(faulty) ? own.of(FAULTS) : null);
  const blow = (): Blow => (!calm && own.hits(kills) ? own.of(['kill before', 'kill after'] as const) : 'none');
  const fetch = (signIn: SignIn) => fetching({ time, chance: own, server: remote, signIn, fault });
  const count = (what: string) => { happened[what] = (happened[what] ?? 0) + 1; };
  const named = () => scenario.names[account] ?? '';
  const setting: Setting = { time, ledger, plants: planted, limits: LIMITS, fetch, blow, count, named };
  const device = new Device(account, new Tablet(at + 1), setting, own);
  device.signIn.account = account;
  return device;
}

function opens(device: Device): void {
  void device.open();
  const again = () => {
    void device.open();
    const state = device.engine?.status.state;
    if (state === 'signed_out' || state === 'other_account') signs(device);
    for (const each of device.held()) if (!each.seen && each.receipt) void device.engine?.saw(each.act.id).catch(() => {});
    if (!calm && chance.hits(0.2)) void device.engine?.fetch(scenario.visit).catch(() => {});
    time.after(calm ? MINUTE : chance.between(MINUTE, 5 * MINUTE), again);
  };
  time.after(MINUTE, again);
}

function signs(device: Device): void {
  Object.assign(device.signIn, { account: device.account, until: Infinity });
  device.engine?.wake();
}

function works(device: Device, own: Chance): void {
  const based = new Map<string, string>();
  for (let count = own.between(3, 12); count > 0; count -= 1) time.after(own.below(50 * MINUTE), () => void answers(device, own, based));
  const mine = scenario.pictures.filter((_, at) => at % devices.length === devices.indexOf(device));
  for (const picture of mine.slice(0, own.between(0, 2))) time.after(own.below(50 * MINUTE), () => void photographs(device, own, picture));
}

/** Between the two of them, to another tablet, and signed by the leader now and then. */
function moves(own: Chance): void {
  const [leader, other] = devices;
  const later = (perform: () => unknown) => time.after(own.between(10 * MINUTE, 55 * MINUTE), () => void perform());
  for (const device of devices) for (const minute of [1, 5, 9]) time.after(minute * MINUTE, () => void takes(device, scenario.visit));
  if (other) for (let count = own.between(1, 3); count > 0; count -= 1) later(() => given(other, leader!, own));
  if (own.hits(0.5) && !scenario.losing) later(() => busy(leader!, () => moving.signs(leader!)));
  if (own.hits(0.5)) later(() => moving.exports(leader!, elsewhere(leader!.account)));
}

/** What was done last has not arrived yet; now and then the leader signs at once over what was handed over. */
async function given(other: Device, leader: Device, own: Chance): Promise<void> {
  await answers(other, own, new Map());
  await moving.handsOver(other, leader, own);
  if (own.hits(0.5) && !scenario.losing) await busy(leader, () => moving.signs(leader)); // else all is over before anything is lost
}

/** Nothing of what was handed over last gets away from the tablet that breaks; in the calm the leader hears of it. */
function loses(own: Chance): void {
  const [leader, other] = [devices[0]!, devices[1]!];
  time.after(own.between(20, 40) * MINUTE, () => tries(leader, other, own, 6));
  for (let minute = 2; minute < 15; minute += 2) time.after(HOUR + minute * MINUTE, () => void losing.givesUp(leader, own.hits(0.5)));
}

/** Again, where one of them was not there or nothing was new. */
function tries(leader: Device, other: Device, own: Chance, left: number): void {
  for (const device of [leader, other]) { void device.open(); void takes(device, scenario.visit); }
  time.after(MINUTE, () => void (async () => {
    const before = moving.counts.handed;
    other.signIn.account = null;
    await given(other, leader, own);
    if (moving.counts.handed === before) return;
    if (own.hits(0.7)) await busy(leader, () => moving.signs(leader));
    losing.breaks(other);
  })());
  time.after(2 * MINUTE, () => { if (!other.tablet.broken && left) { signs(other); tries(leader, other, own, left - 1); } });
}

function elsewhere(account: number): Device {
  const device = born(account, devices.length);
  devices.push(device);
  opens(device);
  return device;
}

/** The leader begins in the midst of it; what was refused for its moment (a clock wrong by a day) is done again. */
function meets(wait: number): void {
  time.after(wait, () => void busy(devices[0]!, () => moving.begins(devices[0]!)));
  time.after(wait + 1, () => meets(5 * MINUTE));
}

/** Based on our own last answer; where that met with a conflict, on what stands: the person has decided. */
async function answers(device: Device, own: Chance, based: Map<string, string>): Promise<void> {
  const { key, rule } = own.of(moved && device === devices[0] ? scenario.lines.slice(-1) : scenario.lines); // what the leader has not written on can be handed over
  const deducted = { verdict: 'deducted', deductions: [{ rule, count: 1 }], words: `现场发现 ${own.below(1e9)}` };
  const input = { line: key, answer: rule && own.hits(0.6) ? deducted : { verdict: 'conforms', words: `符合 ${own.below(1e9)}` } };
  const last = device.engine?.shelf.acts.get(based.get(key) ?? '');
  const known = (device.disk.table('packet').get(scenario.visit) as Packet | undefined)?.answers[key]?.version ?? 0;
  const based_on = last?.state === 'conflict' || last?.state === 'refused' ? last.version : based.get(key) ?? known;
  const held = await device.does({ act: 'sheets.record_answer@1', visit: scenario.visit, input, based_on });
  if (held) based.set(key, held.act.id);
}

async function photographs(device: Device, own: Chance, picture: string): Promise<void> {
  const bytes = fromBase64(picture);
  const input = { line: own.of(scenario.lines).key, picture: hex(bytes), caption: '东门', source: 'camera' };
  await device.does({ act: 'sheets.attach_picture@1', visit: scenario.visit, input, pictures: [bytes] });
}

function happens(): void {
  const device = chance.of(devices);
  chance.of([
    () => { device.skew = chance.between(-24 * HOUR, 24 * HOUR); },
    () => { device.tablet.full = true; time.after(chance.below(20 * MINUTE), () => { device.tablet.full = false; }); },
    () => { device.signIn.account = null; },
    () => { device.signIn.account = scenario.accounts.find((each) => each !== device.account) ?? null; },
    () => { device.kill(); },
  ])();
}
