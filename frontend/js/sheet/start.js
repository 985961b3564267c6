// The sheet's page put together: lists, pane, form, saving, colleagues, pictures, keys.
import { toast } from '../toast.js';
import { merge } from './answers.js';
import { createDrafts } from './drafts.js';
import { startForm } from './form.js';
import { bindKeys } from './keys.js';
import { createLists } from './lists.js';
import { following, neighbour } from './order.js';
import { createPane } from './pane.js';
import { startPictures } from './pictures.js';
import { startPulse } from './pulse.js';
import { createSaver } from './saver.js';
import { createSign } from './sign.js';
import { postJson } from './wire.js';
import { words } from './words.js';

export function startSheet(page) {
  const holder = page.querySelector('[data-item]');
  const panes = page.querySelector('[data-panes]');
  const lists = createLists(page);
  const pane = createPane(page, holder);
  const drafts = createDrafts(store(), page.dataset.me, page.dataset.sheet);
  const sign = createSign(page);
  const saver = createSaver({
    drafts,
    wait: patience,
    post: (line, answer, version) => postJson(address(line, 'answer'), { ...answer, version }),
    told: { saved, conflict, refused, signedOut: sign.signedOut, state: (name, waiting) => sign.show(name, waiting, saver.conflicts.size) },
  });
  const form = startForm({ holder, saver, drafts });
  let wanted = form.pane().dataset.line;

  const address = (line, act) => `${page.dataset.page}lines/${encodeURIComponent(line)}/${act}/`;
  const here = () => form.pane()?.dataset.line ?? '';

  async function open(line, { focus = 'heading', view = 'item' } = {}) {
    if (!line) return;
    form.flush();
    wanted = line;
    lists.select(line);
    panes.dataset.view = view;
    try {
      const html = await pane.fetched(line);
      if (wanted !== line) return;
      form.leave();
      pane.show(html);
    } catch {
      if (wanted !== line) return;
      form.resume();
      lists.select(here());
      toast(words.loadFailed, { kind: 'bad' });
      return;
    }
    arrived(line, focus);
  }

  function arrived(line, focus) {
    const url = new URL(location.href);
    url.searchParams.set('line', line);
    history.replaceState(null, '', url);
    form.enter();
    showConflict();
    if (focus === 'heading') holder.querySelector('#item-heading')?.focus({ preventScroll: true });
    if (focus === 'list') lists.state.byKey.get(line)?.li.querySelector('a').focus({ preventScroll: true });
    if (innerWidth < PHONE) scrollTo({ top: 0 });
    const near = [1, -1].map((step) => neighbour(lists.state.rows, line, step, lists.state.filter)?.key);
    pane.ahead(near);
  }

  function turn(step) {
    const inList = page.querySelector('[data-lines]').contains(document.activeElement);
    const next = neighbour(lists.state.rows, here(), step, lists.state.filter);
    if (next) open(next.key, { focus: inList ? 'list' : 'heading' });
  }

  function nextOpen() {
    const next = ['un', 'co', 'nw', 'np'].map((tag) => following(lists.state.rows, here(), tag)).find(Boolean);
    if (next) open(next.key);
    else toast(words.allDone, { kind: 'good' });
  }

  function saved(line, data) {
    apply(data);
    sign.at(data.saved_at);
    pane.forget(line);
    if (line !== here()) return;
    form.acknowledged(data);
    form.hint('');
    showConflict();
    const button = holder.querySelector('[data-retract]');
    if (button) button.hidden = !data.version;
  }

  /** Draw what the server says: rows, figures, score, and for the open item what its answer leads to. */
  function apply(data, line = Object.keys(data.rows ?? {})[0]) {
    if (data.rows) lists.patch(data.rows);
    if (data.elements) lists.figures(data.elements);
    if (data.score) page.querySelector('[data-score]').innerHTML = data.score;
    const outcome = holder.querySelector('[data-outcome]');
    if (data.outcome && outcome && line === here()) outcome.innerHTML = data.outcome;
  }

  function conflict(line) {
    lists.state.byKey.get(line)?.li.classList.add('has-conflict');
    if (line === here()) showConflict();
    else toast(words.conflict(saver.conflicts.size), { kind: 'bad', undo: () => open(line), undoLabel: line });
  }

  function showConflict() {
    const data = saver.conflicts.get(here());
    const place = holder.querySelector('[data-conflict]');
    if (!place) return;
    const before = place.firstElementChild;
    place.innerHTML = data?.conflict ?? '';
    // Somebody in the middle of a word keeps their place; the box announces itself.
    if (!before && !holder.querySelector(TYPING)) place.firstElementChild?.focus();
  }

  async function resolve(how) {
    const line = here();
    if (how === 'theirs') return adopt(line);
    const mine = drafts.load(line).answer;
    const { theirs } = settleConflict(line);
    return form.put(how === 'merge' ? merge(mine, theirs) : mine);
  }

  function settleConflict(line) {
    const data = saver.resolve(line);
    lists.state.byKey.get(line)?.li.classList.remove('has-conflict');
    showConflict();
    return data;
  }

  /** Give up what was typed here; only once what stands there has come. */
  async function adopt(line) {
    pane.forget(line);
    const html = await pane.fetched(line).catch(() => null);
    if (html === null || here() !== line) return toast(words.loadFailed, { kind: 'bad' });
    form.leave({ giveUp: true });
    settleConflict(line);
    drafts.drop(line);
    pane.show(html);
    arrived(line, 'heading');
    return sign.show('saved', saver.waiting, saver.conflicts.size);
  }

  function refused(line, text) {
    if (line === here()) form.hint(words.refusedPrefix + text, true);
    else toast(`${line} ${words.refusedPrefix}${text}`, { kind: 'bad', undo: () => open(line), undoLabel: line });
  }

  async function retract() {
    const line = here();
    const { status, data } = await postJson(address(line, 'retract'), { version: saver.versions.get(line) ?? 0 }).catch(() => ({
      status: 0,
      data: {},
    }));
    if (status !== 200) return toast(data.text ?? words.loadFailed, { kind: 'bad' });
    drafts.drop(line);
    apply(data);
    pane.forget(line);
    await open(line);
    return toast(words.retracted, { kind: 'good' });
  }

  async function confirm(lines = [here()]) {
    const line = here();
    const { status, data } = await postJson(page.dataset.confirmUrl, { lines }).catch(() => ({ status: 0, data: {} }));
    if (status !== 200) return toast(data.text ?? words.loadFailed, { kind: 'bad' });
    pane.forgetAll();
    await pulse.beat();
    const next = following(lists.state.rows, line, 'co');
    await open(next ? next.key : line);
    return toast(words.confirmed, { kind: 'good' });
  }

  const pulse = startPulse({ url: page.dataset.pulse, since: page.dataset.since, line: here, told: heard });

  async function heard(data) {
    lists.state.here = data.present;
    if (data.state === 'closed' && page.querySelector('[data-missing]')) {
      toast(words.closed, { kind: 'warn' });
      setTimeout(() => location.assign(page.dataset.page), 2500);
    }
    if (data.afresh) await afresh();
    else apply(data, '');
    lists.draw();
    for (const line of Object.keys(data.versions ?? {})) pane.forget(line);
    overtaken(data);
  }

  // A colleague saved the item that is open here: shown at once, unless something is being typed into it.
  function overtaken(data) {
    const line = here();
    const newer = data.versions?.[line];
    const busy = drafts.load(line) || holder.querySelector('textarea:focus, input[type="text"]:focus, input:not([type]):focus');
    if (newer === undefined || newer === Number(form.pane().dataset.version) || busy) return;
    open(line, { focus: '', view: panes.dataset.view });
    toast(words.changedBy(data.by[line]));
  }

  /** More than answers changed (parts, rules): the lists are fetched whole, what is typed stays. */
  async function afresh() {
    const response = await fetch(location.href);
    const fresh = new DOMParser().parseFromString(await response.text(), 'text/html');
    for (const name of ['[data-lines]', '[data-elements]', '[data-score]']) {
      const part = fresh.querySelector(name);
      if (part) page.querySelector(name).replaceChildren(...part.childNodes);
    }
    lists.gather();
    lists.select(here());
    pane.forgetAll();
    if (!drafts.load(here())) await open(here(), { focus: '', view: panes.dataset.view });
  }

  startPictures({
    holder,
    restore: page.dataset.restore,
    changed(line, data) {
      apply(data, line);
      pane.forget(line);
      const list = holder.querySelector('[data-pictures]');
      if (data.pictures !== undefined && list && line === here()) list.innerHTML = data.pictures;
    },
  });

  const acts = {
    '[data-go-to]': (button) => turn(Number(button.dataset.goTo)),
    '[data-next-open]': nextOpen,
    '[data-retract]': retract,
    '[data-confirm]': () => confirm(),
    '[data-confirm-shown]': () => confirm(lists.copied()),
    '[data-resolve]': (button) => resolve(button.dataset.resolve),
    '[data-filter]': filter,
    '[data-element]:not([data-pane])': element,
    '[data-show]': show,
  };

  document.addEventListener('click', (event) => {
    const jump = event.target.closest('[data-jump], .line > a');
    if (jump && !event.ctrlKey && !event.metaKey) {
      event.preventDefault();
      jump.closest('dialog')?.close();
      open(jump.dataset.jump ?? jump.closest('.line').dataset.k, { focus: jump.dataset.jump ? 'heading' : 'list' });
      return;
    }
    for (const [selector, act] of Object.entries(acts)) {
      const button = event.target.closest(selector);
      if (button && page.contains(button)) act(button);
    }
  });

  function filter(button) {
    lists.state.filter = button.dataset.filter === lists.state.filter ? '' : button.dataset.filter;
    for (const each of page.querySelectorAll('[data-filter]')) each.setAttribute('aria-pressed', String(each.dataset.filter === lists.state.filter));
    lists.draw();
  }

  function element(button) {
    lists.state.element = button.dataset.element;
    lists.draw();
    panes.dataset.view = 'items';
    const inside = lists.state.rows.filter((row) => row.element === lists.state.element);
    const first = inside.find((row) => row.tags.has('un')) ?? inside[0];
    if (first && innerWidth >= NARROW) open(first.key, { focus: '' });
  }

  function show(button) {
    const { view } = panes.dataset;
    panes.dataset.view = button.dataset.show === 'toggle' ? (view === 'item' ? 'items' : 'item') : button.dataset.show;
    lists.select(here());
  }

  holder.addEventListener('toggle', (event) => tellHistory(event.target), true);
  window.addEventListener('pagehide', form.flush);
  window.addEventListener('beforeunload', (event) => {
    form.flush();
    if (saver.waiting && sign.stuck) event.preventDefault();
  });
  bindKeys({ page, holder, turn, nextOpen, verdict: form.verdict });
  lists.state.element = lists.state.byKey.get(here())?.element ?? '*';
  lists.select(here());
  saver.resume();
  form.enter();
  pane.ahead([neighbour(lists.state.rows, here(), 1)?.key]);
}

const TYPING = 'textarea:focus, input:focus:not([type="radio"]):not([type="checkbox"])';
const PHONE = 768;
const NARROW = 1152;

async function tellHistory(details) {
  if (!details.open || !details.dataset.history) return;
  const body = details.querySelector('[data-history-body]');
  const response = await fetch(details.dataset.history).catch(() => null);
  body.innerHTML = response?.ok ? await response.text() : `<p class="muted">${words.loadFailed}</p>`;
}

/** Wait, but not longer than the network is away. */
function patience(milliseconds) {
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, milliseconds);
    window.addEventListener('online', () => (clearTimeout(timer), resolve()), { once: true });
  });
}

function store() {
  try {
    return window.localStorage;
  } catch {
    return null;
  }
}
