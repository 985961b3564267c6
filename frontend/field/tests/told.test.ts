// What the server says is looked at before it is kept: an answer that lacks something is no answer.
import { describe, expect, test } from 'vitest';
import { Engine } from '../engine/engine.ts';
import type { Answered, Asked } from '../engine/ports.ts';
import { merged } from '../engine/packets.ts';
import { readSession } from '../engine/session.ts';
import { known, outcome } from '../engine/told.ts';
import { Disk } from './model/disk.ts';
import { envelope } from './model/envelopes.ts';

const VISIT = { key: 'review-1', title: '示例木业', occasion: 'onsite_review', from: '2026-03-16', to: '2026-03-18', state: 'reviewing', etag: '"7"' };
const SESSION = { account: 1, name: '示例', csrf: 'c', now: '2026-03-16T01:00:00.000000Z', epoch: 'e', watermark: 0, visits: [VISIT], wipe: false };
const ANSWER = { verdict: 'conforms', deductions: [{ rule: '1', count: 1, points: 0, words: '' }], words: '好', reason: '', version: 1, by: '示例', done_at: 'd', pictures: [{ digest: 'p', words: '' }] };
const PACKET = {
  visit: 'review-1', number: 7, whole: true, taken: 't', until: '2026-03-18', head: { unit: { name: '示例木业' } }, people: [{ account: 1, name: '示例', side: 'team', leads: true, elements: ['a'] }],
  book: { digest: 'b', lines: [] }, answers: { 1: ANSWER }, performance: [], acts: ['field.arrive@1'],
};
const OUTCOMES = {
  stored: { id: 'a', outcome: 'stored', receipt: 3 },
  refused: { id: 'a', outcome: 'refused', receipt: 3, text: '不在组内' },
  conflict: { id: 'a', outcome: 'conflict', receipt: 3, text: '他人改过', theirs: null, version: 2, differs: ['7'] },
  waiting: { id: 'a', outcome: 'waiting', needs: ['f'] },
};

/** Every way of leaving one name out, or of giving it what it cannot be, at any depth. */
function spoiled(whole: unknown): unknown[] {
  if (typeof whole !== 'object' || whole === null) return [];
  return Object.entries(whole).flatMap(([name, value]) => {
    const with_ = (other: unknown) => (Array.isArray(whole) ? whole.with(Number(name), other) : { ...whole, [name]: other });
    return [with_(Symbol.for('spoiled')), ...spoiled(value).map(with_)];
  });
}

function without(whole: object): [string, object][] {
  return Object.keys(whole).map((name) => [name, Object.fromEntries(Object.entries(whole).filter(([each]) => each !== name))]);
}

describe('a session', () => {
  test('is read whole', () => expect(readSession(SESSION)).toEqual(SESSION));
  test.each(without(SESSION))('without %s is none', (_, told) => expect(() => readSession(told)).toThrow('waiting'));
  test('is none where any part has another shape', () => {
    for (const told of spoiled(SESSION)) expect(() => readSession(told)).toThrow('waiting');
  });
});

describe('a packet', () => {
  test('is kept as told, its book by the digest', () => {
    expect(merged(undefined, PACKET, 'review-1')).toMatchObject({ number: 7, etag: '"7"', book: 'b', answers: { 1: ANSWER }, people: PACKET.people });
  });
  test.each(without(PACKET))('without %s is none', (_, told) => expect(() => merged(undefined, told, 'review-1')).toThrow('waiting'));
  test('is none where a part has another shape', () => {
    const told = spoiled(PACKET).filter((each) => !json(each));
    expect(told.length).toBeGreaterThan(20);
    for (const each of told) expect(() => merged(undefined, each, 'review-1')).toThrow('waiting');
  });
});

/** `head` and the lines of a book are JSON of any form here; scorer and screens ask for their own. */
function json(packet: unknown): boolean {
  const { head, book } = packet as typeof PACKET;
  return JSON.stringify(head) !== JSON.stringify(PACKET.head) || (typeof book === 'object' && book?.digest === 'b' && JSON.stringify(book) !== JSON.stringify(PACKET.book));
}

describe('outcomes', () => {
  test.each(Object.entries(OUTCOMES))('%s is read, and not in part', (_, told) => {
    expect(outcome(told)).toBe(true);
    for (const name of ['id', 'outcome', 'receipt', 'text', 'needs'].filter((each) => each in told)) {
      expect(outcome({ ...told, [name]: undefined }), name).toBe(false);
      expect(outcome({ ...told, [name]: [0] }), name).toBe(false);
    }
  });
  test('one that cannot be read leaves its own act in the queue and no other', async () => {
    const made = await engine((asked) => {
      const [first, second] = (JSON.parse(new TextDecoder().decode(asked.body!)) as { acts: { id: string }[] }).acts;
      return envelope(200, { outcomes: [{ id: first!.id, outcome: 'stored', receipt: 'three' }, { id: second!.id, outcome: 'stored', receipt: 4 }], watermark: 0 });
    });
    const [first, second] = [await made.record(ARRIVED), await made.record(ARRIVED)];
    await made.round();
    expect([made.shelf.acts.get(first.act.id)!.state, made.shelf.acts.get(second.act.id)!.state]).toEqual(['queued', 'stored']);
  });
});

test('what the server knows is told in texts', () => {
  expect(known({ missing: ['a'], pictures: [] })).toBe(true);
  for (const told of [{ missing: [1], pictures: [] }, { missing: [] }, null, []]) expect(known(told)).toBe(false);
});

const ARRIVED = { act: 'field.arrive@1', visit: 'review-1', input: { remark: '' } };

async function engine(answer: (asked: Asked) => Answered) {
  let serial = 0;
  const fetch = async (one: Asked) => (one.path.startsWith('/field/session') ? envelope(200, SESSION) : answer(one));
  return Engine.open({
    store: new Disk().store(async (perform) => perform()), fetch, now: () => 5, steady: () => 0, random: () => 0, uuid: () => `id-${(serial += 1)}`, sleep: async () => {},
  }, 1);
}

test('the list of visits is kept for where there is no signal', async () => {
  const made = await engine(() => envelope(404, { error: { status: 404, text: '' } }));
  await made.round();
  expect(made.shelf.meta.visits).toEqual([VISIT]);
});

test('a packet that has not changed is told without a body, and counts as fetched', async () => {
  const unchanged: Answered = { status: 304, header: (name) => ({ 'X-Dabiao-Field': '1', ETag: '"7"' })[name] ?? null, body: new Uint8Array() };
  const asked: Asked[] = [];
  const made = await engine((one) => { asked.push(one); return asked.length === 1 ? envelope(200, PACKET) : unchanged; });
  expect((await made.fetch('review-1')).kind).toBe('packet');
  expect(made.shelf.meta.fetched).toEqual({ 'review-1': 5 });
  expect(await made.fetch('review-1')).toEqual({ kind: 'unchanged' });
  expect(asked[1]!.headers['If-None-Match']).toBe('"7"');
  expect(await made.shelf.get('packet', 'review-1')).toMatchObject({ number: 7, answers: { 1: ANSWER } });
});

test('whoever watches is told of what was recorded and seen at once', async () => {
  const made = await engine(() => envelope(404, {}));
  const counts: number[] = [];
  made.onChange = () => counts.push(made.shelf.queue().length);
  await made.record(ARRIVED);
  expect(counts).toEqual([1]);
});
