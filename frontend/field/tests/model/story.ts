// One seed from beginning to end; gives what does not hold.
import type { Plants } from './device.ts';
import { Tally } from './faults.ts';
import { broken, stuck } from './invariants.ts';
import type { Bugs } from './server.ts';
import { World } from './world.ts';

export async function story(seed: number, bugs: Bugs = {}, plants: Plants = {}, tally = new Tally()): Promise<string[]> {
  const limit = Error.stackTraceLimit;
  Error.stackTraceLimit = 0; // thousands of halts a story: nobody reads where they came from
  try {
    return await lived(new World(seed, bugs, plants, tally));
  } finally {
    Error.stackTraceLimit = limit;
  }
}

async function lived(world: World): Promise<string[]> {
  await world.live();
  const after = [...stuck(world), ...broken(world)];
  if (after.length) return after;
  await world.nextDay();
  return [...stuck(world), ...broken(world)].map((each) => `next day: ${each}`);
}

/** The first seed from `from` on whose story breaks, and how (in the way of `like`); null where none of `count` does. */
export async function search(
  from: number, count: number, bugs: Bugs = {}, plants: Plants = {}, like = /./, tally = new Tally(),
): Promise<{ seed: number; found: string[] } | null> {
  for (let seed = from; seed < from + count; seed += 1) {
    const found = (await story(seed, bugs, plants, tally)).filter((each) => like.test(each));
    if (found.length) return { seed, found };
  }
  return null;
}
