import assert from 'node:assert/strict';
import { test } from 'node:test';
import { canonical, lacks, merge } from '../js/sheet/answers.js';
import { createDrafts } from '../js/sheet/drafts.js';
import { following, neighbour, tally, wanting } from '../js/sheet/order.js';
import { createSaver } from '../js/sheet/saver.js';

const answer = (verdict, more = {}) => ({ verdict, deductions: [], words: '', reason: '', ...more });
const used = (rule, count = 1, points = '') => ({ rule, count, points, words: '' });
const rows = ['un mi', 'de', 'un', 'nw'].map((tags, at) => ({ key: String(at), tags: new Set(tags.split(' ')) }));
const at = async (value) => value;

function memory() {
  const kept = new Map();
  return {
    getItem: (key) => kept.get(key) ?? null,
    setItem: (key, value) => kept.set(key, value),
    removeItem: (key) => kept.delete(key),
    key: (index) => [...kept.keys()][index],
    get length() {
      return kept.size;
    },
  };
}

function saver(post, store = memory()) {
  const seen = { saved: [], conflicts: [], refused: [], states: [] };
  const drafts = createDrafts(store, 1, 2);
  const made = createSaver({
    post,
    drafts,
    wait: () => Promise.resolve(),
    told: {
      saved: (line, data) => seen.saved.push([line, data.version]),
      conflict: (line) => seen.conflicts.push(line),
      refused: (line, text) => seen.refused.push([line, text]),
      signedOut: () => seen.states.push('out'),
      state: (name) => seen.states.push(name),
    },
  });
  return { ...made, saver: made, seen, drafts };
}

test('equal answers have one text, whatever the order and the spelling of amounts', () => {
  const one = answer('deducted', { deductions: [used('1', 2), used('3', 1, '0.50')] });
  const other = answer('deducted', { deductions: [used('3', 1, '0.5'), used('1', 2)] });
  assert.equal(canonical(one), canonical(other));
  assert.notEqual(canonical(one), canonical({ ...one, words: 'x' }));
});

test('merging keeps every word and the larger counts', () => {
  const mine = answer('deducted', { deductions: [used('1', 2)], words: '东侧' });
  const theirs = answer('deducted', { deductions: [used('1', 3), used('2')], words: '西侧' });
  const both = merge(mine, theirs);
  assert.deepEqual(both.deductions.map((each) => [each.rule, each.count]), [['1', 3], ['2', 1]]);
  assert.equal(both.words, '西侧\n东侧');
  assert.equal(merge(answer('conforms', { words: '符合' }), mine).verdict, 'deducted');
  assert.equal(merge(answer('conforms', { words: '同样的话' }), answer('conforms', { words: '同样的话' })).words, '同样的话');
});

test('an answer lacks a verdict, or the rules of a deduction', () => {
  assert.equal(lacks(answer(''), true), 'verdict');
  assert.equal(lacks(answer('deducted'), true), 'rules');
  assert.equal(lacks(answer('deducted'), false), '');
  assert.equal(lacks(answer('conforms'), true), '');
});

test('neighbours are those that pass, and the next open one is mine first', () => {
  assert.equal(neighbour(rows, '0', 1).key, '1');
  assert.equal(neighbour(rows, '0', 1, 'un').key, '2');
  assert.equal(neighbour(rows, '3', 1), null);
  assert.equal(following(rows, '1', 'un').key, '0');
  assert.equal(tally(rows).get('un'), 2);
  assert.equal(wanting(rows), 3);
});

test('drafts outlive the page and belong to one person and sheet', () => {
  const store = memory();
  createDrafts(store, 1, 2).put('1.1', { answer: answer('conforms'), base: 3, ready: true });
  assert.deepEqual(createDrafts(store, 1, 2).lines(), ['1.1']);
  assert.deepEqual(createDrafts(store, 2, 2).lines(), []);
  assert.equal(createDrafts(store, 1, 2).load('1.1').base, 3);
});

test('a store that refuses keeps things in memory', () => {
  const drafts = createDrafts(null, 1, 2);
  assert.equal(drafts.put('1.1', { answer: answer('conforms'), base: 0 }), false);
  assert.equal(drafts.load('1.1').answer.verdict, 'conforms');
  drafts.drop('1.1');
});

