import assert from 'node:assert/strict';
import { afterEach, beforeEach, test } from 'node:test';
import { createActs } from '../js/sheet/acts.js';
import { patience, store } from '../js/sheet/browser.js';
import { createColleagues } from '../js/sheet/colleagues.js';
import { createConflicts } from '../js/sheet/conflicts.js';
import { createShowing } from '../js/sheet/showing.js';

const answer = (words, count) => ({ verdict: 'deducted', deductions: [{ rule: '1', count, points: '', words: '' }], words, reason: '' });

beforeEach(() => {
  globalThis.document = { getElementById: () => null, querySelector: () => null, activeElement: null };
  globalThis.location = { href: 'http://localhost/office/sheets/1/?line=1.1' };
  globalThis.history = { replaceState() {} };
  globalThis.innerWidth = 1440;
});

afterEach(() => {
  for (const name of ['document', 'location', 'history', 'innerWidth', 'window']) delete globalThis[name];
});

/** A sheet of three items with the first open; what is done to it is written down. */
function sheet({ typing = false, offline = false } = {}) {
  const done = [];
  const note = (name) => (...said) => done.push([name, ...said]);
  const place = { innerHTML: '', firstElementChild: null };
  const rows = ['un', 'de', 'un co'].map((tags, at) => ({ key: `1.${at + 1}`, element: at < 2 ? 'A' : 'B', tags: new Set(tags.split(' ')), li: { classList: { add: note('mark'), remove: note('unmark') } } }));
  const conflicts = new Map();
  const kept = new Map();
  const made = {
    done,
    rows,
    kept,
    place,
    here: () => '1.1',
    address: (line, act) => `/lines/${line}/${act}/`,
    page: { dataset: {}, querySelector: () => ({ contains: () => false, innerHTML: '' }), querySelectorAll: () => [], contains: () => true },
    panes: { dataset: { view: 'item' } },
    holder: { querySelector: (selector) => (selector === '[data-conflict]' ? place : selector.includes(':focus') && typing ? {} : null) },
    lists: { state: { rows, byKey: new Map(rows.map((row) => [row.key, row])), filter: '', element: 'A', here: [] }, draw: note('draw'), select: note('select'), patch: note('patch'), figures: note('figures'), gather: note('gather'), copied: () => ['1.3'] },
    pane: { forget: note('forget'), forgetAll: note('forgetAll'), show: note('pane'), ahead: note('ahead'), fetched: async (line) => (offline ? Promise.reject(new Error('0')) : `<p>${line}</p>`) },
    drafts: { load: (line) => kept.get(line), drop: (line) => kept.delete(line) },
    saver: { conflicts, waiting: 0, versions: new Map(), resolve: (line) => (conflicts.delete(line), { theirs: answer('西侧', 3) }) },
    sign: { show: note('sign'), at: note('at') },
    form: { pane: () => ({ dataset: { line: '1.1', version: '4' } }), put: note('put'), leave: note('leave'), flush: note('flush'), enter: note('enter'), resume: note('resume'), acknowledged: note('acknowledged'), hint: note('hint') },
    open: note('open'),
    arrived: note('arrived'),
    apply: note('apply'),
  };
  made.conflicts = createConflicts(made);
  return made;
}

const names = ({ done }) => done.map(([name]) => name);

test('merging a conflict puts both answers together into the form', async () => {
  const it = sheet();
  it.saver.conflicts.set('1.1', { conflict: '<p>两人</p>' });
  it.kept.set('1.1', { answer: answer('东侧', 2) });
  await it.conflicts.resolve('merge');
  const [, put] = it.done.find(([name]) => name === 'put');
  assert.deepEqual([put.words, put.deductions[0].count], ['西侧\n东侧', 3]);
  assert.equal(it.place.innerHTML, '');
});

