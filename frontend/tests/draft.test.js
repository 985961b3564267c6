import assert from 'node:assert/strict';
import { test } from 'node:test';
import { KEEP_DAYS, keyOf, load, save, sweep } from '../js/draft.js';
import { store } from './form.js';

const DAY = 86_400_000;

test('a draft is read back until it is too old', () => {
  const kept = store();
  save(kept, keyOf('7', 'case-12'), [['words', '一']], 0);
  assert.deepEqual(load(kept, 'dabiao.draft.7.case-12', KEEP_DAYS * DAY).pairs, [['words', '一']]);
  assert.equal(load(kept, 'dabiao.draft.7.case-12', KEEP_DAYS * DAY + 1), null);
});

test('another person at the same desk has another draft', () => {
  assert.notEqual(keyOf('7', 'case-12'), keyOf('8', 'case-12'));
});

test('what cannot be read counts as none', () => {
  assert.equal(load(store({ k: '{oops' }), 'k', 0), null);
  assert.equal(load(store({ k: '{"at":0}' }), 'k', 0), null);
  assert.equal(load(store(), 'k', 0), null);
});

test('a full store is no fault', () => {
  assert.equal(save({ setItem() { throw new Error('full'); } }, 'k', [], 0), false);
});

test('old drafts are swept, other keys stay', () => {
  const kept = store({ 'dabiao.theme': 'dark' });
  save(kept, keyOf('7', 'old'), [], 0);
  save(kept, keyOf('7', 'new'), [], 30 * DAY);
  sweep(kept, 30 * DAY);
  assert.equal(kept.length, 2);
  assert.equal(kept.getItem('dabiao.theme'), 'dark');
});
