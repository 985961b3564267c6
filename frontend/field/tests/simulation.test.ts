// The engine against a server that behaves as the protocol says, through everything that goes wrong on the way.
// A failing seed is played again by:  make fieldsim FROM=<seed> SEEDS=1
import { expect, test } from 'vitest';
import { Tally } from './model/faults.ts';
import { search } from './model/story.ts';

const FROM = Number(process.env['FIELDSIM_FROM'] ?? 1);
const SEEDS = Number(process.env['FIELDSIM_SEEDS'] ?? 2000);
const tally = new Tally();

test(`nothing is lost, doubled, altered, leaked or stuck in ${SEEDS} stories`, async () => {
  const found = await search(FROM, SEEDS, {}, {}, /./, tally);
  expect(found, found ? `make fieldsim FROM=${found.seed} SEEDS=1\n${found.found.join('\n')}` : '').toBeNull();
});

test('every fault and every move of the list really happened in them', () => {
  expect(tally.missing()).toEqual([]);
});