test('keeping mine hands on exactly what was typed', async () => {
  const it = sheet();
  it.kept.set('1.1', { answer: answer('东侧', 2) });
  await it.conflicts.resolve('mine');
  assert.deepEqual(it.done.find(([name]) => name === 'put')[1], answer('东侧', 2));
});

test('what was typed is given up only once the other answer has come', async () => {
  const away = sheet({ offline: true });
  away.kept.set('1.1', { answer: answer('东侧', 2) });
  await away.conflicts.resolve('theirs');
  assert.ok(away.kept.has('1.1'));
  assert.ok(!names(away).includes('leave'));
  const near = sheet();
  near.kept.set('1.1', { answer: answer('东侧', 2) });
  await near.conflicts.resolve('theirs');
  assert.ok(!near.kept.has('1.1'));
  assert.deepEqual(names(near).filter((name) => ['leave', 'pane', 'arrived'].includes(name)), ['leave', 'pane', 'arrived']);
});

test('a conflict is shown at once where it is open, and marks its row', () => {
  const it = sheet();
  it.saver.conflicts.set('1.1', { conflict: '<p>两人</p>' });
  it.conflicts.found('1.1');
  assert.equal(it.place.innerHTML, '<p>两人</p>');
  assert.deepEqual(it.done[0], ['mark', 'has-conflict']);
});

test('what a colleague saved here is opened afresh, but not under a word being typed', async () => {
  const told = { present: [], versions: { 1.1: 5 }, by: { 1.1: '示例甲' }, state: 'open' };
  const free = sheet();
  await createColleagues(free).heard(told);
  assert.deepEqual(free.done.find(([name]) => name === 'open').slice(1), ['1.1', { focus: '', view: 'item' }]);
  const busy = sheet({ typing: true });
  await createColleagues(busy).heard(told);
  assert.ok(!names(busy).includes('open'));
  const same = sheet();
  await createColleagues(same).heard({ ...told, versions: { 1.1: 4 } });
  assert.ok(!names(same).includes('open'));
});

test('the next open item is the next unanswered one, else the next to confirm', () => {
  const it = sheet();
  createActs(it).nextOpen();
  assert.equal(it.done.at(-1)[1], '1.3');
});

test('a tap on a link of the list opens its item and keeps the keyboard in the list', () => {
  const it = sheet();
  const link = { dataset: {}, closest: (selector) => (selector === '.line' ? { dataset: { k: '1.2' } } : null) };
  const event = { target: { closest: (selector) => (selector.includes('.line > a') ? link : null) }, preventDefault() {}, ctrlKey: false, metaKey: false };
  createActs(it).tapped(event);
  assert.deepEqual(it.done.at(-1), ['open', '1.2', { focus: 'list' }]);
});

test('a filter tapped twice is off again', () => {
  const it = sheet();
  const button = { dataset: { filter: 'un' } };
  const event = { target: { closest: (selector) => (selector === '[data-filter]' ? button : null) } };
  const { tapped } = createActs(it);
  tapped(event);
  assert.equal(it.lists.state.filter, 'un');
  tapped(event);
  assert.equal(it.lists.state.filter, '');
});

test('an item that cannot be fetched leaves the open one as it was', async () => {
  const it = sheet({ offline: true });
  await createShowing(it).open('1.2');
  assert.deepEqual(names(it), ['flush', 'select', 'resume', 'select']);
});

test('of two items opened in haste only the last is shown', async () => {
  const it = sheet();
  const { open } = createShowing(it);
  await Promise.all([open('1.2'), open('1.3')]);
  assert.deepEqual(it.done.filter(([name]) => name === 'pane').map(([, html]) => html), ['<p>1.3</p>']);
});

test('a browser that refuses its store gives none', () => {
  globalThis.window = {
    get localStorage() {
      throw new Error('denied');
    },
  };
  assert.equal(store(), null);
});

test('waiting ends when the network is back', async () => {
  let back;
  globalThis.window = { addEventListener: (_name, act) => (back = act) };
  const waited = patience(60_000);
  back();
  await waited;
});
