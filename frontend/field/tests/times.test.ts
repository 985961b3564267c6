// When something was done, how sure that is, and how long we wait.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { Backoff } from '../engine/backoff.ts';
import { contacted, moment, stamp } from '../engine/times.ts';

const T = Date.parse('2026-03-16T01:02:03Z');
const DAY = 86_400_000;

describe('a stamp', () => {
  const contact = contacted('2026-03-16T01:02:03.000000Z', T + 5000, T + 5400, 1000, 'one');

  test('is the server\'s time, as far as the last contact tells', () => {
    expect(stamp(contact, T + 5400, 1000, 'one')).toEqual({ done_at: moment(T + 200), uncertainty: 1000 });
    expect(stamp(contact, T + 5400 + DAY, 1000 + DAY, 'one')).toEqual({ done_at: moment(T + 200 + DAY), uncertainty: 1000 + 4320 });
  });

  test('is a day unsure where there never was contact, or the clock jumped', () => {
    expect(stamp(null, T, 0, 'one')).toEqual({ done_at: moment(T), uncertainty: DAY });
    expect(stamp(contact, T + DAY, 2000, 'one').uncertainty).toBe(DAY); // a day forward within a second
    expect(stamp(contact, T - DAY, 2000, 'one').uncertainty).toBe(DAY);
    expect(stamp(contact, T, 3, 'two').uncertainty).toBe(DAY); // opened again, earlier than the last contact
  });

  test('is never surer than the round trip', () => {
    const slow = contacted('2026-03-16T01:02:03.000000Z', T, T + 20_000, 0, 'one');
    expect(stamp(slow, T + 20_000, 0, 'one').uncertainty).toBe(20_000);
  });

  test('holds the true time within its uncertainty, whatever the clock was set to', () => {
    fc.assert(fc.property(fc.integer({ min: -DAY, max: DAY }), fc.nat(20_000), fc.nat(20_000), fc.nat(DAY), (skew, out, back, later) => {
      const known = contacted(moment(T + out), T + skew, T + out + back + skew, 0, 'one');
      const truly = T + out + back + later;
      const { done_at, uncertainty } = stamp(known, truly + skew, later, 'one');
      expect(Math.abs(Date.parse(done_at) - truly)).toBeLessThanOrEqual(uncertainty);
    }));
  });

  test('has six decimals', () => expect(moment(T)).toBe('2026-03-16T01:02:03.000000Z'));
});

test('waits 2, 4, 8 … 60 s, half of it by chance', () => {
  const least = new Backoff(() => 0);
  const most = new Backoff(() => 1);
  expect([1, 2, 3, 4, 5, 6, 7].map(() => least.next())).toEqual([1000, 2000, 4000, 8000, 16_000, 30_000, 30_000]);
  expect([1, 2, 3, 4, 5, 6, 7].map(() => most.next())).toEqual([2000, 4000, 8000, 16_000, 32_000, 60_000, 60_000]);
  most.reset();
  expect(most.next()).toBe(2000);
});
