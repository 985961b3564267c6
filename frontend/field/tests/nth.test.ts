// Every await of the engine made to be the last, or to fail, once; every statement of the server too.
import { describe, expect, test } from 'vitest';
import { broken, stuck } from './model/invariants.ts';
import type { Blow } from './model/process.ts';
import { small } from './model/small.ts';
import type { Small } from './model/small.ts';

const FEWEST = 150; // fewer would mean that nothing was tried
const DONE = ['reviews.begin@1', 'sheets.record_answer@1', 'sheets.record_answer@1', 'sheets.record_answer@1', 'sheets.attach_picture@1', 'reviews.conclude@1'].sort();

/** Everything was done once, whatever befell it. */
function wrong(stage: Small): string[] {
  const done = stage.server.data.effects.map((act) => act.act).sort();
  const carried = stage.imported === 2 && /^(merged|same)$/.test(stage.handed.join()) ? [] : ['not carried from device to device'];
  return [...carried, ...stuck(stage), ...broken(stage), ...(JSON.stringify(done) === JSON.stringify(DONE) ? [] : [`done: ${done.join(' ')}`])];
}

describe('a small visit, handed over, exported and closed', () => {
  test('is on the server in the end, and forgotten here once it lies in a backup', async () => {
    const stage = await small(() => 'none');
    expect(wrong(stage)).toEqual([]);
    expect([stage.handed, stage.imported]).toEqual([['merged'], 2]);
    const { after } = stage.server.data.effects.find((act) => act.act === 'reviews.conclude@1')!.input as { after: string[] };
    expect(after.length).toBe(2); // it waited for the colleague's own device, or the spare one
    expect([...stage.server.data.pictures].length).toBe(3); // one of the site, two signatures
    for (const device of stage.devices) expect(device.held()).toEqual([]);
    expect(stage.devices[1]!.disk.table('bytes').size).toBe(0);
  });

  test.each<Blow>(['kill before', 'kill after', 'fail before'])('survives %s at every call', async (blow) => {
    const { calls } = await small(() => 'none');
    expect(calls).toBeGreaterThan(FEWEST);
    for (let nth = 1; nth <= calls; nth += 1) {
      const stage = await small((call) => (call === nth ? blow : 'none'));
      expect(wrong(stage), `${blow} at call ${nth} of ${calls}`).toEqual([]);
    }
  });

  test('survives the failure of every statement of the server', async () => {
    const { statements } = await small(() => 'none');
    expect(statements).toBeGreaterThan(FEWEST / 3);
    for (let nth = 1; nth <= statements; nth += 1) expect(wrong(await small(() => 'none', nth)), `statement ${nth} of ${statements}`).toEqual([]);
  });
});
