import assert from 'node:assert/strict';
import { test } from 'node:test';
import { restore, serialize } from '../js/values.js';
import { form } from './form.js';

const options = (...chosen) => ['a', 'b', 'c'].map((value) => ({ value, selected: chosen.includes(value) }));
const many = (name, ...chosen) => {
  const list = options(...chosen);
  return { name, type: 'select-multiple', options: list, get selectedOptions() { return list.filter((one) => one.selected); } };
};

test('secrets, files, tokens and unnamed controls are never kept', () => {
  const typed = form(
    { name: 'words', value: '堆物' },
    { name: 'password', type: 'password', value: 'x' },
    { name: 'picture', type: 'file', value: 'x' },
    { name: 'csrfmiddlewaretoken', type: 'hidden', value: 'x' },
    { value: 'x' },
  );
  assert.deepEqual(serialize(typed), [['words', '堆物']]);
});

test('what was typed comes back as it was', () => {
  const typed = form({ name: 'words', value: '一\n二' }, { name: 'areas', type: 'checkbox', value: 'dust', checked: true },
    { name: 'areas', type: 'checkbox', value: 'cold', checked: false }, many('more', 'a', 'c'));
  const fresh = form({ name: 'words' }, { name: 'areas', type: 'checkbox', value: 'dust', checked: false },
    { name: 'areas', type: 'checkbox', value: 'cold', checked: true }, many('more', 'b'));
  assert.equal(restore(fresh, serialize(typed)), 4);
  assert.deepEqual(serialize(fresh), serialize(typed));
});

test('restoring the same again changes nothing', () => {
  const typed = form({ name: 'words', value: '一' }, { name: 'words', value: '二' });
  assert.equal(restore(typed, serialize(typed)), 0);
});

test('names the form no longer has are ignored', () => {
  assert.equal(restore(form({ name: 'words' }), [['gone', '1']]), 0);
});
