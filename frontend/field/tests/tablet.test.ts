// Two windows, or two people, at one tablet: the page's own lock over a model of the browser's.
import { expect, test } from 'vitest';
import { Chance } from './model/chance.ts';
import { Device, LIMITS } from './model/device.ts';
import type { Setting } from './model/device.ts';
import { Ledger } from './model/ledger.ts';
import { Tablet } from './model/tablet.ts';
import { Time } from './model/time.ts';

function seated(account: number, tablet: Tablet): Device {
  const time = new Time();
  const setting: Setting = { time, ledger: new Ledger(), plants: {}, limits: LIMITS, fetch: () => () => Promise.reject(new Error('off line')), blow: () => 'none', count: () => {} };
  return new Device(account, tablet, setting, new Chance(account));
}

const ARRIVED = { act: 'field.arrive@1', visit: 'review-1', input: { remark: '到达' } };

test('a second window is turned away while the first lives, and goes on from the store when it was killed', async () => {
  const device = seated(1, new Tablet(1));
  await device.open();
  const held = await device.does(ARRIVED);
  await device.again();
  expect(device.engines.length).toBe(1);
  void device.windows[0]!.process!.die();
  await device.again();
  expect(device.engines.map((engine) => [...engine.shelf.acts.keys()])).toEqual([[held!.act.id]]);
});

test('a window that was closed gives the store back', async () => {
  const device = seated(1, new Tablet(1));
  await device.open();
  device.windows[0]!.leave();
  await new Promise((resolve) => setTimeout(resolve, 0));
  await device.again();
  expect(device.engines.length).toBe(1);
});

test('two people are at work at once, and neither sees the other’s work', async () => {
  const tablet = new Tablet(1);
  const [one, other] = [seated(1, tablet), seated(2, tablet)];
  await Promise.all([one.open(), other.open()]);
  await one.does(ARRIVED);
  expect([one.engine!.shelf.acts.size, other.engine!.shelf.acts.size, other.held().length]).toEqual([1, 0, 0]);
});
