import assert from 'node:assert/strict';
import { test } from 'node:test';
import { backoff, createQueue } from '../js/autosave.js';

const wait = () => Promise.resolve();

function queue(send) {
  const states = [];
  const made = createQueue({ send, wait, onState: (state, count) => states.push(`${state} ${count}`) });
  return { ...made, states, put: made.put, left: () => made.size };
}

test('the newest value of a key is what is sent', async () => {
  const sent = [];
  const saving = queue(async (key, value) => sent.push([key, value]));
  saving.put('4.2.7', 1);
  await saving.put('4.2.7', 2);
  assert.deepEqual(sent, [['4.2.7', 2]]);
  assert.equal(saving.states.at(-1), 'saved 0');
});

test('a value typed while an older one is under way is sent after it', async () => {
  const sent = [];
  const saving = queue(async (key, value) => {
    sent.push(value);
    if (value === 1) saving.put(key, 2);
  });
  await saving.put('4.2.7', 1);
  assert.deepEqual(sent, [1, 2]);
});

test('a failure is tried again until it is acknowledged', async () => {
  let tries = 0;
  const saving = queue(async () => {
    tries += 1;
    if (tries < 4) throw Object.assign(new Error('no network'), { offline: true });
  });
  await saving.put('4.2.7', 1);
  assert.equal(tries, 4);
  assert.ok(saving.states.includes('offline 1'));
  assert.equal(saving.states.at(-1), 'saved 0');
});

test('a conflict is told and never overwritten; the other items are still sent', async () => {
  const sent = [];
  const saving = queue(async (key) => {
    if (key === 'a') throw Object.assign(new Error('newer'), { conflict: true });
    sent.push(key);
  });
  saving.put('a', 1);
  await saving.put('b', 2);
  assert.deepEqual(sent, ['b']);
  assert.ok(saving.states.some((state) => state.startsWith('conflict')));
  assert.notEqual(saving.states.at(-1), 'saved 0');
  assert.equal(saving.left(), 0);
});

test('what is typed while a conflict comes back goes out too', async () => {
  const sent = [];
  const saving = queue(async (key, value) => {
    sent.push(value);
    if (value === 2) return;
    saving.put(key, 2);
    throw Object.assign(new Error('newer'), { conflict: true });
  });
  await saving.put('a', 1);
  assert.deepEqual(sent, [1, 2]);
  assert.equal(saving.states.at(-1), 'saved 0');
});

test('waiting grows and has an end', () => {
  assert.deepEqual([1, 2, 3, 9].map(backoff), [1000, 2000, 4000, 30_000]);
});
