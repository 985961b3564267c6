import assert from 'node:assert/strict';
import { test } from 'node:test';
import { KEEP_DAYS, answered, forget, idOf, keyOf, load, save, sweep } from '../js/draft.js';
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

test('a form without a name is known by where it is sent, whatever page shows it', () => {
  const here = 'https://example.test/office/units/7/facts/?from=list';
  assert.equal(idOf(undefined, null, here), 'at:/office/units/7/facts/');
  assert.equal(idOf(undefined, '/office/cases/5/submit/', here), 'at:/office/cases/5/submit/');
  assert.equal(idOf('case-5', '/office/cases/5/submit/', here), 'case-5');
});

test('what was sent stays where the session had ended, and goes once it has been taken', () => {
  const kept = store();
  const key = keyOf('7', 'at:/office/x/');
  save(kept, key, [['words', '一']], 0, true);
  answered(kept, 1, { error: true });
  assert.deepEqual(load(kept, key, 1), { at: 0, pairs: [['words', '一']], sent: false });
  answered(kept, 2, { error: false });
  assert.deepEqual(load(kept, key, 2).pairs, [['words', '一']], 'not sent since');
  save(kept, key, [['words', '二']], 3, true);
  answered(kept, 4, { error: false });
  assert.equal(load(kept, key, 4), null);
});

test('signing out leaves nothing of the person and all of others', () => {
  const kept = store();
  save(kept, keyOf('7', 'a'), [], 0);
  save(kept, keyOf('77', 'a'), [], 0);
  forget(kept, '7');
  assert.equal(kept.length, 1);
  assert.ok(load(kept, keyOf('77', 'a'), 0));
});
