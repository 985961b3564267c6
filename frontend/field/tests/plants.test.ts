// The net holds: each of five planted bugs is found, by the very search that finds nothing in the engine.
import { describe, expect, test } from 'vitest';
import { BUGS } from './model/plants.ts';
import { search } from './model/story.ts';

const WITHIN = 1000;

describe('a planted bug is found', () => {
  test.each(BUGS)('$name', async ({ server, device, shows }) => {
    const found = await search(1, WITHIN, server, device, shows);
    expect(found, `not within ${WITHIN} seeds`).not.toBeNull();
  });
});
