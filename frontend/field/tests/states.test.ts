// What each answer makes of the engine, one at a time (§2); what is no envelope is no answer.
import { describe, expect, test } from 'vitest';
import { Engine } from '../engine/engine.ts';
import { LIMITS } from '../engine/ports.ts';
import type { Answered, Asked } from '../engine/ports.ts';
import { Disk } from './model/disk.ts';
import { envelope, plain, refuse } from './model/envelopes.ts';

const SESSION = { account: 1, name: '示例', csrf: 'c', now: '2026-03-16T01:00:00.000000Z', epoch: 'e', watermark: 0, visits: [], wipe: false };
const ARRIVED = { act: 'field.arrive@1', visit: 'review-1', input: { remark: '' } };

type Answer = (asked: Asked) => Answered;

/** An engine with `queued` acts, whose questions are answered by `answer`, sessions apart. */
async function engine(answer: Answer, queued = 1, session: Answer = () => envelope(200, SESSION), disk = new Disk()) {
  let serial = 0;
  const asked: Asked[] = [];
  const fetch = async (one: Asked) => {
    asked.push(one);
    return one.path.startsWith('/field/session') ? session(one) : one.path === '/field/known' ? envelope(200, { missing: [], pictures: [] }) : answer(one);
  };
  const made = await Engine.open({
    store: disk.store(async (perform) => perform()), fetch, now: () => 0, steady: () => 0, random: () => 0,
    uuid: () => `id-${(serial += 1)}`, sleep: async () => {},
  }, 1);
  for (let count = 0; count < queued; count += 1) await made.record(ARRIVED);
  return { made, asked, disk };
}

function sent(asked: Asked): { id: string }[] {
  return (JSON.parse(new TextDecoder().decode(asked.body!)) as { acts: { id: string }[] }).acts;
}

const storing: Answer = (asked) =>
  envelope(200, { outcomes: sent(asked).map(({ id }) => ({ id, outcome: 'stored', receipt: Number(id.slice(3)) })), watermark: 0, now: SESSION.now });

describe('what is no envelope leaves everything as it was, and waits', () => {
  const good = storing;
  const others: [string, Answer][] = [
    ['a portal', () => plain(200, '<html>')],
    ['a redirect', () => plain(302, '', { Location: '/accounts/login/' })],
    ['a gateway', () => plain(502, 'Bad Gateway')],
    ['no mark in the header', (asked) => ({ ...good(asked), header: (name) => (name === 'X-Dabiao-Field' ? null : good(asked).header(name)) })],
    ['no JSON by its name', (asked) => ({ ...good(asked), header: (name) => (name === 'Content-Type' ? 'text/html' : good(asked).header(name)) })],
    ['no mark in the body', (asked) => { const body = new TextEncoder().encode('{"outcomes": []}'); return { ...good(asked), body, header: (name) => (name === 'Content-Digest' ? null : good(asked).header(name)) }; }],
    ['altered on the way', (asked) => { const { body, ...rest } = good(asked); return { ...rest, body: body.with(40, body[40]! ^ 1) }; }],
    ['outcomes of somebody else', () => envelope(200, { outcomes: [{ id: 'other', outcome: 'stored', receipt: 1 }], watermark: 0, now: SESSION.now })],
    ['outcomes we do not know', (asked) => envelope(200, { outcomes: sent(asked).map(({ id }) => ({ id, outcome: 'perhaps' })), watermark: 0 })],
  ];
  test.each(others)('%s', async (_, answer) => {
    const { made } = await engine(answer);
    expect(await made.round()).toBe(1000);
    expect(made.status.state).toBe('waiting');
    expect(made.shelf.queue().length).toBe(1);
  });
});

