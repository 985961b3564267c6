// Every await of the engine made to be the last, or to fail, once; every statement of the server too.
import { describe, expect, test } from 'vitest';
import { broken, stuck } from './model/invariants.ts';
import type { Blow } from './model/process.ts';
import { small } from './model/small.ts';

const FEWEST = 20; // fewer would mean that nothing was tried

describe('a small visit', () => {
  test('is on the server in the end, and forgotten here once it lies in a backup', async () => {
    const stage = await small(() => 'none');
    expect([...stuck(stage), ...broken(stage)]).toEqual([]);
    expect(stage.server.data.effects.length).toBe(3);
    expect(stage.devices[0]!.held()).toEqual([]);
    expect(stage.devices[0]!.disk.table('bytes').size).toBe(0);
  });

  test.each<Blow>(['kill before', 'kill after', 'fail before'])('survives %s at every call', async (blow) => {
    const { calls } = await small(() => 'none');
    expect(calls).toBeGreaterThan(FEWEST);
    for (let nth = 1; nth <= calls; nth += 1) {
      const stage = await small((call) => (call === nth ? blow : 'none'));
      expect([...stuck(stage), ...broken(stage)], `${blow} at call ${nth} of ${calls}`).toEqual([]);
    }
  });

  test('survives the failure of every statement of the server', async () => {
    const { statements } = await small(() => 'none');
    expect(statements).toBeGreaterThan(FEWEST);
    for (let nth = 1; nth <= statements; nth += 1) {
      const stage = await small(() => 'none', nth);
      expect([...stuck(stage), ...broken(stage)], `statement ${nth} of ${statements}`).toEqual([]);
      expect(stage.server.data.effects.length, `statement ${nth}`).toBe(3);
    }
  });
});
