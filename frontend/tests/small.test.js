import assert from 'node:assert/strict';
import { test } from 'node:test';

globalThis.window ??= globalThis;
const { matches } = await import('../js/confirm.js');
const { objection } = await import('../js/drop.js');
const { stepped } = await import('../js/forms.js');
const { chord, next } = await import('../js/keys.js');

test('a typed name may differ in spaces only', () => {
  assert.ok(matches(' 示例 华北仓储 ', '示例华北仓储'));
  assert.ok(!matches('示例华北', '示例华北仓储'));
  assert.ok(!matches('', ''));
});

test('a counter stays within its bounds', () => {
  assert.equal(stepped('2', 1, '0', '3'), 3);
  assert.equal(stepped('3', 1, '0', '3'), 3);
  assert.equal(stepped('0', -1, '0', ''), 0);
  assert.equal(stepped('', 1, '', ''), 1);
});

test('j and k stop at the ends of a list', () => {
  assert.equal(next(-1, 1, 4), 0);
  assert.equal(next(-1, -1, 4), 3);
  assert.equal(next(3, 1, 4), 3);
  assert.equal(next(0, -1, 4), 0);
  assert.equal(next(0, 1, 0), -1);
});

test('keys held with a modifier, and while a word is being composed, are not ours', () => {
  assert.equal(chord('', { key: '/', ctrlKey: true }), '');
  assert.equal(chord('', { key: 'j', isComposing: true }), '');
  assert.equal(chord('g', { key: 'h' }), 'g h');
  assert.equal(chord('', { key: '?' }), '?');
});

test('a file is refused for being empty, large or of another kind', () => {
  const accept = 'image/*,.heic,video/mp4,application/pdf';
  const file = (name, type, size = 10) => ({ name, type, size });
  assert.equal(objection(file('a.jpg', 'image/jpeg'), accept), '');
  assert.equal(objection(file('A.HEIC', ''), accept), '');
  assert.equal(objection(file('a.pdf', 'application/pdf'), accept), '');
  assert.equal(objection(file('a.exe', 'application/x-msdownload'), accept), 'kind');
  assert.equal(objection(file('a.jpg', 'image/jpeg', 0), accept), 'empty');
  assert.equal(objection(file('a.jpg', 'image/jpeg', 21 * 1024 * 1024), accept), 'large');
});
