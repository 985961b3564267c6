// Who is signed in, as the door asks it: by itself until somebody answers, and plain words for who does not.
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { Halt, json } from '../engine/asking.ts';
import type { Answered } from '../engine/ports.ts';
import { Asking } from '../page/door/asking.ts';
import { meet } from '../page/door/meeting.ts';
import type { Met } from '../page/door/meeting.ts';
import { haltWords } from '../page/halting.ts';

const AWAY: Met = { kind: 'away', text: '', rest: null };
const SIGNED_OUT: Met = { kind: 'signed_out' };
const PORTAL = answer(200, '<p>请先登录无线网络</p>', { 'Content-Type': 'text/html' });

function answer(status: number, body: string, headers: Readonly<Record<string, string>>): Answered {
  return { status, header: (name) => headers[name] ?? null, body: new TextEncoder().encode(body) };
}

function envelope(status: number, content: object, more: Readonly<Record<string, string>> = {}): Answered {
  const body = new TextDecoder().decode(json({ dabiao: 'field/1', ...content }));
  return answer(status, body, { 'Content-Type': 'application/json', 'X-Dabiao-Field': '1', ...more });
}

const refused = (status: number, text: string, retry?: number): Answered => envelope(status, { error: { status, text, clause: '', code: '' } }, retry ? { 'Retry-After': String(retry) } : {});
const met = (answered: Answered): Promise<Met> => meet(undefined, async () => answered);

describe('who is signed in is asked again by itself', () => {
  beforeEach(() => { vi.useFakeTimers(); });
  afterEach(() => { vi.useRealTimers(); });

  /** Answers as told, in turn; the last for ever. `random` 1: the whole pause. */
  function asked(...answers: Met[]) {
    const told: Met[] = [];
    const at: number[] = [];
    const meeting = async (): Promise<Met> => { at.push(Date.now()); return answers[Math.min(at.length, answers.length) - 1]!; };
    return { told, at, asking: new Asking(meeting, (each) => told.push(each), () => 1) };
  }

  test('after growing pauses, a minute at most, until somebody answers; then no more', async () => {
    const { told, at, asking } = asked(...Array<Met>(8).fill(AWAY), SIGNED_OUT);
    void asking.wake();
    await vi.advanceTimersByTimeAsync(3_600_000);
    expect(at.slice(1).map((each, n) => (each - at[n]!) / 1000)).toEqual([2, 4, 8, 16, 32, 60, 60, 60]);
    expect(told.at(-1)).toEqual(SIGNED_OUT);
  });
  test('at once when woken, and what was to come later gives way', async () => {
    const { at, asking } = asked(AWAY, AWAY, SIGNED_OUT);
    void asking.wake();
    await vi.advanceTimersByTimeAsync(500);
    void asking.wake();
    await vi.advanceTimersByTimeAsync(3999);
    expect(at).toHaveLength(2);
    await vi.advanceTimersByTimeAsync(1);
    expect(at).toHaveLength(3);
  });
  test('as late as the server wishes', async () => {
    const { at, asking } = asked({ ...AWAY, rest: 300_000 }, SIGNED_OUT);
    void asking.wake();
    await vi.advanceTimersByTimeAsync(299_999);
    expect(at).toHaveLength(1);
    await vi.advanceTimersByTimeAsync(1);
    expect(at).toHaveLength(2);
  });
  test('not any more once somebody is in', async () => {
    const { at, told, asking } = asked(AWAY);
    void asking.wake();
    asking.stop();
    await vi.advanceTimersByTimeAsync(3_600_000);
    expect([at.length, told.length]).toEqual([1, 0]);
  });
  test('an answer that hangs keeps nobody waiting who asks anew', async () => {
    const told: Met[] = [];
    const overs: AbortSignal[] = [];
    const meeting = (over: AbortSignal): Promise<Met> => { overs.push(over); return overs.length > 1 ? Promise.resolve(SIGNED_OUT) : new Promise(() => {}); };
    const asking = new Asking(meeting, (each) => told.push(each));
    void asking.wake();
    await asking.wake();
    expect([overs[0]!.aborted, told]).toEqual([true, [SIGNED_OUT]]);
  });
});

describe('what the door says of who does not answer', () => {
  test('no signal', async () => {
    const told = await meet(undefined, () => Promise.reject(new TypeError('Failed to fetch')));
    expect(told).toEqual({ kind: 'away', text: '现在没有连上系统。', rest: null });
  });
  test.each([['a portal', PORTAL], ['a gateway', answer(502, '', {})], ['a redirect', answer(0, '', {})]])('%s: somebody answers who is not the server', async (_, answered) => {
    expect(await met(answered)).toEqual({ kind: 'away', text: '现在连的网络没有通到系统，可能要先登录这个无线网络。', rest: null });
  });
  test.each([[423, '系统维护中，预计 15:00 恢复，请稍后再来。', 600], [429, '送达太频繁，请稍后再送。', 60]])('%s: in the words of the server, and as late as it says', async (status, text, retry) => {
    expect(await met(refused(status, text, retry))).toEqual({ kind: 'away', text, rest: retry * 1000 });
  });
  test.each([[426, '现场页面的版本太旧，请重新打开。'], [503, '系统正忙，请稍后再送。']])('%s: in the words of the server', async (status, text) => {
    expect(await met(refused(status, text))).toEqual({ kind: 'away', text, rest: null });
  });
  test('maintenance without words is said all the same', async () => {
    expect(await met(refused(423, ''))).toMatchObject({ kind: 'away', text: '系统正在维护，请稍后再试。' });
  });
  test('signed out, and signed in without a part in this, are answers', async () => {
    expect(await met(refused(401, '登录已失效'))).toEqual({ kind: 'signed_out' });
    expect(await met(refused(403, '您当前的岗位没有此权限。'))).toEqual({ kind: 'refused', text: '您当前的岗位没有此权限。' });
  });
  test('a halt without words of the server was not reached', () => {
    expect(haltWords(new Halt('waiting'))).toContain('没有连上系统');
    expect(haltWords(new Halt('waiting', null, '版本太旧'))).toBe('版本太旧');
  });
});