test('what is acknowledged is dropped here and the version goes on', async () => {
  const made = saver((line, sent, version) => at({ status: 200, data: { version: version + 1 } }));
  made.put('1.1', answer('conforms'));
  await made.settled();
  made.put('1.1', answer('conforms', { words: '查过' }));
  await made.settled();
  assert.deepEqual(made.seen.saved, [['1.1', 1], ['1.1', 2]]);
  assert.deepEqual(made.drafts.lines(), []);
});

test('while the network is away nothing is lost and it is tried again', async () => {
  let tries = 0;
  const made = saver(() => ((tries += 1) < 4 ? Promise.reject(new TypeError('gone')) : at({ status: 200, data: { version: 1 } })));
  made.put('1.1', answer('conforms'));
  await made.settled();
  assert.equal(tries, 4);
  assert.ok(made.seen.states.includes('offline'));
  assert.deepEqual(made.drafts.lines(), []);
});

test('an acknowledgement lost on the way is no conflict', async () => {
  const held = { version: 0, answer: null };
  let lose = true;
  const made = saver((line, sent, version) => {
    const { version: asked, ...content } = { ...sent, version };
    if (asked !== held.version) return at({ status: 409, data: { conflict: '<p>', own: true, theirs: held.answer, version: held.version } });
    Object.assign(held, { version: held.version + 1, answer: content });
    if (!lose) return at({ status: 200, data: { version: held.version } });
    lose = false;
    made.saver.put('1.1', answer('conforms', { words: '又写了' }));
    return Promise.reject(new TypeError('gone'));
  });
  made.put('1.1', answer('conforms'));
  await made.settled();
  assert.deepEqual(made.seen.conflicts, []);
  assert.equal(held.answer.words, '又写了');
});

test('a conflict waits for the person, keeps what was typed, and goes on from what stands', async () => {
  let stands = 5;
  const made = saver((line, sent, version) =>
    version === stands
      ? at({ status: 200, data: { version: (stands += 1) } })
      : at({ status: 409, data: { conflict: '<p>', own: false, theirs: answer('deducted'), version: stands } }),
  );
  made.put('1.1', answer('conforms', { words: '我的' }));
  await made.settled();
  made.put('1.1', answer('conforms', { words: '我的，再补' }));
  assert.deepEqual(made.seen.conflicts, ['1.1']);
  assert.equal(made.drafts.load('1.1').answer.words, '我的，再补');
  made.resolve('1.1');
  made.put('1.1', made.drafts.load('1.1').answer);
  await made.settled();
  assert.deepEqual(made.seen.saved, [['1.1', 6]]);
});

test('what is refused stays here with the words of the refusal', async () => {
  const made = saver(() => at({ status: 403, data: { text: '已分派给其他自评员' } }));
  made.put('1.1', answer('conforms'));
  await made.settled();
  assert.deepEqual(made.seen.refused, [['1.1', '已分派给其他自评员']]);
  assert.deepEqual(made.drafts.lines(), ['1.1']);
});

test('what an earlier visit left unsent goes out with the version it was based on', async () => {
  const store = memory();
  createDrafts(store, 1, 2).put('1.1', { answer: answer('conforms'), base: 3, ready: true });
  createDrafts(store, 1, 2).put('1.2', { answer: answer(''), base: 0, ready: false });
  const sent = [];
  const made = saver((line, content, version) => {
    sent.push([line, version]);
    return at({ status: 200, data: { version: version + 1 } });
  }, store);
  made.resume();
  await made.settled();
  assert.deepEqual(sent, [['1.1', 3]]);
  assert.deepEqual(made.drafts.lines(), ['1.2']);
});

test('what is given up while it is on its way is neither sent again nor a conflict again', async () => {
  const sent = [];
  const made = saver((line, content, version) => {
    sent.push(version);
    if (sent.length === 2) {
      made.resolve('1.1');
      made.drafts.drop('1.1');
    }
    return at({ status: 409, data: { conflict: '<p>', own: false, theirs: answer('deducted'), version: 5 } });
  });
  made.put('1.1', answer('conforms', { words: '我的' }));
  await made.settled();
  made.put('1.1', answer('conforms', { words: '我的，再补' }));
  await made.settled();
  assert.deepEqual(made.seen.conflicts, ['1.1']);
  assert.equal(made.conflicts.size, 0);
  assert.equal(made.versions.get('1.1'), 5);
  assert.deepEqual(sent, [0, 0]);
});
