// Where pictures come from, who is on site at which occasion, and how a rate is written.
import { describe, expect, test } from 'vitest';
import { hex } from '../digests/sha256.ts';
import { follows, sideWord } from '../page/visit/model/closing.ts';
import { markedFrom } from '../page/visit/model/sources.ts';
import { percent } from '../scoring/wording.ts';
import { desk, packet } from './visiting.ts';

describe('a marked copy', () => {
  const picture = (n: number) => Uint8Array.from([0xff, 0xd8, 0xff, n]);
  const attach = (bytes: Uint8Array, origin: object) => ({ act: 'sheets.attach_picture@1', input: { line: 'i1', picture: hex(bytes), caption: '', ...origin }, pictures: [bytes] });

  test('is of the source of what it was drawn on, which it names, a copy of a copy too', async () => {
    const found = await desk();
    await found.record(attach(picture(1), { source: 'camera' }));
    await found.record(attach(picture(2), { source: 'gallery' }));
    const once = markedFrom(found.acts, hex(picture(1)));
    expect(once).toEqual({ source: 'camera', marked: hex(picture(1)) });
    expect(markedFrom(found.acts, hex(picture(2)))).toEqual({ source: 'gallery', marked: hex(picture(2)) });
    await found.record(attach(picture(3), once));
    expect(markedFrom(found.acts, hex(picture(3)))).toEqual({ source: 'camera', marked: hex(picture(3)) });
  });
  test('never claims the camera of a picture this device knows nothing of', async () => {
    expect(markedFrom((await desk()).acts, hex(picture(9)))).toEqual({ source: 'gallery', marked: hex(picture(9)) });
  });
});

describe('an occasion of its own', () => {
  test.each([['onsite_review', '评审组', ''], ['initial_visit', '初访人员', '初访结论'], ['recheck', '复核组', '与评审比对']])('%s: who is there, and what follows in the office', async (occasion, team, next) => {
    const found = await desk(1, '示例甲', packet({ head: { occasion } }));
    expect([sideWord(found, 'team'), sideWord(found, 'unit')]).toEqual([team, '企业']);
    expect(next ? follows(found).includes(next) : follows(found) === '').toBe(true);
  });
});

test.each([[2, 3, '66.7'], [1, 1, '100.0'], [9995, 10000, '100.0'], [99949, 100000, '99.9']])('the rate of an element, %s of %s, is %s percent, as on the sheet of the office', (part, whole, told) => {
  expect(percent({ numerator: BigInt(part), denominator: BigInt(whole) }, 1)).toBe(told);
});
