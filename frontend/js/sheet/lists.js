// The two lists: elements with their progress, items with their state. Draws what the server sends, filters, counts.
import { passes, tally, wanting } from './order.js';
import { words } from './words.js';

const SEVERAL = 2;

export function createLists(page) {
  const lines = page.querySelector('[data-lines]');
  const elements = page.querySelector('[data-elements]');
  const state = { rows: [], byKey: new Map(), filter: '', element: '*', current: '', here: [] };

  function gather() {
    state.rows = [...lines.querySelectorAll('li.line')].map(rowOf);
    state.byKey = new Map(state.rows.map((row) => [row.key, row]));
  }

  /** Draw rows afresh from the server's markup. */
  function patch(markup) {
    for (const [key, html] of Object.entries(markup)) {
      const row = state.byKey.get(key);
      if (!row) continue;
      const drawn = document.createElement('template');
      drawn.innerHTML = html.trim();
      const fresh = drawn.content.firstElementChild;
      const focused = row.li.contains(document.activeElement);
      row.li.replaceWith(fresh);
      Object.assign(row, rowOf(fresh));
      if (focused) fresh.querySelector('a').focus();
    }
    draw();
  }

  function figures(told) {
    for (const [key, { answered, lost }] of Object.entries(told)) {
      const button = elements.querySelector(`[data-element="${CSS.escape(key)}"]`);
      if (!button) continue;
      button.querySelector('[data-answered]').textContent = String(answered);
      button.querySelector('progress').value = answered;
      button.querySelector('[data-lost]').textContent = lost;
    }
  }

  function select(key) {
    state.current = key;
    const row = state.byKey.get(key);
    if (row && state.element !== '*') state.element = row.element;
    draw();
    row?.li.scrollIntoView({ block: 'nearest' });
    elements.querySelector('[aria-current]')?.scrollIntoView({ block: 'nearest' });
  }

  function draw() {
    drawRows();
    drawElements();
    drawTallies();
    drawHere();
    drawConfirm();
  }

  function drawRows() {
    const shown = new Set();
    for (const row of state.rows) {
      const current = row.key === state.current;
      const inside = state.element === '*' || row.element === state.element;
      const visible = inside && (current || passes(row, state.filter));
      row.li.hidden = !visible;
      mark(row.li.querySelector('a'), current);
      if (visible) shown.add(row.li.closest('.line-group'));
    }
    for (const group of lines.querySelectorAll('.line-group')) group.hidden = !shown.has(group);
    page.querySelector('[data-none]').hidden = shown.size > 0;
  }

  /** Answers taken over that are in sight and mine to confirm; element by element, never the whole sheet at once. */
  function copied() {
    if (state.element === '*') return [];
    return state.rows.filter((row) => row.tags.has('co') && row.tags.has('mi') && !row.li.hidden).map((row) => row.key);
  }

  function drawConfirm() {
    const button = page.querySelector('[data-confirm-shown]');
    if (!button) return;
    const count = copied().length;
    button.hidden = count < SEVERAL;
    button.textContent = words.confirmShown(count);
  }

  function drawElements() {
    for (const button of elements.querySelectorAll('[data-element]')) {
      const chosen = button.dataset.element === state.element;
      mark(button, chosen);
      if (chosen) page.querySelector('[data-items-title]').textContent = button.firstElementChild.textContent;
    }
  }

  function drawTallies() {
    const counts = tally(state.rows);
    for (const label of page.querySelectorAll('[data-tally]')) {
      const count = counts.get(label.dataset.tally) ?? 0;
      label.textContent = count ? String(count) : '';
      const button = label.closest('button');
      button.hidden = !count && button.dataset.filter !== state.filter && !['un', 'de'].includes(button.dataset.filter);
    }
    const left = wanting(state.rows);
    const missing = page.querySelector('[data-missing-count]');
    if (missing) missing.textContent = String(left);
    page.querySelector('[data-bar-missing]').textContent = words.wanting(left);
    const answered = state.rows.length - (counts.get('un') ?? 0);
    page.querySelector('[data-bar-progress]').value = answered;
    page.querySelector('[data-all-count]').textContent = `${answered}/${state.rows.length}`;
    const at = state.rows.findIndex((row) => row.key === state.current);
    page.querySelector('[data-place]').textContent = words.place(at + 1, state.rows.length);
  }

  function drawHere() {
    for (const chip of lines.querySelectorAll('[data-here-chip]')) chip.remove();
    const byElement = new Map();
    for (const { name, line, element } of state.here) {
      byElement.set(element, [...(byElement.get(element) ?? []), name]);
      state.byKey.get(line)?.li.querySelector('.item-marks').append(chip(name));
    }
    for (const button of elements.querySelectorAll('[data-element]')) {
      const place = button.querySelector('[data-here]');
      const names = [...new Set(byElement.get(button.dataset.element) ?? [])];
      if (place) place.replaceChildren(...names.map(chip));
    }
  }

  gather();
  return { state, gather, patch, figures, select, draw, copied };
}

function rowOf(li) {
  return { key: li.dataset.k, element: li.dataset.e, tags: new Set(li.dataset.t.split(' ').filter(Boolean)), li };
}

// An empty aria-current would mean "not current".
function mark(element, current) {
  if (current) element.setAttribute('aria-current', 'true');
  else element.removeAttribute('aria-current');
}

function chip(name) {
  const made = document.createElement('span');
  made.className = 'here';
  made.dataset.hereChip = '';
  made.textContent = `${name}在此`;
  return made;
}
