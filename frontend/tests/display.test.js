import assert from 'node:assert/strict';
import { test } from 'node:test';
import { apply, read } from '../js/display.js';
import { store } from './form.js';

test('nothing kept, and nonsense kept, mean the defaults', () => {
  const defaults = { theme: 'auto', text: '100', nav: 'wide' };
  assert.deepEqual(read(store()), defaults);
  assert.deepEqual(read(store({ 'dabiao.theme': 'pink', 'dabiao.text': '900' })), defaults);
});

test('a refused store means the defaults', () => {
  assert.equal(read({ getItem() { throw new Error('refused'); } }).theme, 'auto');
});

test('a default leaves no attribute behind', () => {
  const root = { dataset: { theme: 'dark', text: '150' } };
  apply(root, { theme: 'auto', text: '125', nav: 'narrow' });
  assert.deepEqual(root.dataset, { text: '125', nav: 'narrow' });
});
