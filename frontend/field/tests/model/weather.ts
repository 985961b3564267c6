// What befalls server, office and devices besides the network: one thing, by chance.
import { moment } from '../../engine/times.ts';
import type { Happening } from './faults.ts';
import { DAY, HOUR, MINUTE } from './world.ts';
import type { World } from './world.ts';

export function happen(world: World): void {
  const [what, befall] = world.chance.of(THINGS);
  if (what) world.tally.count(what);
  befall(world);
}

const THINGS: readonly (readonly [Happening | null, (world: World) => void])[] = [
  ['clock off by up to a day', (world) => { world.chance.of(world.devices).skew = world.chance.between(-DAY, DAY); }],
  [null, fills],
  ['signed out', (world) => { world.chance.of(world.tablets).signIn.account = null; }],
  ['other account', (world) => { world.chance.of(world.tablets).signIn.account = 99; }],
  [null, (world) => { world.chance.of(world.tablets).signIn.until = world.time.now + world.chance.below(HOUR); }],
  ['case closed', (world) => { anyVisit(world).open = false; }],
  ['case reassigned', reassigned],
  [null, (world) => { world.server.crash(); }],
  ['server in maintenance', (world) => { world.server.crash(); world.server.maintenanceUntil = world.time.now + world.chance.below(20 * MINUTE); }],
  ['server upgraded', (world) => { world.server.crash(); world.server.maintenanceUntil = world.time.now + world.chance.below(5 * MINUTE); world.server.upgraded = true; }],
  ['batches refused as too large', (world) => { world.server.mostActs = world.chance.between(1, 5); }],
  [null, (world) => { world.server.backUp(); }],
  [null, (world) => { world.server.backUp(); world.time.after(world.chance.below(HOUR), () => world.restored()); }],
  [null, (world) => { world.restored(); }],
  [null, (world) => { world.chance.of(world.devices).kill(); }],
];

/** Refused writes are counted where they are. */
function fills(world: World): void {
  const tablet = world.chance.of(world.tablets);
  tablet.full = true;
  world.time.after(world.chance.between(MINUTE, HOUR), () => { tablet.full = false; });
}

/** A visit goes on with whoever is left; with nobody, it ends. */
function reassigned(world: World): void {
  const [key, visit] = world.chance.of([...world.server.visits]);
  world.reassigned.add(key);
  world.server.data.enter(key, '', moment(world.time.now), {});
  const { account } = world.chance.of(world.devices);
  visit.team.delete(account);
  if (!visit.team.size) visit.open = false;
  else if (visit.leader === account) visit.leader = world.chance.of([...visit.team]);
}

function anyVisit({ chance, server }: World) {
  return chance.of([...server.visits.values()]);
}