describe('an answer says what to do', () => {
  const told: [string, Answer, string, number][] = [
    ['401: sign in', () => refuse(401, '请重新登录'), 'signed_out', 60_000],
    ['409: another person is signed in', () => refuse(409, '登录的是另一个人'), 'other_account', 60_000],
    ['423: as long as it says', () => refuse(423, '维护中', { 'Retry-After': '90' }), 'maintenance', 90_000],
    ['429: as long as it says', () => refuse(429, '请稍候', { 'Retry-After': '7' }), 'waiting', 7000],
    ['403: ask for a session again', () => refuse(403, '凭证已更换'), 'waiting', 1000],
  ];
  test.each(told)('%s', async (_, answer, state, rest) => {
    const { made } = await engine(answer);
    expect(await made.round()).toBe(rest);
    expect(made.status).toMatchObject({ state, text: expect.stringMatching(/./) });
    expect(made.shelf.queue().length).toBe(1);
  });

  test('a session of somebody else sends nothing', async () => {
    const { made, asked } = await engine(storing, 1, () => envelope(200, { ...SESSION, account: 2 }));
    await made.round();
    expect(made.status.state).toBe('other_account');
    expect(asked.map((one) => one.path.split('?')[0])).toEqual(['/field/session']);
  });

  test('413 halves the batch; one act that is too large is shown, the others go', async () => {
    const limited: Answer = (asked) => (sent(asked).length > 2 || sent(asked).some(({ id }) => id === 'id-4') ? refuse(413, '太大') : storing(asked));
    const { made } = await engine(limited, 5); // id-1 and id-2 name device and opening
    await made.round();
    expect([...made.shelf.acts.values()].map((held) => [held.act.id, held.state])).toEqual(
      ['id-3', 'id-4', 'id-5', 'id-6', 'id-7'].map((id) => [id, id === 'id-4' ? 'too_large' : 'stored']));
  });

  test('something else stored than was sent is shown until seen', async () => {
    const { made } = await engine((asked) => envelope(200, { outcomes: sent(asked).map(({ id }) => ({ id, outcome: 'stored', receipt: 1, digest: 'sha256:other' })), watermark: 9 }), 0);
    const held = await made.record({ act: 'sheets.record_answer@1', visit: 'v', input: { line: '1', answer: { verdict: 'conforms', words: 'a\r\nb\0' } } });
    expect(held.act.input).toEqual({ line: '1', answer: { verdict: 'conforms', deductions: [], words: 'a\nb', reason: '' } });
    await made.round();
    expect(made.shelf.acts.get(held.act.id)).toMatchObject({ state: 'stored', differs: ['digest'], seen: false });
    await made.saw(held.act.id);
    await made.round();
    expect(made.shelf.acts.size).toBe(0);
  });

  test('wiping on command waits until nothing is kept here', async () => {
    const { made, disk } = await engine(storing, 1, () => envelope(200, { ...SESSION, wipe: true }));
    await made.round();
    expect(disk.table('act').size).toBe(1); // delivered, but in no backup yet
    const empty = await engine(storing, 0, () => envelope(200, { ...SESSION, wipe: true }));
    await empty.made.round();
    expect(empty.disk.kept.size).toBe(0);
    expect(empty.asked.at(-1)!.path).toBe('/field/wiped');
  });
});

describe('what the server lets wait', () => {
  const waits = (id: string, acts: string[] = []) => ({ id, outcome: 'waiting', needs: [], acts });

  test('holds up nothing that is independent of it, however much it is', async () => {
    const many = LIMITS.acts + 5;
    const { made, asked } = await engine((one) => {
      const outcomes = sent(one).map(({ id }) => (Number(id.slice(3)) <= many ? waits(id) : { id, outcome: 'stored', receipt: Number(id.slice(3)) }));
      return envelope(200, { outcomes, watermark: 0, now: SESSION.now });
    }, many + 10);
    await made.round();
    expect([made.status.state, asked.filter((one) => one.path === '/field/acts').length]).toEqual(['waiting', 2]);
    expect(made.shelf.queue().every((held) => Number(held.act.id.slice(3)) <= many)).toBe(true);
  });

  test('is not asked for again at once where it hangs on something that waits itself', async () => {
    const { made } = await engine((one) => {
      const [first, ...rest] = sent(one);
      return envelope(200, { outcomes: [waits(first!.id), ...rest.map(({ id }) => waits(id, [first!.id]))], watermark: 0, now: SESSION.now });
    }, 2);
    expect(await made.round()).toBe(1000); // not 0, as where the server was restored
  });
});
