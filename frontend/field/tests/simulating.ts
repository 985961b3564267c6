// The engine against a server that behaves as the protocol says, through everything that goes wrong on the way.
// A failing seed is played again by:  make fieldsim FROM=<seed> SEEDS=1
import { expect, test } from 'vitest';
import { Tally } from './model/faults.ts';
import { search } from './model/story.ts';

export const HALF = 1500; // stories; a process of its own plays each half
const WHOLE = 1000; // of them of full size, at least: 2,000 in CI

export function simulated(from: number): void {
  const tally = new Tally();

  test(`nothing is lost, doubled, altered, leaked or stuck in ${HALF} stories from ${from} on`, async () => {
    const found = await search(from, HALF, {}, {}, /./, tally);
    expect(found, found ? `make fieldsim FROM=${found.seed} SEEDS=1\n${found.found.join('\n')}` : '').toBeNull();
  });

  test('every fault and every move of the list really happened in them', () => {
    expect(tally.missing()).toEqual([]);
  });

  test('as many as must be were of full size', () => expect(tally.whole).toBeGreaterThanOrEqual(WHOLE));
}
