// What buttons of the sheet do: take an answer back, confirm those taken over, filter, choose an element, change panes.
import { toast } from '../toast.js';
import { following, neighbour } from './order.js';
import { postJson } from './wire.js';
import { words } from './words.js';

const NARROW = 1152;
const OPEN = ['un', 'co', 'nw', 'np']; // what is missing, most urgent first

/** createActs(sheet): `turn`, `nextOpen`, and `tapped` for every click on the page. */
export function createActs(sheet) {
  const { page, panes, lists, pane, drafts } = sheet;

  function turn(step) {
    const inList = page.querySelector('[data-lines]').contains(document.activeElement);
    const next = neighbour(lists.state.rows, sheet.here(), step, lists.state.filter);
    if (next) sheet.open(next.key, { focus: inList ? 'list' : 'heading' });
  }

  function nextOpen() {
    const next = OPEN.map((tag) => following(lists.state.rows, sheet.here(), tag)).find(Boolean);
    if (next) sheet.open(next.key);
    else toast(words.allDone, { kind: 'good' });
  }

  async function retract() {
    const line = sheet.here();
    const { status, data } = await asked(sheet.address(line, 'retract'), { version: sheet.saver.versions.get(line) ?? 0 });
    if (status !== 200) return toast(data.text ?? words.loadFailed, { kind: 'bad' });
    drafts.drop(line);
    sheet.apply(data);
    pane.forget(line);
    await sheet.open(line);
    return toast(words.retracted, { kind: 'good' });
  }

  async function confirm(lines = [sheet.here()]) {
    const line = sheet.here();
    const { status, data } = await asked(page.dataset.confirmUrl, { lines });
    if (status !== 200) return toast(data.text ?? words.loadFailed, { kind: 'bad' });
    pane.forgetAll();
    await sheet.pulse.beat();
    const next = following(lists.state.rows, line, 'co');
    await sheet.open(next ? next.key : line);
    return toast(words.confirmed, { kind: 'good' });
  }

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
    if (first && innerWidth >= NARROW) sheet.open(first.key, { focus: '' });
  }

  function show(button) {
    const { view } = panes.dataset;
    panes.dataset.view = button.dataset.show === 'toggle' ? (view === 'item' ? 'items' : 'item') : button.dataset.show;
    lists.select(sheet.here());
  }

  const byButton = {
    '[data-go-to]': (button) => turn(Number(button.dataset.goTo)),
    '[data-next-open]': nextOpen,
    '[data-retract]': retract,
    '[data-confirm]': () => confirm(),
    '[data-confirm-shown]': () => confirm(lists.copied()),
    '[data-resolve]': (button) => sheet.conflicts.resolve(button.dataset.resolve),
    '[data-filter]': filter,
    '[data-element]:not([data-pane])': element,
    '[data-show]': show,
  };

  function tapped(event) {
    const jump = event.target.closest('[data-jump], .line > a');
    if (jump && !event.ctrlKey && !event.metaKey) {
      event.preventDefault();
      jump.closest('dialog')?.close();
      sheet.open(jump.dataset.jump ?? jump.closest('.line').dataset.k, { focus: jump.dataset.jump ? 'heading' : 'list' });
      return;
    }
    for (const [selector, act] of Object.entries(byButton)) {
      const button = event.target.closest(selector);
      if (button && page.contains(button)) act(button);
    }
  }

  return { turn, nextOpen, tapped };
}

function asked(url, content) {
  return postJson(url, content).catch(() => ({ status: 0, data: {} }));
}
